package dovetail.lookup.mtasts;

import static dovetail.lookup.mtasts.World.domain;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MailExchange;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.dns.TlsAssociation;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DaneTest {
  private static final TlsAssociation GOOD = new TlsAssociation(3, 1, 1, "ab".repeat(32));

  private MapResolver dns = new MapResolver(Map.of());

  private void mx(boolean authentic, String... hosts) {
    List<MailExchange> records =
        List.of(hosts).stream().map(host -> new MailExchange(host.length(), host)).toList();
    dns = dns.with(RecordType.MX, domain("a.example"), new Answer.Records<>(records, authentic));
  }

  private void address(String host, boolean authentic) {
    dns =
        dns.with(
            RecordType.A,
            domain(host),
            new Answer.Records<>(List.of(InetAddress.ofLiteral("192.0.2.1")), authentic));
  }

  private void tlsa(String host, boolean authentic, TlsAssociation... records) {
    dns =
        dns.with(
            RecordType.TLSA,
            domain("_25._tcp." + host),
            new Answer.Records<>(List.of(records), authentic));
  }

  private void whole(String host) {
    address(host, true);
    tlsa(host, true, GOOD);
  }

  private Dane ask(String key) {
    return Dane.of(NextHop.parse(key).orElseThrow(), dns);
  }

  private Dane ask() {
    return ask("a.example");
  }

  @Test
  void appliesWhereAllIsSecure() {
    mx(true, "mx.example");
    whole("mx.example");
    assertThat(ask()).isEqualTo(new Dane.Applies());
  }

  @Test
  void appliesWhereOneHostHasIt() {
    mx(true, "b.example", "mx2.example", "", "no name");
    address("b.example", true);
    assertThat(ask()).isEqualTo(new Dane.Not());
    whole("mx2.example");
    assertThat(ask()).isEqualTo(new Dane.Applies());
  }

  @Test
  void needsEveryLinkToBeSecure() {
    mx(false, "mx.example");
    whole("mx.example");
    assertThat(ask()).isEqualTo(new Dane.Not());
    mx(true, "mx.example");
    address("mx.example", false);
    assertThat(ask()).isEqualTo(new Dane.Not());
    address("mx.example", true);
    tlsa("mx.example", false, GOOD);
    assertThat(ask()).isEqualTo(new Dane.Not());
  }

  @Test
  void asksTheHostItselfWithoutMx() {
    assertThat(ask()).isEqualTo(new Dane.Not());
    whole("a.example");
    assertThat(ask()).isEqualTo(new Dane.Applies());
    assertThat(ask("[a.example]")).isEqualTo(new Dane.Applies());
    assertThat(ask("[a.example]:587")).isEqualTo(new Dane.Not());
    mx(true, "mx.example");
    assertThat(ask()).isEqualTo(new Dane.Not());
    assertThat(ask("[a.example]")).isEqualTo(new Dane.Applies());
  }

  @Test
  void asksForTheAddressesOfEitherKind() {
    mx(true, "mx.example");
    tlsa("mx.example", true, GOOD);
    dns =
        dns.with(
            RecordType.AAAA,
            domain("mx.example"),
            new Answer.Records<>(List.of(InetAddress.ofLiteral("2001:db8::1")), true));
    assertThat(ask()).isEqualTo(new Dane.Applies());
  }

  @Test
  void doesNotKnowWhatFails() {
    Answer.Failed<MailExchange> failed = new Answer.Failed<>(Failure.SERVER_FAILURE);
    dns = dns.with(RecordType.MX, domain("a.example"), failed);
    assertThat(ask()).isEqualTo(new Dane.Unknown("a.example: server failure"));
    mx(true, "mx.example");
    dns = dns.with(RecordType.A, domain("mx.example"), new Answer.Failed<>(Failure.SERVER_FAILURE));
    assertThat(ask()).isEqualTo(new Dane.Unknown("mx.example: server failure"));
    address("mx.example", true);
    dns =
        dns.with(
            RecordType.TLSA, domain("_25._tcp.mx.example"), new Answer.Failed<>(Failure.TIMEOUT));
    assertThat(ask()).isEqualTo(new Dane.Unknown("_25._tcp.mx.example: timeout"));
    mx(true, "mx.example", "mx2.example");
    whole("mx2.example");
    assertThat(ask()).isEqualTo(new Dane.Applies());
  }

  /** RFC 7672 2.1.2: name servers that fail on TLSA do no harm to zones that are not signed. */
  @Test
  void asksNoTlsaOfHostsThatAreNotSecure() {
    mx(true, "mx.example");
    address("mx.example", false);
    dns =
        dns.with(
            RecordType.TLSA, domain("_25._tcp.mx.example"), new Answer.Failed<>(Failure.TIMEOUT));
    assertThat(ask()).isEqualTo(new Dane.Not());
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, 1, 64, true",
    "3, 0, 1, 64, true",
    "2, 0, 2, 128, true",
    "3, 1, 0, 2, true",
    "0, 1, 1, 64, false",
    "1, 1, 1, 64, false",
    "4, 1, 1, 64, false",
    "3, 2, 1, 64, false",
    "3, 1, 3, 64, false",
    "3, 1, 1, 62, false",
    "3, 1, 2, 64, false",
    "3, 1, 0, 0, false"
  })
  void knowsWhatIsUsable(int usage, int selector, int matching, int digits, boolean usable) {
    mx(true, "mx.example");
    address("mx.example", true);
    TlsAssociation odd = new TlsAssociation(usage, selector, matching, "a".repeat(digits));
    tlsa("mx.example", true, odd);
    assertThat(ask()).isEqualTo(usable ? new Dane.Applies() : new Dane.Not());
    tlsa("mx.example", true, odd, GOOD);
    assertThat(ask()).isEqualTo(new Dane.Applies());
  }
}
