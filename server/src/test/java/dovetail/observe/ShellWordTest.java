package dovetail.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellWordTest {
  @Test
  void whatNeedsNoQuotesHasNone() {
    assertThat(ShellWord.argument("ann+x_1-y@mx.example.com"))
        .isEqualTo("ann+x_1-y@mx.example.com");
  }

  @Test
  void allElseIsQuoted() {
    assertThat(ShellWord.argument("")).isEqualTo("''");
    assertThat(ShellWord.argument("a b")).isEqualTo("'a b'");
    assertThat(ShellWord.argument("o'neil@example.com")).isEqualTo("'o'\\''neil@example.com'");
    assertThat(ShellWord.argument("j\u00f6rg")).isEqualTo("'j\u00f6rg'");
  }

  @Test
  void whatLooksLikeAnOptionIsNone() {
    assertThat(ShellWord.argument("-x")).isEqualTo("-- -x");
    assertThat(ShellWord.argument("--config=/x")).isEqualTo("-- '--config=/x'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@example.com",
        "a b",
        "'",
        "''a''",
        "$(touch x)",
        "`touch x`",
        "a;b|c&d>e<f",
        "\\",
        "\"\"",
        "a*?[b]{c,d}~!#%^",
        "j\u00f6rg",
        "a\tb"
      })
  void aShellTakesItForThatText(String text) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.argument(text))
            .redirectErrorStream(true)
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(printed).isEqualTo(text);
  }
}
