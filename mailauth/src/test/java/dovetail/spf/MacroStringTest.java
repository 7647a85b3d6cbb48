package dovetail.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Domain;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7208 7.4 and what is no macro. */
final class MacroStringTest {
  private static String expanded(String text, String ip) {
    MacroValues values =
        new MacroValues(
            new SpfSender(SpfIdentity.MAILFROM, "strong-bad", "email.example.com"),
            new SpfClient(InetAddress.ofLiteral(ip), "mail.example.com"),
            "mx.example.net",
            InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));
    return MacroString.parseExplanation(text)
        .orElseThrow()
        .text(values.at(Domain.parse("email.example.com").orElseThrow(), _ -> "unknown"))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "%{s}, strong-bad@email.example.com",
        "%{o}, email.example.com",
        "%{d}, email.example.com",
        "%{d4}, email.example.com",
        "%{d3}, email.example.com",
        "%{d2}, example.com",
        "%{d1}, com",
        "%{dr}, com.example.email",
        "%{d2r}, example.email",
        "%{l}, strong-bad",
        "%{l-}, strong.bad",
        "%{lr}, strong-bad",
        "%{lr-}, bad.strong",
        "%{l1r-}, strong",
        "%{ir}.%{v}._spf.%{d2}, 3.2.0.192.in-addr._spf.example.com",
        "%{lr-}.lp._spf.%{d2}, bad.strong.lp._spf.example.com",
        "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}, bad.strong.lp.3.2.0.192.in-addr._spf.example.com",
        "%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}, 3.2.0.192.in-addr.strong.lp._spf.example.com",
        "%{d2}.trusted-domains.example.net, example.com.trusted-domains.example.net",
        "%{d99999999999}, email.example.com",
        "%{S}, strong-bad%40email.example.com",
        "a%_b%%c%-d, a b%c%20d",
        "%{c} %{r} %{t} %{h} %{p}, 192.0.2.3 mx.example.net 1700000000 mail.example.com unknown",
      })
  void valuesArePutIn(String text, String expected) {
    assertThat(expanded(text, "192.0.2.3")).isEqualTo(expected);
  }

  @Test
  void ipv6AddressesAreHalfOctets() {
    assertThat(expanded("%{ir}.%{v}._spf.%{d2}", "2001:db8::cb01"))
        .isEqualTo(
            "1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2.ip6._spf.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, 2001:db8::1",
    "::, ::",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1:0:2:3:4:5:6:0, 1:0:2:3:4:5:6:0",
    "1::, 1::",
    "::1, ::1",
    "CAFE:BABE::1, cafe:babe::1",
    "192.0.2.3, 192.0.2.3",
  })
  void addressesAreReadable(String ip, String expected) {
    assertThat(expanded("%{c}", ip)).isEqualTo(expected);
  }

  @Test
  void digitsAreANumber() {
    assertThat(expanded("%{d002}", "192.0.2.3")).isEqualTo("example.com");
    assertThat(expanded("%{d100}", "192.0.2.3")).isEqualTo("email.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%", "%{", "%{d", "%{}", "%{x}", "%{d0}", "%{d000}", "%{dx}", "%{d r}", "%{rd}", "%a",
        "a b", "a\u00fc", "a\u0000", "%{c}", "%{r}", "%{t}",
      })
  void whatIsNoneIsRefused(String text) {
    assertThat(MacroString.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.example", "a.example.", "%{d}", "x.%{d}", "%{d}.a-b", "a.%%", "a/b.c", "_a.b"})
  void domainsEndInALabelOrAMacro(String text) {
    assertThat(MacroString.parseDomain(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "example", ".", "a.", "a..", "a.1", "a.-b", "a.b-", "%{d}x", "%{d}.1", "a.b_c"
      })
  void otherEndsAreRefused(String text) {
    assertThat(MacroString.parseDomain(text)).isEqualTo(Optional.empty());
  }
}
