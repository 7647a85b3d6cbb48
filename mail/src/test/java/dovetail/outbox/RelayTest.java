package dovetail.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RelayTest {
  @ParameterizedTest
  @CsvSource({
    "localhost, localhost:25",
    "localhost:2525, localhost:2525",
    "Mail.Example.ORG, mail.example.org:25",
    "mail.example.org.:25, mail.example.org:25",
    "bücher.example:1, xn--bcher-kva.example:1",
    "192.0.2.1, 192.0.2.1:25",
    "192.0.2.1:65535, 192.0.2.1:65535",
    "[::1], [::1]:25",
    "[2001:DB8::1]:587, [2001:db8::1]:587",
    "[::ffff:192.0.2.1]:25, [::ffff:192.0.2.1]:25"
  })
  void reads(String text, String meaning) {
    Relay relay = Relay.parse(text).orElseThrow();
    assertThat(relay).hasToString(meaning);
    assertThat(Relay.parse(meaning)).contains(relay);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ":25",
        "host:",
        "host:0",
        "host:65536",
        "host:999999",
        "host:x",
        "host:-1",
        "host:25:25",
        "::1",
        "[::1",
        "[::1]25",
        "[::1]:",
        "[fe80::1%eth0]:25",
        "[192.0.2.1]:25",
        "[host]:25",
        "256.0.0.1",
        "1.2.3",
        "010.0.0.1",
        "host name",
        "host\n",
        "smtp://host",
        "user@host"
      })
  void refuses(String text) {
    assertThat(Relay.parse(text)).isEmpty();
  }

  @Test
  void isMadeOfWhatItReads() {
    assertThatThrownBy(() -> new Relay("MAIL.example", 25))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Relay("a b", 25)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Relay("localhost", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addressesBearTheirNames() throws Exception {
    assertThat(new Relay("127.0.0.9", 25).addresses())
        .singleElement()
        .hasToString("127.0.0.9/127.0.0.9");
    assertThat(new Relay("::1", 25).addresses()).singleElement().hasToString("::1/0:0:0:0:0:0:0:1");
    assertThat(new Relay("localhost", 25).addresses())
        .first()
        .extracting(InetAddress::toString)
        .isEqualTo("localhost/127.0.0.1");
  }
}
