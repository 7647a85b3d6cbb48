package dovetail.lookup.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NextHopTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          good.example,                  good.example, false, 25
          Good.Example.,                 good.example, false, 25
          good.example:587,              good.example, false, 587
          good.example.:submission,      good.example, false, 587
          [mx.good.example],             mx.good.example, true, 25
          [mx.good.example]:2525,        mx.good.example, true, 2525
          [mx.good.example]:smtps,       mx.good.example, true, 465
          b\u00FCcher.example,           xn--bcher-kva.example, false, 25
          """)
  void readsKeys(String key, String domain, boolean isHost, int port) {
    NextHop hop = NextHop.parse(key).orElseThrow();
    assertThat(hop.domain().ascii()).isEqualTo(domain);
    assertThat(hop.isHost()).isEqualTo(isHost);
    assertThat(hop.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        ".good.example",
        "localhost",
        "[mailhost]",
        "[1.2.3.4]",
        "1.2.3.4",
        "[1.2.3.4]:25",
        "[::1]",
        "[ipv6:::1]:25",
        "[a:bb:ccc::dddd]:123",
        "[good.example",
        "good.example]",
        "[good.example]x",
        "[good.example]:",
        "good.example:",
        "good.example:0",
        "good.example:65536",
        "good.example:999999",
        "good.example:-1",
        "good.example:service",
        "/run/socket",
        "unix:/run/socket",
        "a b.example",
        "a@good.example",
        "[]",
        "[]:25"
      })
  void hasNothingForOthers(String key) {
    assertThat(NextHop.parse(key)).isEmpty();
  }

  @Test
  void bearsAnything() {
    for (char c = 0; c < 300; c++) {
      for (String key : new String[] {"" + c, "[" + c, "a.b:" + c, "[a.b]" + c, c + "a.b"}) {
        NextHop.parse(key).ifPresent(hop -> assertThat(hop.domain().ascii()).endsWith("b"));
      }
    }
  }
}
