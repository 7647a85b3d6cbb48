package dovetail.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.milter.filter.ArchivePolicy;
import dovetail.milter.source.ArchiveTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveConfigTest {
  private static final String GOOD_SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  private ArchiveConfig.Loaded load(String text)
      throws IOException, ConfigException, ArchiveConfig.UnusableException {
    Path file = Files.writeString(folder.resolve("dovetail.toml"), text);
    return ArchiveConfig.load(
        ConfigLoader.load(file, List.of(MilterConfig.SECTION, ArchiveConfig.SECTION)));
  }

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private static Optional<Address> address(String text) {
    return Address.parse(text);
  }

  @Test
  void copiesNothingUnlessToldTo() throws Exception {
    ArchiveConfig.Loaded loaded = load("");
    assertThat(loaded.table().isEmpty()).isTrue();
    assertThat(loaded.table().find(domain("example.com"))).isEmpty();
    assertThat(loaded.key()).isEmpty();
    Path file = folder.resolve("dovetail.toml");
    assertThat(ArchiveConfig.policy(ConfigLoader.load(file, List.of(ArchiveConfig.SECTION))))
        .isEqualTo(new ArchivePolicy(false));
  }

  @Test
  void theClosestRowDecides() throws Exception {
    ArchiveTable table =
        load("""
        [milter.archive]
        on_unknown = "defer"
        [[milter.archive.copy]]
        domain = "*.example.com"
        to = "all@archive.example"
        [[milter.archive.copy]]
        domain = "One.example.com"
        to = "One@archive.example"
        [[milter.archive.copy]]
        domain = "*.two.example.com"
        to = "two@example.com"
        """)
            .table();
    assertThat(table.find(domain("example.com"))).isEmpty();
    assertThat(table.find(domain("one.example.com"))).isEqualTo(address("One@archive.example"));
    assertThat(table.find(domain("x.one.example.com"))).isEqualTo(address("all@archive.example"));
    assertThat(table.find(domain("two.example.com"))).isEqualTo(address("all@archive.example"));
    assertThat(table.find(domain("x.two.example.com"))).isEqualTo(address("two@example.com"));
    assertThat(table.isEmpty()).isFalse();
    assertThat(table.isArchive(address("oNE@ARCHIVE.example").orElseThrow())).isTrue();
    assertThat(table.isArchive(address("ann@archive.example").orElseThrow())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'domain = \"*\"', 3, always_bcc",
    "'domain = \"a..b\"', 3, expected a domain",
    "'to = \"nobody\"', 4, expected an address of ASCII",
    "'to = \"jöe@archive.example\"', 4, expected an address of ASCII",
    "'to = \"a@archive.example, b@archive.example\"', 4, expected an address of ASCII",
    "'form = \"x\"', 5, unknown key 'form'",
  })
  void saysWhereARowIsWrong(String line, int number, String why) {
    String domain = line.startsWith("domain") ? line : "domain = \"example.com\"";
    String to = line.startsWith("to") ? line : "to = \"journal@archive.example\"";
    String other = line.startsWith("form") ? line : "";
    assertThatThrownBy(
            () -> load(String.join("\n", "", "[[milter.archive.copy]]", domain, to, other)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line " + number)
        .hasMessageContaining(why);
  }

  @Test
  void aDomainHasOneArchive() {
    String row = "[[milter.archive.copy]]\ndomain = \"%s\"\nto = \"a@archive.example\"\n";
    assertThatThrownBy(() -> load(row.formatted("example.com") + row.formatted("EXAMPLE.com")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 4")
        .hasMessageContaining("a second row for the same domain");
    assertThatThrownBy(() -> load(row.formatted("*.example.com") + row.formatted("*.example.com")))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void readsTheSecret() throws Exception {
    assertThat(withSecret(GOOD_SECRET + "\n", "rw-r-----").key()).isPresent();
  }

  private ArchiveConfig.Loaded withSecret(String text, String mode) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return load("[milter.archive]\nsecret_file = \"" + file + "\"\n");
  }

  @ParameterizedTest
  @CsvSource({
    GOOD_SECRET + ", rw-r--r--, everybody can read or write it",
    "too-short, rw-------, at least 32 characters",
    "'" + GOOD_SECRET + " x', rw-------, one line",
  })
  void refusesABadSecretWithoutShowingIt(String secret, String mode, String why) {
    assertThatThrownBy(() -> withSecret(secret, mode))
        .isInstanceOf(ArchiveConfig.UnusableException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("'milter.archive.secret_file'")
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(secret));
  }

  @Test
  void refusesASecretThatIsNotThere() {
    assertThatThrownBy(() -> load("[milter.archive]\nsecret_file = \"/nowhere/secret\"\n"))
        .isInstanceOf(ArchiveConfig.UnusableException.class)
        .hasMessageContaining("there is no such file");
  }
}
