package dovetail.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MailExchange;
import dovetail.dns.MapResolver;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the conformance cases do not show: facts of results, hostile records, a slow DNS. */
final class SpfVerifierTest {
  private static final SpfClient CLIENT =
      new SpfClient(InetAddress.ofLiteral("192.0.2.3"), "mail.example.com");

  private MapResolver dns = new MapResolver(Map.of());
  private final AtomicInteger questions = new AtomicInteger();
  private final AtomicLong now = new AtomicLong(5);
  private Duration slowness = Duration.ZERO;

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private SpfVerifierTest txt(String name, String... records) {
    dns = dns.with(RecordType.TXT, domain(name), new Answer.Records<>(List.of(records), false));
    return this;
  }

  /** Counts questions, and lets time pass with each. */
  private final class Counting implements Resolver {
    @Override
    public <T> Answer<T> ask(Question<T> question) {
      questions.incrementAndGet();
      now.addAndGet(slowness.toNanos());
      return dns.ask(question);
    }
  }

  private SpfVerifier verifier() {
    return new SpfVerifier(
        new Counting(), "mx.example.net", InstantSource.fixed(Instant.EPOCH), now::get);
  }

  private SpfResult mailFrom(String address) {
    return verifier().mailFrom(CLIENT, address);
  }

  private SpfReason reasonOf(String record) {
    txt("example.com", record);
    return mailFrom("a@example.com").reason();
  }

  @Test
  void namesTheTermThatMatched() {
    txt("example.com", "v=spf1 include:net.example -all")
        .txt("net.example", "v=spf1 ip4:192.0.2.0/24");
    SpfResult result = mailFrom("a@example.com");
    assertThat(result.status()).isEqualTo(SpfStatus.PASS);
    assertThat(result.mechanism()).contains("include:net.example");
    assertThat(result.domain()).contains(domain("example.com"));
    assertThat(result.explanation()).isEmpty();
  }

  @Test
  void aRedirectionIsFollowed() {
    txt("example.com", "v=spf1 redirect=net.example").txt("net.example", "v=spf1 ~all");
    SpfResult result = mailFrom("a@example.com");
    assertThat(result.status()).isEqualTo(SpfStatus.SOFTFAIL);
    assertThat(result.domain()).contains(domain("example.com"));
    assertThat(result.mechanism()).contains("~all");
  }

  @Test
  void theNullSenderIsTheNameOfTheClient() {
    txt("mail.example.com", "v=spf1 exists:%{l}.%{o}.example -all");
    dns =
        dns.with(
            RecordType.A,
            domain("postmaster.mail.example.com.example"),
            new Answer.Records<>(List.of(InetAddress.ofLiteral("127.0.0.2")), false));
    assertThat(mailFrom("").status()).isEqualTo(SpfStatus.PASS);
    assertThat(mailFrom("").identity()).isEqualTo(SpfIdentity.HELO);
    assertThat(mailFrom("a@example.com").identity()).isEqualTo(SpfIdentity.MAILFROM);
    assertThat(verifier().helo(CLIENT).status()).isEqualTo(SpfStatus.PASS);
  }

  @Test
  void localPartsMayHoldWhatNamesDoNot() {
    txt("example.com", "v=spf1 exists:%{l}._spf.%{d} -all");
    dns =
        dns.with(
            RecordType.A,
            Domain.asked("joe+list=a._spf.example.com").orElseThrow(),
            new Answer.Records<>(List.of(InetAddress.ofLiteral("127.0.0.2")), false));
    assertThat(mailFrom("Joe+list=a@example.com").status()).isEqualTo(SpfStatus.PASS);
    assertThat(mailFrom("\u00fcmit@example.com").status()).isEqualTo(SpfStatus.FAIL);
  }

  @Test
  void namesWithoutADomainAreNone() {
    for (String address : List.of("a@[192.0.2.3]", "a@localhost", "a@", "@", "a@b@c@", "x")) {
      assertThat(mailFrom(address).reason()).as(address).isEqualTo(SpfReason.NO_DOMAIN);
      assertThat(mailFrom(address).status()).as(address).isEqualTo(SpfStatus.NONE);
    }
    assertThat(questions).hasValue(0);
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(reasonOf("v=spf1 include:missing.example"))
        .isEqualTo(SpfReason.NO_REFERENCED_RECORD);
    assertThat(reasonOf("v=spf1 redirect=missing.example"))
        .isEqualTo(SpfReason.NO_REFERENCED_RECORD);
    assertThat(reasonOf("v=spf1 +foo")).isEqualTo(SpfReason.MALFORMED);
    assertThat(reasonOf("v=spf1 ip4:192.0.2.3 a:1")).isEqualTo(SpfReason.MALFORMED);
    assertThat(reasonOf("v=spf1 mx:a.missing.example mx:b.missing.example mx:c.missing.example"))
        .isEqualTo(SpfReason.TOO_MANY_VOID_LOOKUPS);
    assertThat(reasonOf("v=spf1")).isEqualTo(SpfReason.NO_MATCH);
    assertThat(reasonOf("v=spf10")).isEqualTo(SpfReason.NO_RECORD);
    txt("example.com", "v=spf1 -all", "v=spf1 +all");
    assertThat(mailFrom("a@example.com").reason()).isEqualTo(SpfReason.SEVERAL_RECORDS);
    dns = dns.with(RecordType.TXT, domain("example.com"), new Answer.Failed<>(Failure.TIMEOUT));
    assertThat(mailFrom("a@example.com").words()).isEqualTo("DNS lookup failed: timeout");
  }

  @Test
  void loopsAndNestedIncludesEndAtTenTerms() {
    txt("example.com", "v=spf1 include:example.com include:example.com -all");
    assertThat(mailFrom("a@example.com").reason()).isEqualTo(SpfReason.TOO_MANY_LOOKUPS);
    assertThat(questions.get()).isLessThanOrEqualTo(11);
    txt("example.com", "v=spf1 redirect=example.com");
    assertThat(mailFrom("a@example.com").reason()).isEqualTo(SpfReason.TOO_MANY_LOOKUPS);
  }

  @Test
  void hostsWithoutAddressesOfAFamilyAreOneVoidTerm() {
    txt("example.com", "v=spf1 mx ip4:192.0.2.3 -all");
    List<MailExchange> hosts =
        IntStream.range(0, 5).mapToObj(i -> new MailExchange(i, "m" + i + ".example")).toList();
    dns = dns.with(RecordType.MX, domain("example.com"), new Answer.Records<>(hosts, false));
    assertThat(mailFrom("a@example.com").status()).isEqualTo(SpfStatus.PASS);
  }

  @Test
  void internationalNamesAreAskedForAsTheDnsHasThem() {
    txt("xn--bcher-kva.example", "v=spf1 exists:%{o}.list.example -all");
    dns =
        dns.with(
            RecordType.A,
            domain("xn--bcher-kva.example.list.example"),
            new Answer.Records<>(List.of(InetAddress.ofLiteral("127.0.0.2")), false));
    assertThat(mailFrom("a@b\u00fccher.example").status()).isEqualTo(SpfStatus.PASS);
  }

  @Test
  void aDomainWithAThousandExchangersCostsOneQuestion() {
    txt("example.com", "v=spf1 mx -all");
    List<MailExchange> many =
        IntStream.range(0, 1000).mapToObj(i -> new MailExchange(i, "m" + i + ".example")).toList();
    dns = dns.with(RecordType.MX, domain("example.com"), new Answer.Records<>(many, false));
    assertThat(mailFrom("a@example.com").reason()).isEqualTo(SpfReason.TOO_MANY_EXCHANGERS);
    assertThat(questions).hasValue(2);
  }

  @Test
  void ofAThousandNamesOfAClientTenCount() {
    txt("example.com", "v=spf1 ptr -all");
    List<String> names = IntStream.range(0, 1000).mapToObj(i -> "h" + i + ".example.com").toList();
    dns =
        dns.with(
            RecordType.PTR, domain("3.2.0.192.in-addr.arpa"), new Answer.Records<>(names, false));
    assertThat(mailFrom("a@example.com").status()).isEqualTo(SpfStatus.FAIL);
    assertThat(questions).hasValue(12);
    List<InetAddress> back = List.of(CLIENT.address());
    dns = dns.with(RecordType.A, domain("h9.example.com"), new Answer.Records<>(back, false));
    assertThat(mailFrom("a@example.com").status()).isEqualTo(SpfStatus.PASS);
  }

  @Test
  void recordsOfAMegabyteAreReadInTime() {
    String terms =
        IntStream.range(0, 60_000).mapToObj(i -> "ip4:10.0.0.1").collect(Collectors.joining(" "));
    assertThat(reasonOf("v=spf1 " + terms)).isEqualTo(SpfReason.NO_MATCH);
    assertThat(reasonOf("v=spf1 a:" + "/1".repeat(500_000))).isEqualTo(SpfReason.MALFORMED);
    assertThat(reasonOf("v=spf1 a:" + "%{d}".repeat(200_000))).isNotNull();
    assertThat(reasonOf("v=spf1 a:" + "x.".repeat(500_000) + "example"))
        .isEqualTo(SpfReason.NO_MATCH);
    assertThat(reasonOf("v=spf1 ip6:" + ":".repeat(500_000) + "x")).isEqualTo(SpfReason.MALFORMED);
    assertThat(reasonOf("v=spf1 " + "1".repeat(1_000_000))).isEqualTo(SpfReason.MALFORMED);
  }

  @Test
  void aSlowDnsEndsTheCheckAfterTwentySeconds() {
    slowness = Duration.ofSeconds(6);
    List<String> includes = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      txt("i" + i + ".example", "v=spf1 ?all");
      includes.add("include:i" + i + ".example");
    }
    txt("example.com", "v=spf1 " + String.join(" ", includes) + " -all");
    SpfResult result = mailFrom("a@example.com");
    assertThat(result.status()).isEqualTo(SpfStatus.TEMPERROR);
    assertThat(result.reason()).isEqualTo(SpfReason.TOO_SLOW);
    assertThat(questions.get()).isLessThanOrEqualTo(5);
  }

  @Test
  void aSlowSearchForNamesIsNoFailure() {
    slowness = Duration.ofSeconds(6);
    txt("example.com", "v=spf1 ptr -all");
    List<String> names = List.of("a.example", "b.example", "c.example", "d.example");
    dns =
        dns.with(
            RecordType.PTR, domain("3.2.0.192.in-addr.arpa"), new Answer.Records<>(names, false));
    assertThat(mailFrom("a@example.com").reason()).isEqualTo(SpfReason.TOO_SLOW);
  }

  @Test
  void explanationsNeverChangeAResult() {
    txt("example.com", "v=spf1 -all exp=why.example.com");
    assertThat(mailFrom("a@example.com").explanation()).isEmpty();
    txt("why.example.com", "%{i} is not for %{d} (%{t})");
    assertThat(mailFrom("a@example.com").explanation())
        .isEqualTo(Optional.of("192.0.2.3 is not for example.com (0)"));
    txt("why.example.com", "%{x}");
    assertThat(mailFrom("a@example.com").explanation()).isEmpty();
    txt("why.example.com", "one", "two");
    assertThat(mailFrom("a@example.com").explanation()).isEmpty();
    txt("why.example.com", "line\r\nX-Forged: yes");
    assertThat(mailFrom("a@example.com").explanation()).isEmpty();
    txt("why.example.com", "%{l}");
    assertThat(mailFrom("\u00fc@example.com").explanation()).isEmpty();
    dns = dns.with(RecordType.TXT, domain("why.example.com"), new Answer.Failed<>(Failure.TIMEOUT));
    assertThat(mailFrom("a@example.com").status()).isEqualTo(SpfStatus.FAIL);
  }

  @Test
  void addressesHaveNoMoreDigitsThanTheirGrammarGivesThem() {
    for (String address : List.of("1:2:3:4:5:6:7::", "::abcd:0001", "::ffff:192.0.2.3", "::")) {
      assertThat(reasonOf("v=spf1 ip6:" + address)).as(address).isEqualTo(SpfReason.NO_MATCH);
    }
    for (String address : List.of("00001::1", "::0abcd", "::ffff:192.0.02.3", "::192.0.2.0003")) {
      assertThat(reasonOf("v=spf1 ip6:" + address)).as(address).isEqualTo(SpfReason.MALFORMED);
    }
  }

  @Test
  void mappedAddressesAreIpv4() throws UnknownHostException {
    txt("example.com", "v=spf1 ip4:192.0.2.0/24 -all");
    byte[] octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 3};
    SpfClient mapped = new SpfClient(Inet6Address.getByAddress("", octets, -1), "h.example");
    assertThat(verifier().mailFrom(mapped, "a@example.com").status()).isEqualTo(SpfStatus.PASS);
    SpfClient other = new SpfClient(InetAddress.ofLiteral("2001:db8::1"), "h.example");
    assertThat(verifier().mailFrom(other, "a@example.com").status()).isEqualTo(SpfStatus.FAIL);
  }
}
