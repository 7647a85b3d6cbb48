package dovetail.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the checkout that are made from the code. */
public final class CheckedIn {
  private CheckedIn() {}

  /**
   * Compares one with what the code says, which is left in the folder target.
   *
   * @param file below the checkout's first folder, such as "docs/dovetail.toml"
   */
  public static void assertSame(String file, String expected) throws IOException {
    Path path = Path.of("..").resolve(file);
    Path made = Files.writeString(Path.of("target").resolve(path.getFileName()), expected);
    assertThat(Files.exists(path) ? Files.readString(path) : "")
        .as("%s; the right one is cli/%s", file, made)
        .isEqualTo(expected);
  }
}
