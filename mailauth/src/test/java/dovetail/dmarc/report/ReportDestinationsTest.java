package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dmarc.DmarcRecord;
import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MapResolver;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets reports (RFC 9990 4). */
final class ReportDestinationsTest {
  private static final String POLICY = "blue.example";
  private static final String CONFIRMATION = "blue.example._report._dmarc.red.example";
  private static final MapResolver DNS = with(empty(), "_dmarc.blue.example", "v=DMARC1; p=none");

  @ParameterizedTest
  @CsvSource({
    "mailto:a@blue.example, allowed a@blue.example",
    "mailto:a@mail.blue.example, allowed a@mail.blue.example",
    "mailto:a@BLUE.example!10m, allowed a@blue.example",
    "mailto:a@red.example, unauthorized mailto:a@red.example",
    "mailto:a@notblue.example, unauthorized mailto:a@notblue.example",
    "mailto:a@example, unauthorized mailto:a@example",
    "https://blue.example/x, unusable https://blue.example/x",
    "mailto:a%2bb@blue.example?subject=x, allowed a+b@blue.example",
  })
  void looksAtEach(String uri, String expected) {
    assertThat(found(uri, DNS)).containsExactly(expected);
  }

  @Test
  void keepsTheOrderAndTakesAnAddressOnce() {
    assertThat(
            found(
                "mailto:b@blue.example, ftp://x.example/, mailto:a@blue.example,"
                    + " mailto:b@blue.example?x, mailto:, mailto:c@red.example",
                DNS))
        .containsExactly(
            "allowed b@blue.example",
            "unusable ftp://x.example/",
            "allowed a@blue.example",
            "unauthorized mailto:c@red.example");
  }

  @Test
  void takesNoMoreThanItsLimit() {
    String many =
        IntStream.range(0, 15)
            .mapToObj(i -> "mailto:a" + i + "@blue.example")
            .collect(Collectors.joining(","));
    assertThat(found(many, DNS))
        .hasSize(ReportDestinations.MAX_ADDRESSES)
        .contains("allowed a9@blue.example");
  }

  @Test
  void theOrganizationCountsNotTheName() {
    MapResolver sub =
        with(
            with(empty(), "_dmarc.news.blue.example", "v=DMARC1; p=none"),
            "_dmarc.blue.example",
            "v=DMARC1; p=none");
    assertThat(found("news.blue.example", "mailto:a@blue.example", sub))
        .containsExactly("allowed a@blue.example");
    MapResolver own = with(sub, "_dmarc.news.blue.example", "v=DMARC1; p=none; psd=n");
    assertThat(found("news.blue.example", "mailto:a@blue.example", own))
        .containsExactly("unauthorized mailto:a@blue.example");
    MapResolver suffix = with(empty(), "_dmarc.example", "v=DMARC1; p=none; psd=y");
    assertThat(found("mailto:a@red.example", suffix))
        .containsExactly("unauthorized mailto:a@red.example");
  }

  @ParameterizedTest
  @CsvSource({
    "v=DMARC1, allowed a@red.example",
    "v=DMARC1;, allowed a@red.example",
    "V = DMARC1 ; x=y, allowed a@red.example",
    "v=DMARC1; rua=nonsense, allowed a@red.example",
    "v=DMARC1; rua=mailto:b@red.example, allowed b@red.example",
    "v=DMARC1; rua=mailto:b@other.example, unauthorized mailto:a@red.example",
    "v=DMARC1; rua=mailto:b@sub.red.example, unauthorized mailto:a@red.example",
    "v=DMARC1; rua=mailto:b@blue.example, unauthorized mailto:a@red.example",
    "v=DMARC1; rua=https://red.example/x, unusable https://red.example/x",
    "v=DMARC1; rua=https://other.example/x, unauthorized mailto:a@red.example",
    "v=DMARC1; rua=urn:x:y, unauthorized mailto:a@red.example",
    "v=spf1 -all, unauthorized mailto:a@red.example",
    "v=dmarc1, unauthorized mailto:a@red.example",
    "p=none; v=DMARC1, unauthorized mailto:a@red.example",
  })
  void outsidersMustAskForThem(String confirmation, String expected) {
    assertThat(found("mailto:a@red.example", with(DNS, CONFIRMATION, confirmation)))
        .containsExactly(expected);
  }

  @Test
  void oneRecordOfSeveralIsEnough() {
    MapResolver dns = with(DNS, CONFIRMATION, "junk", "v=DMARC1", "v=DMARC1; p=none");
    assertThat(found("mailto:a@red.example", dns)).containsExactly("allowed a@red.example");
    assertThat(found("mailto:a@red.example", with(DNS, CONFIRMATION, "junk", "more")))
        .containsExactly("unauthorized mailto:a@red.example");
    MapResolver led =
        with(
            DNS,
            CONFIRMATION,
            "v=DMARC1",
            "v=DMARC1; rua=mailto:x@red.example,mailto:y@bad.example");
    assertThat(found("mailto:a@red.example", led))
        .containsExactly("unauthorized mailto:a@red.example");
  }

  @Test
  void whatIsThereInsteadIsTakenOnce() {
    MapResolver dns =
        with(DNS, CONFIRMATION, "v=DMARC1; rua=mailto:x@red.example,mailto:y@red.example");
    assertThat(found("mailto:a@red.example,mailto:b@red.example", dns))
        .containsExactly("allowed x@red.example", "allowed y@red.example");
  }

  @Test
  void aWildcardConfirmsAll() {
    Resolver wild =
        new Resolver() {
          @Override
          public <T> Answer<T> ask(Question<T> question) {
            boolean below = question.name().ascii().endsWith("._report._dmarc.red.example");
            return DNS.with(
                    RecordType.TXT,
                    below ? question.name() : domain("x.invalid"),
                    new Answer.Records<>(List.of("v=DMARC1"), false))
                .ask(question);
          }
        };
    assertThat(found("mailto:a@red.example", wild)).containsExactly("allowed a@red.example");
  }

  @Test
  void whatTheDnsDoesNotSayIsUnknown() {
    Answer<String> failed = new Answer.Failed<>(Failure.SERVER_FAILURE);
    assertThat(
            found("mailto:a@red.example", DNS.with(RecordType.TXT, domain(CONFIRMATION), failed)))
        .containsExactly("unknown mailto:a@red.example");
    MapResolver down = DNS.with(RecordType.TXT, domain("_dmarc.blue.example"), failed);
    assertThat(found("mailto:a@blue.example,mailto:a@sub.blue.example", down))
        .as("the same name needs no organization")
        .containsExactly("allowed a@blue.example", "unknown mailto:a@sub.blue.example");
    MapResolver noData = DNS.with(RecordType.TXT, domain(CONFIRMATION), new Answer.NoData<>());
    assertThat(found("mailto:a@red.example", noData))
        .containsExactly("unauthorized mailto:a@red.example");
  }

  @Test
  void hostsThatAreDownCostOthersNothing() {
    Answer<String> failed = new Answer.Failed<>(Failure.TIMEOUT);
    MapResolver dns = DNS;
    for (String host : List.of("one.test", "two.test", "three.test")) {
      dns = dns.with(RecordType.TXT, domain("blue.example._report._dmarc." + host), failed);
    }
    dns = with(dns, CONFIRMATION, "v=DMARC1");
    assertThat(
            found(
                "mailto:a@one.test,mailto:a@two.test,mailto:a@three.test,mailto:a@red.example",
                dns))
        .endsWith("unknown mailto:a@three.test", "allowed a@red.example");
  }

  @Test
  void aNameThatIsTooLongConfirmsNothing() {
    String label = "a".repeat(60) + ".";
    String long1 = label.repeat(2) + "blue.example";
    String long2 = label.repeat(2) + "red.test";
    assertThat(found(long1, "mailto:a@" + long2, DNS))
        .containsExactly("unauthorized mailto:a@" + long2);
  }

  @Test
  void asksForNamesAsTheDnsHasThem() {
    MapResolver dns = with(empty(), "xn--bcher-kva.example._report._dmarc.red.example", "v=DMARC1");
    assertThat(found("b\u00FCcher.example", "mailto:a@red.example", dns))
        .containsExactly("allowed a@red.example");
  }

  @Test
  void asksOncePerHost() {
    List<String> asked = new ArrayList<>();
    Resolver counting =
        new Resolver() {
          @Override
          public <T> Answer<T> ask(Question<T> question) {
            asked.add(question.name().ascii());
            return DNS.ask(question);
          }
        };
    assertThat(found("mailto:a@red.example,mailto:b@red.example", counting)).hasSize(2);
    assertThat(asked).contains(CONFIRMATION).doesNotHaveDuplicates();
    assertThat(asked.size()).isLessThanOrEqualTo(18);
  }

  private static List<String> found(String uris, Resolver resolver) {
    return found(POLICY, uris, resolver);
  }

  private static List<String> found(String policyDomain, String uris, Resolver resolver) {
    DmarcRecord record = DmarcRecord.parse("v=DMARC1; p=none; rua=" + uris).orElseThrow();
    return ReportDestinations.of(domain(policyDomain), record, resolver).stream()
        .map(destination ->
            switch (destination) {
              case Destination.Allowed(var _, var address) -> "allowed " + address;
              case Destination.Unauthorized(var uri) -> "unauthorized " + uri.text();
              case Destination.Unknown(var uri) -> "unknown " + uri.text();
              case Destination.Unusable(var uri) -> "unusable " + uri.text();
            })
        .toList();
  }

  private static MapResolver empty() {
    return new MapResolver(Map.of());
  }

  private static MapResolver with(MapResolver dns, String name, String... texts) {
    return dns.with(RecordType.TXT, domain(name), new Answer.Records<>(List.of(texts), false));
  }

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }
}
