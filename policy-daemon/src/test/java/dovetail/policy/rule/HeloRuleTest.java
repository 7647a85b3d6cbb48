package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeloRuleTest {
  private static final String CLIENT =
      "protocol_state=RCPT client_address=192.0.2.1 server_address=203.0.113.5 helo_name=";
  private static final HeloRule.Settings ALL = new HeloRule.Settings(true, true, true, true, true);
  private static final HeloRule.Settings NOTHING =
      new HeloRule.Settings(false, false, false, false, false);
  private static final HeloRule.Settings DEFAULT =
      new HeloRule.Settings(true, true, true, true, false);

  private static String said(HeloRule.Settings settings, String helo) {
    return Said.by(rule(settings), CLIENT + helo);
  }

  private static HeloRule rule(HeloRule.Settings settings) {
    return new HeloRule(Set.of(Zone.name("mx.example.net")), settings, Refusal.with(550));
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.net, that is what this host is called",
    "MX.Example.NET., that is what this host is called",
    "203.0.113.5, that is what this host is called",
    "[203.0.113.5], that is what this host is called",
    "192.0.2.1, an address stands in brackets",
    "2001:db8::1, an address stands in brackets",
    "[192.0.2.2], that is not your address",
    "[10.0.0.1], that is not your address",
    "[, that is no name of a host",
    "[], that is no name of a host",
    "[192.0.2.1, that is no name of a host",
    "[mail.example.com], that is no name of a host",
    "[IPv6:], that is no name of a host",
    "mail..example.com, that is no name of a host",
    "-mail.example.com, that is no name of a host",
    "mail!example.com, that is no name of a host",
    "192.0.2.300, that is no name of a host",
  })
  void refusesWhatNobodyIsCalled(String helo, String words) {
    assertThat(said(DEFAULT, helo)).isEqualTo("helo 550 5.7.1 HELO: " + words);
    assertThat(said(NOTHING, helo)).isEqualTo("passes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mail.example.com",
        "mail.example.com.",
        "MAIL.example.com",
        "WIN-12345",
        "localhost",
        "mail_1.example.com",
        "[192.0.2.1]",
        "[IPv6:2001:db8::1]",
        "m\u00fcller.example",
        "sub.mx.example.net",
        "example.net"
      })
  void passesWhatHostsAreCalled(String helo) {
    assertThat(said(DEFAULT, helo)).isEqualTo("passes");
  }

  @Test
  void aNameOfOneLabelIsRefusedWhereThatIsWanted() {
    assertThat(said(ALL, "WIN-12345")).isEqualTo("helo 550 5.7.1 HELO: a full name is needed");
  }

  @Test
  void addressesOfBothKindsAreCompared() {
    String client = "protocol_state=MAIL client_address=2001:db8::1 helo_name=";
    assertThat(Said.by(rule(DEFAULT), client + "[IPv6:2001:DB8:0:0::1]")).isEqualTo("passes");
    assertThat(Said.by(rule(DEFAULT), client + "[2001:db8::1]")).isEqualTo("passes");
    assertThat(Said.by(rule(DEFAULT), client + "[192.0.2.7]")).isEqualTo("passes");
    assertThat(Said.by(rule(DEFAULT), client + "[IPv6:2001:db8::2]")).startsWith("helo 550");
  }

  /** Until MAIL it may be one of our users, whose program calls itself what it likes. */
  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "EHLO", "HELO", "END-OF-MESSAGE", "VRFY", "ETRN", ""})
  void isNotAskedBeforeItIsKnownWhoItIs(String stage) {
    assertThat(
            Said.by(
                rule(ALL),
                "protocol_state=" + stage + " client_address=192.0.2.1 helo_name=192.0.2.1"))
        .isEqualTo("not now");
  }

  @Property(tries = 300)
  void anyTextHasAnAnswer(@ForAll String helo) {
    assertThat(said(NOTHING, helo.replace(' ', '_'))).isEqualTo("passes");
    assertThat(said(ALL, helo.replace(' ', '_'))).matches("(?s)passes|helo 550 .*");
  }

  @Test
  void aMegabyteIsNoName() {
    assertThat(said(DEFAULT, "x".repeat(1 << 20))).startsWith("helo 550");
  }
}
