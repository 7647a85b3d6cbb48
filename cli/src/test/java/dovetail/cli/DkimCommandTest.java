package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

final class DkimCommandTest {
  @TempDir private Path folder;
  private Site site = new Site(Path.of(""), 0, 0);

  @BeforeEach
  void site() throws Exception {
    site = Site.in(folder);
    Files.delete(site.keys()); // generate makes it
  }

  @Test
  void writesAKeyThatOnlyItsOwnerReads() throws Exception {
    Run run = generate("example.com", "--selector", "s1");
    Path file = site.keys().resolve("example.com/s1.pem");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEqualTo("wrote " + file + "\n");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(site.keys().resolve("example.com"))).isEqualTo("rwx------");
    assertThat(mode(site.keys())).isEqualTo("rwx------");
    assertThat(Files.readString(file)).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(run.out())
        .startsWith("s1._domainkey.example.com.\tIN\tTXT\t(\n\t\"v=DKIM1; ")
        .endsWith("\" )\n");
  }

  @Test
  void listsTheRecordsThatItPrintedWhenItMadeThem() {
    String rsa = generate("example.com", "--selector", "r").out();
    String ed = generate("example.com", "--selector", "e", "--algorithm", "ED25519").out();
    Run other = generate("bücher.example", "--selector", "s", "--algorithm", "ed25519");
    assertThat(other.out()).startsWith("s._domainkey.xn--bcher-kva.example.\tIN\tTXT\t(");
    Run run = list("example.com");
    assertThat(run)
        .isEqualTo(
            new Run(
                0, "; rsa-sha256, 2048 bits\n" + rsa + "; ed25519-sha256, 256 bits\n" + ed, ""));
    assertThat(list().out()).contains(rsa, ed, other.out());
    assertThat(list("bücher.example").out()).endsWith(other.out()).doesNotContain("example.com");
  }

  @Test
  void listsAsJson() {
    generate("example.com", "--selector", "s", "--algorithm", "ed25519");
    List<String> fields = new ArrayList<>();
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), list("--json").out())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
          fields.add(parser.currentName() + "=" + parser.getString());
        }
      }
    }
    assertThat(fields)
        .hasSize(8)
        .contains(
            "domain=example.com",
            "selector=s",
            "algorithm=ed25519-sha256",
            "bits=256",
            "place=file",
            "state=active",
            "name=s._domainkey.example.com")
        .anyMatch(field -> field.startsWith("record=v=DKIM1; "));
  }

  @Test
  void saysNoWhenThereIsNoKey() throws Exception {
    Files.createDirectory(site.keys());
    String why = "dovetail: no such key in " + site.keys() + ", nor in the database\n";
    assertThat(list()).isEqualTo(new Run(1, "", why));
    assertThat(list("--json")).isEqualTo(new Run(1, "[]\n", why));
    generate("example.com", "--selector", "s", "--algorithm", "ed25519");
    assertThat(list("example.org").status()).isEqualTo(1);
  }

  @Test
  void overwritesNothing() throws Exception {
    generate("example.com", "--selector", "s", "--algorithm", "ed25519");
    Path file = site.keys().resolve("example.com/s.pem");
    String before = Files.readString(file);
    Run run = generate("example.com", "--selector", "s", "--algorithm", "ed25519");
    assertThat(run)
        .isEqualTo(new Run(1, "", "dovetail: " + file + " exists; choose another selector\n"));
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void namesTheKeyByDayAndAlgorithm() {
    assertThat(generate("example.com", "--algorithm", "ed25519").out())
        .containsPattern("^20\\d{6}e\\._domainkey\\.example\\.com\\.");
  }

  @Test
  void saysWhatItCannotWrite() throws Exception {
    Files.writeString(site.keys(), "a file where the folder should be");
    Run run = generate("example.com", "--selector", "s", "--algorithm", "ed25519");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("dovetail: cannot write ").contains("s.pem");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../s", "a b", "", ".", "a..b", "-a", "s;x"})
  void refusesASelectorThatIsNoName(String selector) {
    Run run = generate("example.com", "--algorithm", "ed25519", "--selector=" + selector);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("selector \"" + selector + "\"");
    assertThat(site.keys()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a b.example", "127.0.0.1"})
  void refusesWhatIsNoDomain(String domain) {
    Run run = generate(domain, "--algorithm", "ed25519");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("'" + domain + "' is no domain");
    assertThat(list(domain).status()).isEqualTo(2);
  }

  @Test
  void refusesOtherAlgorithms() {
    Run run = generate("example.com", "--algorithm", "rsa1024");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("rsa1024").contains("ed25519");
  }

  @Test
  void needsAConfigurationThatWorks() {
    site.configure("keyss = \"/tmp\"");
    Run run = generate("example.com", "--algorithm", "ed25519");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("line 8");
    assertThat(list().status()).isEqualTo(3);
    assertThat(site.keys()).doesNotExist();
  }

  private Run generate(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("--to", "files"));
    arguments.addAll(List.of(more));
    return run("generate", arguments.toArray());
  }

  private Run list(Object... more) {
    return run("list", more);
  }

  private Run run(String command, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("dkim", command, "--config", site.config()));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray());
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
