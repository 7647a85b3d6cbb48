package dovetail.milter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.dkim.Algorithm;
import dovetail.dkim.DkimKey;
import dovetail.mail.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFolderTest {
  private static final Key<List<SigningRow>> SIGNING =
      Key.tables("signing", SigningRow::read, "Rows.");

  @TempDir Path folder;
  private Path keys;

  @BeforeEach
  void privateFolder() throws IOException {
    keys = Files.createDirectory(folder.resolve("keys"));
  }

  private void key(String domain, String selector) throws IOException {
    write(
        domain,
        selector + ".pem",
        DkimKey.generate(Algorithm.ED25519_SHA256, 256, new SecureRandom()));
  }

  private void write(String domain, String name, String content) throws IOException {
    Path file = Files.createDirectories(keys.resolve(domain)).resolve(name);
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private List<SigningRow> rows(String toml) throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("rows.toml"), toml);
    return ConfigLoader.load(file, List.of(Section.of("milter", "", List.of(SIGNING))))
        .get(SIGNING);
  }

  private static String row(String from, String domain, String more) {
    return "[[milter.signing]]\nfrom = \"%s\"\ndomain = \"%s\"\n%s\n".formatted(from, domain, more);
  }

  private static List<String> found(SigningTable table, String author) {
    return table.find(Domain.parse(author).orElseThrow()).stream()
        .map(key -> key.domain() + "/" + key.selector())
        .toList();
  }

  @Test
  void aFolderThatIsNotThereIsEmpty() throws Exception {
    KeyFolder.Loaded loaded = KeyFolder.load(folder.resolve("none"), List.of());
    assertThat(loaded.keys()).isEmpty();
    assertThat(found(loaded.table(), "example.com")).isEmpty();
  }

  @Test
  void rsaSignsFirst() throws Exception {
    key("example.com", "a");
    write("example.com", "b.pem", DkimKey.generate(Algorithm.RSA_SHA256, 1024, new SecureRandom()));
    write("example.com", "notes.txt", "not a key");
    write("example.com", ".c.pem.swp", "not a key");
    KeyFolder.Loaded loaded = KeyFolder.load(keys, List.of());
    assertThat(found(loaded.table(), "EXAMPLE.com"))
        .containsExactly("example.com/b", "example.com/a");
    assertThat(loaded.warnings()).singleElement().asString().contains("b.pem", "1024 bits");
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com/s1 example.com/s2",
    "sub.example.com, example.com/s1",
    "deep.sub.example.com, example.com/s1",
    "other.example.com, example.com/s1",
    "news.example.com, esp.example/k",
    "deep.news.example.com, esp.example/k esp.example/l",
    "example.net, example.net/n esp.example/l",
    "example.org, esp.example/l",
    "esp.example, esp.example/k esp.example/l",
  })
  void theMostSpecialPatternDecides(String author, String signers) throws Exception {
    key("example.com", "s1");
    key("example.com", "s2");
    key("example.net", "n");
    key("esp.example", "k");
    key("esp.example", "l");
    List<SigningRow> rows =
        rows(
            row("*.example.com", "example.com", "selectors = [\"s1\"]")
                + row("news.example.com", "esp.example", "selectors = [\"K\"]")
                + row("*.news.example.com", "esp.example", "")
                + row("example.net", "example.net", "")
                + row("example.net", "esp.example", "selectors = [\"l\"]")
                + row("*", "esp.example", "selectors = [\"l\"]"));
    assertThat(found(KeyFolder.load(keys, rows).table(), author))
        .containsExactly(signers.split(" "));
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() throws Exception {
    key("example.com", "s1");
    key("no_such..domain", "s1");
    key("example.net", "bad selector!");
    write(
        "example.org", "s1.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    write(
        "example.com",
        "open.pem",
        DkimKey.generate(Algorithm.ED25519_SHA256, 256, new SecureRandom()));
    Files.setPosixFilePermissions(
        keys.resolve("example.com/open.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(keys.resolve("stray.pem"), "x");
    List<SigningRow> rows =
        rows(
            row("a.example", "example.com", "selectors = [\"s9\"]")
                + row("b.example", "nobody.example", ""));
    assertThatThrownBy(() -> KeyFolder.load(keys, rows))
        .isInstanceOf(KeyFolder.UnusableException.class)
        .message()
        .contains("no_such..domain: the folder's name is no domain")
        .contains("bad selector!")
        .contains("example.org/s1.pem")
        .contains("open.pem: everybody can read")
        .contains("stray.pem: expected a folder")
        .contains("line 1", "example.com has no key with the selector 's9'")
        .contains("line 5", "there is no key for nobody.example");
  }

  @Test
  void oneDomainInTwoSpellingsIsOneTooMany() throws Exception {
    key("b\u00fccher.example", "s1");
    key("xn--bcher-kva.example", "s2");
    assertThatThrownBy(() -> KeyFolder.load(keys, List.of()))
        .isInstanceOf(KeyFolder.UnusableException.class)
        .hasMessageContaining("a second folder for xn--bcher-kva.example");
  }

  @Test
  void readsAnInternationalFolderName() throws Exception {
    key("b\u00fccher.example", "s1");
    assertThat(found(KeyFolder.load(keys, List.of()).table(), "B\u00dcCHER.example"))
        .containsExactly("xn--bcher-kva.example/s1");
  }

  @ParameterizedTest
  @CsvSource({
    "*example.com,example.com,expected a domain",
    "a*.example.com,example.com,expected a domain",
    "example.com,*.example.com,expected a domain",
    "joe@example.com,example.com,expected a domain",
  })
  void refusesRowsThatMeanNothing(String from, String domain, String complaint) {
    assertThatThrownBy(() -> rows(row(from, domain, "")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(complaint)
        .hasMessageContaining("line ");
  }
}
