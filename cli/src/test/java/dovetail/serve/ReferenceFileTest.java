package dovetail.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.config.ConfigReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/dovetail.toml is what the code says; when it differs, the code's text is beside it. */
class ReferenceFileTest {
  private static final Path FILE = Path.of("..", "docs", "dovetail.toml");

  @Test
  void theReferenceFileAgreesWithTheCode() throws Exception {
    String expected = ConfigReference.toml(Configuration.SECTIONS);
    Path made = Files.writeString(Path.of("target", "dovetail.toml"), expected);
    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as("%s; the right one is %s", FILE, made)
        .isEqualTo(expected);
  }
}
