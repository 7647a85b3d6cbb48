package dovetail.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.server.io.ProtocolException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of scripts. */
final class TabLinesTest {
  private static TabLines parse(String text) throws ProtocolException {
    return TabLines.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 500)
  void anyValueIsReadAsItWasWritten(
      @ForAll @CharRange(from = 0, to = '\u00ff') @StringLength(max = 50) String value,
      @ForAll @CharRange(from = 0, to = '\r') @StringLength(max = 20) String controls)
      throws Exception {
    String text = TabLines.line("a", value) + TabLines.line("b", controls);
    try (TabLines lines = parse(text)) {
      assertThat(lines.text("a")).contains(value);
      assertThat(lines.text("b")).contains(controls);
    }
    assertThat(text.lines()).isNotEmpty();
    assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(2);
  }

  @Test
  void theLastLineMayLackItsEnd() throws Exception {
    try (TabLines lines = parse("a\t1\nb\t2\tand more")) {
      assertThat(lines.text("a")).contains("1");
      assertThat(lines.text("b")).contains("2\tand more");
      assertThat(lines.text("c")).isEmpty();
    }
    try (TabLines none = parse("")) {
      assertThat(none.text("a")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "\n",
        "a\t1\n\n",
        "\t1",
        "a\t1\na\t2",
        "a\tsesame\u0001",
        "a\t\u0001\u0001\u0001\n"
      })
  void whatIsMalformedIsSaidWithoutAWordOfIt(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(ProtocolException.class)
        .hasMessageNotContaining("sesame");
  }

  @Test
  void valuesAreNotShownAndOverwrittenAtTheEnd() throws Exception {
    byte[] octets;
    try (TabLines lines = parse("password\tsesame\n")) {
      octets = lines.octets("password").orElseThrow();
      assertThat(octets).isEqualTo("sesame".getBytes(StandardCharsets.US_ASCII));
      assertThat(lines.toString()).isEqualTo("[password]");
    }
    assertThat(octets).containsOnly(0);
  }
}
