package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of serve that start without the command line library. */
final class ServeArgumentsTest {
  @Test
  void readsThePlainForms() {
    assertThat(read("serve")).contains(new ServeArguments(Optional.empty(), Set.of()));
    assertThat(read("serve --config a.toml"))
        .contains(new ServeArguments(Optional.of(Path.of("a.toml")), Set.of()));
    assertThat(read("serve milter --config=/b.toml http"))
        .contains(new ServeArguments(Optional.of(Path.of("/b.toml")), Set.of("milter", "http")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sign",
        "--config a.toml serve",
        "serve --help",
        "serve --config",
        "serve mliter",
        "serve --confg=a",
        "serve milter --version"
      })
  void leavesTheRest(String line) {
    assertThat(read(line)).isEmpty();
  }

  private static Optional<ServeArguments> read(String line) {
    return ServeArguments.read(line.isEmpty() ? new String[0] : line.split(" ", -1));
  }
}
