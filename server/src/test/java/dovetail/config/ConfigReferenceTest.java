package dovetail.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
  @Test
  void showsEachKeyWithItsDefault() {
    Section section =
        Section.of(
            "milter",
            "Signs mail.",
            List.of(
                Key.bool("enabled", true, "Whether it runs."),
                Key.duration("expiry", "14d", "How long " + "signatures ".repeat(9) + "last.")
                    .optional()));
    assertThat(ConfigReference.toml(List.of(section)))
        .isEqualTo(
            """
            # Signs mail.
            [milter]

            # Whether it runs.
            # (boolean)
            #enabled = true

            # How long signatures signatures signatures signatures signatures signatures signatures signatures
            # signatures last.
            # (duration; not set)
            #expiry = "14d"
            """);
  }
}
