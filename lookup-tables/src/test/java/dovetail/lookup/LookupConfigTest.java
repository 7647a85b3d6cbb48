package dovetail.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupConfigTest {
  @TempDir private Path folder;

  private Settings load(String text) throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("dovetail.toml"), text);
    return ConfigLoader.load(file, List.of(LookupConfig.SECTION));
  }

  @Test
  void hasDefaults() throws Exception {
    Settings settings = load("");
    assertThat(settings.get(LookupConfig.ENABLED)).isTrue();
    assertThat(settings.get(LookupConfig.LISTEN))
        .singleElement()
        .satisfies(spec -> assertThat(spec.address()).hasToString("inet:localhost:10032"));
    assertThat(settings.get(LookupConfig.MAX_CONNECTIONS)).isEqualTo(1000);
    assertThat(LookupSettings.of(settings))
        .isEqualTo(new LookupSettings(Duration.ofSeconds(30), Duration.ofSeconds(110)));
  }

  @Test
  void readsAllKeys() throws Exception {
    Settings settings =
        load(
            """
            [lookup]
            enabled = false
            listen = ["unix:/run/dovetail/lookup", "inet:localhost:1"]
            max_connections = 7
            request_timeout = "5s"
            idle_timeout = "3m"
            """);
    assertThat(settings.get(LookupConfig.ENABLED)).isFalse();
    assertThat(settings.get(LookupConfig.LISTEN)).hasSize(2);
    assertThat(settings.get(LookupConfig.MAX_CONNECTIONS)).isEqualTo(7);
    assertThat(LookupSettings.of(settings))
        .isEqualTo(new LookupSettings(Duration.ofSeconds(5), Duration.ofMinutes(3)));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> load("[lookup]\nlisten = []")).hasMessageContaining("at least one");
    assertThatThrownBy(
            () -> load("[lookup]\nlisten = [{ address = \"inet:localhost:1\", mode = \"x\" }]"))
        .hasMessageContaining("inet:localhost:1 has a mode");
    assertThatThrownBy(() -> load("[lookup]\nidle_timeout = \"1s\"")).hasMessageContaining("10s");
    assertThatThrownBy(() -> load("[lookup]\nrequest_timeout = \"1ms\""))
        .hasMessageContaining("1s");
    assertThatThrownBy(() -> load("[lookup]\ntables = 1")).hasMessageContaining("tables");
  }

  @Test
  void needsNoAddressWhereItIsSwitchedOff() throws Exception {
    Settings settings = load("[lookup]\nenabled = false\nlisten = []");
    assertThat(settings.get(LookupConfig.LISTEN)).isEmpty();
  }
}
