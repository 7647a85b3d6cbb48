package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dkim.DkimReason;
import dovetail.dkim.DkimResult;
import dovetail.dkim.DkimStatus;
import dovetail.dmarc.DmarcReason;
import dovetail.dmarc.DmarcRecord;
import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.DmarcStatus;
import dovetail.dmarc.DmarcVerifier;
import dovetail.dmarc.Identifier;
import dovetail.dmarc.report.AggregateReport.DkimEntry;
import dovetail.dmarc.report.AggregateReport.Reason;
import dovetail.dmarc.report.AggregateReport.SpfEntry;
import dovetail.dmarc.report.Evaluated.Message;
import dovetail.dns.Answer;
import dovetail.dns.MapResolver;
import dovetail.mail.Domain;
import dovetail.spf.SpfIdentity;
import dovetail.spf.SpfReason;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfStatus;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message adds to a report. */
final class EvaluatedTest {
  private static final String RUA = "; rua=mailto:r@shop.example";
  private static final Domain AUTHOR = domain("news.shop.example");
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");
  private static final DkimResult ALIGNED = signature("shop.example", "s1", DkimReason.VERIFIED);
  private static final Reason FORWARDER = new Reason("trusted_forwarder", Optional.of("ARC"));

  @Test
  void saysWhatWasFoundOfAMessageThatPassed() {
    Message message =
        message("p=reject" + RUA, List.of(ALIGNED), Disposition.NONE, Optional.of(FORWARDER));
    Evaluated evaluated = Evaluated.of(message).orElseThrow();
    assertThat(evaluated.policyDomain()).isEqualTo(domain("shop.example"));
    assertThat(ReportText.policy(evaluated.policy()))
        .isEqualTo(
            "<policy_published><domain>shop.example</domain>"
                + "<discovery_method>treewalk</discovery_method><p>reject</p><sp>reject</sp>"
                + "<np>reject</np><fo>0</fo><adkim>r</adkim><aspf>r</aspf><testing>n</testing>"
                + "</policy_published>");
    assertThat(ReportText.row(evaluated.row()))
        .isEqualTo(
            "<record><row><source_ip>192.0.2.7</source_ip><count>1</count><policy_evaluated>"
                + "<disposition>pass</disposition><dkim>pass</dkim><spf>fail</spf>"
                + "</policy_evaluated></row><identifiers><header_from>news.shop.example"
                + "</header_from><envelope_from>bounce.example</envelope_from></identifiers>"
                + "<auth_results><dkim><domain>shop.example</domain><selector>s1</selector>"
                + "<result>pass</result></dkim><spf><domain>bounce.example</domain>"
                + "<scope>mfrom</scope><result>softfail</result></spf></auth_results></record>");
  }

  @Test
  void saysAllThatARecordHas() {
    Message message =
        message(
            "p=reject; sp=quarantine; np=none; adkim=s; aspf=s; t=y; fo=s:1;"
                + " ruf=mailto:f@shop.example"
                + RUA,
            List.of(),
            Disposition.NONE,
            Optional.empty());
    assertThat(ReportText.policy(Evaluated.of(message).orElseThrow().policy()))
        .contains("<p>reject</p><sp>quarantine</sp><np>none</np><fo>1:s</fo>")
        .contains("<adkim>s</adkim><aspf>s</aspf><testing>y</testing>");
  }

  @Test
  void aRecordWithoutAPolicyAsksForNone() {
    Message message = message("adkim=r" + RUA, List.of(), Disposition.NONE, Optional.empty());
    Evaluated evaluated = Evaluated.of(message).orElseThrow();
    assertThat(ReportText.policy(evaluated.policy())).contains("<p>none</p><sp>none</sp>");
    assertThat(evaluated.row().evaluation().reasons()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "p=reject; REJECT; REJECT; -",
        "p=reject; QUARANTINE; QUARANTINE; local_policy",
        "p=reject; NONE; NONE; local_policy",
        "p=none; NONE; NONE; -",
        "p=none; QUARANTINE; QUARANTINE; other",
        "p=reject; PASS; NONE; local_policy",
        "p=reject; UNSPECIFIED; NONE; local_policy",
        "p=reject, t=y; QUARANTINE; QUARANTINE; policy_test_mode",
        "p=reject, t=y; REJECT; REJECT; -",
        "p=reject, t=y; NONE; NONE; local_policy",
        "p=quarantine, t=y; NONE; NONE; policy_test_mode",
        "p=none, t=y; NONE; NONE; -",
        "p=reject, sp=none; NONE; NONE; -",
        "p=none, sp=reject, t=y; QUARANTINE; QUARANTINE; policy_test_mode",
      },
      delimiter = ';')
  void saysWhyThePolicyWasNotApplied(
      String record, Disposition given, Disposition done, String reason) {
    Message message = message(record.replace(',', ';') + RUA, List.of(), given, Optional.empty());
    AggregateReport.Evaluation evaluation = Evaluated.of(message).orElseThrow().row().evaluation();
    assertThat(evaluation.disposition()).isEqualTo(done);
    assertThat(evaluation.dkim() || evaluation.spf()).isFalse();
    assertThat(evaluation.reasons().stream().map(Reason::type).findFirst().orElse("-"))
        .isEqualTo(reason);
    Message overridden =
        message(record.replace(',', ';') + RUA, List.of(), given, Optional.of(FORWARDER));
    assertThat(Evaluated.of(overridden).orElseThrow().row().evaluation().reasons())
        .isEqualTo(reason.equals("-") ? List.of() : List.of(FORWARDER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p=reject",
        "p=reject; rua=https://shop.example/r",
        "p=reject; rua=nonsense",
        "p=reject; ruf=mailto:f@shop.example"
      })
  void reportsNothingThatNobodyAsksFor(String record) {
    assertThat(Evaluated.of(message(record, List.of(), Disposition.NONE, Optional.empty())))
        .isEmpty();
  }

  @Test
  void reportsOnlyWhatHasComeToAnEnd() {
    Message message = message("p=none" + RUA, List.of(), Disposition.NONE, Optional.empty());
    for (DmarcReason reason : DmarcReason.values()) {
      DmarcResult dmarc = message.dmarc();
      DmarcResult other =
          new DmarcResult(reason, "", dmarc.author(), dmarc.policy(), dmarc.aligned());
      boolean ended = reason.status() == DmarcStatus.PASS || reason.status() == DmarcStatus.FAIL;
      assertThat(Evaluated.of(with(message, other)).isPresent()).as("%s", reason).isEqualTo(ended);
      DmarcResult without =
          new DmarcResult(reason, "", dmarc.author(), Optional.empty(), List.of());
      assertThat(Evaluated.of(with(message, without))).isEmpty();
    }
  }

  @Test
  void putsSignaturesInTheOrderOfPreference() {
    List<DkimResult> signatures =
        new ArrayList<>(
            List.of(
                signature("z.example", "s", DkimReason.NO_KEY),
                signature("other.example", "b", DkimReason.VERIFIED),
                signature("other.example", "a", DkimReason.VERIFIED),
                ALIGNED,
                signature("news.shop.example", "s", DkimReason.SIGNATURE_WRONG),
                signature("news.shop.example", "s", DkimReason.VERIFIED)));
    Evaluated evaluated = evaluated(signatures);
    assertThat(evaluated.row().dkim())
        .extracting(
            entry -> entry.domain() + " " + entry.selector().orElse("") + " " + entry.result())
        .containsExactly(
            "news.shop.example s pass",
            "shop.example s1 pass",
            "other.example a pass",
            "other.example b pass",
            "news.shop.example s fail",
            "z.example s permerror");
    assertThat(evaluated.row().dkim().getLast().explanation()).contains("no key for signature");
    assertThat(evaluated.row().dkim().getFirst().explanation()).isEmpty();
    Collections.reverse(signatures);
    assertThat(ReportText.row(evaluated(signatures).row()))
        .as("alike")
        .isEqualTo(ReportText.row(evaluated.row()));
  }

  @Test
  void boundsWhatStrangersWrite() {
    List<DkimResult> signatures = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      signatures.add(signature("a.example", "n" + i, DkimReason.BODY_CHANGED));
    }
    signatures.add(signature("a.example", "s".repeat(9_000), DkimReason.VERIFIED));
    signatures.add(signature("shop.example", "\0\uD800<x>\n", DkimReason.VERIFIED));
    signatures.add(unreadable());
    List<DkimEntry> entries = evaluated(signatures).row().dkim();
    assertThat(entries).hasSizeBetween(30, Evaluated.MAX_SIGNATURES - 1);
    assertThat(entries.get(0).domain()).isEqualTo("shop.example");
    assertThat(entries.get(1).selector()).isEmpty();
    assertThat(entries.get(2).result()).isEqualTo(DkimStatus.FAIL.word());
    assertThat(ReportText.row(evaluated(signatures).row()))
        .doesNotContain("\0", "\n", "<x>")
        .hasSizeLessThan(2 * Evaluated.MAX_CHARACTERS + 2000);
  }

  @Test
  void anIpv4AddressIsWhatItIs() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    System.arraycopy(CLIENT.getAddress(), 0, mapped, 12, 4);
    Message message = message("p=none" + RUA, List.of(), Disposition.NONE, Optional.empty());
    InetAddress client = Inet6Address.getByAddress("x", mapped, 0);
    Message other =
        new Message(
            client,
            message.dmarc(),
            message.dkim(),
            message.spf(),
            message.envelopeFrom(),
            message.disposition(),
            message.override());
    assertThat(client.getAddress()).hasSize(16);
    assertThat(Evaluated.of(other)).isEqualTo(Evaluated.of(message));
  }

  @Test
  void ofANullSenderThereIsTheDomainOfHelo() {
    Message message = message("p=none" + RUA, List.of(), Disposition.NONE, Optional.empty());
    SpfResult helo =
        new SpfResult(
            SpfIdentity.HELO,
            Optional.of(domain("mx.example")),
            SpfStatus.PERMERROR,
            SpfReason.MALFORMED,
            "",
            Optional.of("stranger"),
            Optional.of("stranger"));
    AggregateReport.Row row =
        Evaluated.of(nullSender(message, Optional.of(helo))).orElseThrow().row();
    assertThat(row.identifiers().sender()).isEmpty();
    assertThat(row.spf())
        .containsExactly(
            new SpfEntry(
                "mx.example",
                Optional.of("mfrom"),
                "permerror",
                Optional.of("malformed SPF record")));
    assertThat(Evaluated.of(nullSender(message, Optional.empty())).orElseThrow().row().spf())
        .isEmpty();
  }

  private static Message nullSender(Message message, Optional<SpfResult> spf) {
    return new Message(
        message.client(),
        message.dmarc(),
        message.dkim(),
        spf,
        Optional.empty(),
        message.disposition(),
        message.override());
  }

  private static Evaluated evaluated(List<DkimResult> signatures) {
    Message message = message("p=none" + RUA, signatures, Disposition.NONE, Optional.empty());
    return Evaluated.of(message).orElseThrow();
  }

  /** As the verifiers would have found it. */
  private static Message message(
      String record,
      List<DkimResult> signatures,
      Disposition disposition,
      Optional<Reason> override) {
    List<Identifier> passing = new ArrayList<>();
    for (DkimResult each : signatures) {
      if (each.status() == DkimStatus.PASS) {
        passing.add(
            new Identifier.Dkim(each.claims().domain().orElseThrow(), "s", Identifier.Check.PASS));
      }
    }
    String text = "v=DMARC1; " + record;
    assertThat(DmarcRecord.parse(text)).isPresent();
    MapResolver dns =
        new MapResolver(
            Map.of(
                domain("_dmarc.shop.example"),
                new Answer.Records<>(List.of(text), false),
                AUTHOR,
                new Answer.NoData<>()));
    return new Message(
        CLIENT,
        new DmarcVerifier(dns).verify(AUTHOR, passing),
        signatures,
        Optional.of(
            new SpfResult(
                SpfIdentity.MAILFROM,
                Optional.of(domain("bounce.example")),
                SpfStatus.SOFTFAIL,
                SpfReason.MATCHED,
                "",
                Optional.of("~all"),
                Optional.empty())),
        Optional.of(domain("bounce.example")),
        disposition,
        override);
  }

  private static Message with(Message message, DmarcResult dmarc) {
    return new Message(
        message.client(),
        dmarc,
        message.dkim(),
        message.spf(),
        message.envelopeFrom(),
        message.disposition(),
        message.override());
  }

  private static DkimResult signature(String domain, String selector, DkimReason reason) {
    return result(Optional.of(domain(domain)), Optional.of(selector), reason);
  }

  private static DkimResult unreadable() {
    return result(Optional.empty(), Optional.empty(), DkimReason.MALFORMED);
  }

  private static DkimResult result(
      Optional<Domain> domain, Optional<String> selector, DkimReason reason) {
    return new DkimResult(
        reason,
        "",
        new DkimResult.Claims(
            domain, selector, Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }
}
