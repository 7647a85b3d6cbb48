package dovetail.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SrsConfigTest {
  @TempDir private Path folder;
  private Path secrets = Path.of("/");

  @BeforeEach
  void makeSecrets() throws IOException {
    secrets = Files.writeString(folder.resolve("srs.secret"), "new\nold\n");
    mode("rw-r-----");
  }

  private void mode(String mode) throws IOException {
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString(mode));
  }

  private Settings settings(String lines) throws IOException, ConfigException {
    String text = "[lookup]\nsrs_secret_file = \"" + secrets + "\"\n" + lines;
    Path file = Files.writeString(folder.resolve("dovetail.toml"), text);
    return ConfigLoader.load(file, List.of(LookupConfig.SECTION));
  }

  private SrsRules rules(String lines) throws Exception {
    return SrsConfig.load(settings(lines)).orElseThrow();
  }

  @Test
  void isOffWithoutADomain() throws Exception {
    Files.delete(secrets);
    assertThat(SrsConfig.load(settings(""))).isEmpty();
    assertThat(SrsConfig.load(settings("enabled = false\nsrs_domain = \"a.example\"\n"))).isEmpty();
  }

  @Test
  void hasTheDefaultsOfPostsrsd() throws Exception {
    SrsRules rules = rules("srs_domain = \"srs.example\"\n");
    assertThat(rules.local()).isEmpty();
    assertThat(rules.settings().srsDomain().ascii()).isEqualTo("srs.example");
    assertThat(rules.settings().secrets()).hasSize(2);
    assertThat(rules.settings().separator()).isEqualTo('=');
    assertThat(rules.settings().hashLength()).isEqualTo(4);
    assertThat(rules.settings().minHashLength()).isEqualTo(4);
    assertThat(rules.settings().maxAge()).isEqualTo(Duration.ofDays(21));
  }

  @Test
  void readsAllKeys() throws Exception {
    SrsRules rules =
        rules(
            """
            srs_domain = "srs.example"
            srs_local_domains = ["mx.example", "b\u00fccher.example"]
            srs_max_age = "7d"
            srs_hash_length = 8
            srs_min_hash_length = 6
            """);
    assertThat(rules.local()).hasSize(2);
    assertThat(rules.settings().hashLength()).isEqualTo(8);
    assertThat(rules.settings().minHashLength()).isEqualTo(6);
    assertThat(rules.settings().maxAge()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> settings("srs_domain = \"not a domain\"\n"))
        .hasMessageContaining("expected a domain");
    assertThatThrownBy(() -> settings("srs_max_age = \"36h\"\n"))
        .hasMessageContaining("whole days");
    assertThatThrownBy(() -> settings("srs_max_age = \"366d\"\n"))
        .hasMessageContaining("whole days");
    assertThatThrownBy(() -> settings("srs_hash_length = 3\n")).hasMessageContaining("4 to 20");
    assertThatThrownBy(() -> settings("srs_min_hash_length = 5\n"))
        .hasMessageContaining("at most what 'srs_hash_length' says");
  }

  @Test
  void refusesSecretsThatAreNone() throws Exception {
    Files.writeString(secrets, "\n\n");
    refuses("no secret");
    Files.write(secrets, new byte[] {'a', 0, '\n'});
    refuses("NUL or CR");
    Files.writeString(secrets, "good\n");
    mode("rw-r--r--");
    refuses("everybody can read it");
    Files.delete(secrets);
    refuses("there is no such file");
    Files.createDirectory(secrets);
    mode("rwx------");
    refuses("directory");
  }

  private void refuses(String why) {
    assertThatThrownBy(() -> rules("srs_domain = \"srs.example\"\n"))
        .isInstanceOf(SrsConfig.UnusableException.class)
        .hasMessageContaining("'lookup.srs_secret_file': " + secrets)
        .hasMessageContaining(why);
  }
}
