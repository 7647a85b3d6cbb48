package dovetail.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Settings;
import dovetail.lookup.mtasts.MtaSts;
import dovetail.lookup.mtasts.MtaStsSettings;
import java.io.IOException;
import java.net.InetAddress;
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
  void hasNoMtaStsUnlessToldTo() throws Exception {
    assertThat(MtaStsConfig.settings(load(""))).isEmpty();
    assertThat(MtaStsConfig.keeping(load("")))
        .isEqualTo(new MtaSts.Keeping(Path.of("/var/lib/dovetail/mta-sts"), 10_000));
    MtaStsSettings defaults = MtaStsConfig.settings(load("[lookup]\nmta_sts = true")).orElseThrow();
    assertThat(defaults.strict()).isFalse();
    assertThat(defaults.serverName()).isTrue();
    assertThat(defaults.dane()).isFalse();
    assertThat(defaults.fetching().timeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(defaults.fetching().port()).isEqualTo(443);
    assertThat(defaults.fetching().authorities()).isEmpty();
    assertThat(defaults.fetching().internal().test(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
  }

  @Test
  void readsAllKeysOfMtaSts() throws Exception {
    Path authorities = Files.writeString(folder.resolve("ca.pem"), "");
    Settings settings =
        load(
            """
            [lookup]
            mta_sts = true
            mta_sts_strict = true
            mta_sts_servername = false
            mta_sts_dane = true
            mta_sts_timeout = "7s"
            mta_sts_folder = "/var/tmp/x"
            mta_sts_entries = 77
            mta_sts_ca_file = "%s"
            mta_sts_internal = ["10.0.0.0/8", "::1"]
            mta_sts_port = 8443
            """
                .formatted(authorities));
    MtaStsSettings read = MtaStsConfig.settings(settings).orElseThrow();
    assertThat(read.strict()).isTrue();
    assertThat(read.serverName()).isFalse();
    assertThat(read.dane()).isTrue();
    assertThat(read.fetching().timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(read.fetching().port()).isEqualTo(8443);
    assertThat(read.fetching().authorities()).contains(authorities);
    assertThat(read.fetching().internal().test(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
    assertThat(read.fetching().internal().test(InetAddress.ofLiteral("11.1.2.3"))).isFalse();
    assertThat(MtaStsConfig.keeping(settings))
        .isEqualTo(new MtaSts.Keeping(Path.of("/var/tmp/x"), 77));
  }

  @Test
  void wantsTheFileOfAuthoritiesToBeThere() throws Exception {
    String absent = "[lookup]\nmta_sts_ca_file = \"" + folder.resolve("absent") + "\"\n";
    assertThat(MtaStsConfig.settings(load(absent))).isEmpty();
    assertThatThrownBy(() -> load(absent + "mta_sts = true"))
        .hasMessageContaining("mta_sts_ca_file")
        .hasMessageContaining("there is no file");
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
