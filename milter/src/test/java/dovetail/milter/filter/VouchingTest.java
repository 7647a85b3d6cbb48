package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.dkim.DkimReason;
import dovetail.dkim.DkimResult;
import dovetail.dmarc.DmarcReason;
import dovetail.dmarc.DmarcResult;
import dovetail.iprev.IprevResult;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.milter.source.ExceptionTable;
import dovetail.milter.source.StoredExceptions;
import dovetail.spf.SpfIdentity;
import dovetail.spf.SpfReason;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfStatus;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which exception is for which message. */
final class VouchingTest {
  private static final String AUTHOR = "example.com";
  private static final String CLIENT = "192.0.2.7";

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private static ExceptionTable table(String... typesAndValues) {
    StoredExceptions stored = new StoredExceptions();
    stored.replace(Arrays.stream(typesAndValues).map(VouchingTest::row).toList());
    return stored.table().orElseThrow();
  }

  private static Row row(String typeAndValue) {
    int space = typeAndValue.indexOf(' ');
    return Row.stored(
        Kind.EXCEPTION,
        Map.of(
            "type", typeAndValue.substring(0, space),
            "value", typeAndValue.substring(space + 1)));
  }

  private static SpfResult spf(SpfIdentity identity, String name, SpfStatus status) {
    return new SpfResult(
        identity,
        Optional.of(domain(name)),
        status,
        SpfReason.MATCHED,
        "",
        Optional.empty(),
        Optional.empty());
  }

  private static DkimResult signature(String name, DkimReason reason) {
    return new DkimResult(
        reason,
        "",
        new DkimResult.Claims(
            Optional.of(domain(name)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Optional.empty());
  }

  private static AuthReport report(List<SpfResult> spf, DkimResult... signatures) {
    return new AuthReport(
        new ClientReport(
            Optional.empty(),
            Optional.empty(),
            Optional.of(IprevResult.timedOut(InetAddress.ofLiteral(CLIENT))),
            spf),
        List.of(signatures),
        Optional.empty(),
        Optional.of(
            new DmarcResult(
                DmarcReason.NOT_ALIGNED,
                "",
                Optional.of(domain(AUTHOR)),
                Optional.empty(),
                List.of())));
  }

  private static Optional<Reason> reason(ExceptionTable table, AuthReport report, Traces traces) {
    return new Vouching(Set.of(), table).reason(report, traces);
  }

  private static Traces traces(String... listIds) {
    return Traces.of(
        new Headers(Arrays.stream(listIds).map(id -> HeaderField.of("List-Id", id)).toList()),
        Optional.empty(),
        0);
  }

  @ParameterizedTest
  @CsvSource({
    "author example.com, EXCEPTION_AUTHOR",
    "author *.com, EXCEPTION_AUTHOR",
    "author *.example.com,",
    "author example.net,",
    "client 192.0.2.7, EXCEPTION_CLIENT",
    "client 192.0.2.0/24, EXCEPTION_CLIENT",
    "client ::ffff:192.0.2.7, EXCEPTION_CLIENT",
    "client 192.0.2.8,",
    "client 2001:db8::/32,",
    "sender bounce.example, EXCEPTION_SENDER",
    "sender *.example, EXCEPTION_SENDER",
    "sender helo.example.net,",
    "sender example.com,",
  })
  void isForWhatIsKnown(String row, @Nullable Reason reason) {
    AuthReport report =
        report(
            List.of(
                spf(SpfIdentity.MAILFROM, "bounce.example", SpfStatus.PASS),
                spf(SpfIdentity.HELO, "helo.example.net", SpfStatus.PASS)));
    assertThat(reason(table(row), report, traces())).isEqualTo(Optional.ofNullable(reason));
  }

  @Test
  void aSenderCountsOnlyIfTheClientMayUseIt() {
    for (SpfStatus status : SpfStatus.values()) {
      AuthReport report = report(List.of(spf(SpfIdentity.MAILFROM, "bounce.example", status)));
      assertThat(reason(table("sender bounce.example"), report, traces()).isPresent())
          .isEqualTo(status == SpfStatus.PASS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "users.lists.example, bounce.lists.example, false",
    "users.lists.example, lists.example, true",
    "users.lists.example, users.lists.example, true",
    "users.lists.example, xlists.example, false",
    "users.lists.example, a.users.lists.example, false",
    "users.lists.example, attacker.example.net, false",
  })
  void aListCountsOnlyIfItsDomainIsAuthenticated(String list, String authentic, boolean counts) {
    ExceptionTable table = table("list " + list);
    Traces traces = traces(" Users <" + list + ">");
    AuthReport bySpf = report(List.of(spf(SpfIdentity.MAILFROM, authentic, SpfStatus.PASS)));
    assertThat(reason(table, bySpf, traces).isPresent()).isEqualTo(counts);
    AuthReport byDkim = report(List.of(), signature(authentic, DkimReason.VERIFIED));
    assertThat(reason(table, byDkim, traces).isPresent()).isEqualTo(counts);
    for (AuthReport report :
        List.of(
            report(List.of(spf(SpfIdentity.MAILFROM, authentic, SpfStatus.FAIL))),
            report(List.of(spf(SpfIdentity.HELO, authentic, SpfStatus.PASS))),
            report(List.of(), signature(authentic, DkimReason.BODY_CHANGED)),
            report(List.of()))) {
      assertThat(reason(table, report, traces)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "' <users.lists.example>' | true",
        "' \"Users <x.example>\" <Users.Lists.EXAMPLE> ' | true",
        "' users.lists.example' | false",
        "' <users.lists.example> x' | false",
        "' <users.lists.example' | false",
        "' <a b>' | false",
        "'' | false",
      })
  void aListIsNamedInBrackets(String value, boolean named) {
    AuthReport report = report(List.of(spf(SpfIdentity.MAILFROM, "lists.example", SpfStatus.PASS)));
    assertThat(reason(table("list *.lists.example"), report, traces(value)).isPresent())
        .isEqualTo(named);
  }

  @Test
  void ofSeveralListsNoneCounts() {
    AuthReport report = report(List.of(spf(SpfIdentity.MAILFROM, "lists.example", SpfStatus.PASS)));
    assertThat(
            reason(
                table("list *.lists.example"),
                report,
                traces(" <a.lists.example>", " <a.lists.example>")))
        .isEmpty();
  }

  @Test
  void rowsThatCannotBeReadAreLeftOut() {
    ExceptionTable none = ExceptionTable.EMPTY;
    assertThat(
            table(
                "client mx.example",
                "author a b",
                "recipient x.example",
                "sealer *.x.example",
                "sealer x.example"))
        .isEqualTo(
            new ExceptionTable(
                none.authors(),
                none.senders(),
                none.lists(),
                List.of(),
                Set.of(domain("x.example"))));
  }
}
