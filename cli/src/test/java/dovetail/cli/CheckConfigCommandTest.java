package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckConfigCommandTest {
  @TempDir private Path folder;
  private Site site = new Site(Path.of(""), 0, 0);

  @BeforeEach
  void site() {
    site = Site.in(folder);
  }

  @Test
  void warnsThatThereIsNoKey() {
    Run run = check();
    assertThat(run.status()).isZero();
    assertThat(run.err())
        .startsWith("dovetail: warning: " + site.keys())
        .contains("nothing will be signed");
  }

  @Test
  void refusesAFolderOfKeysThatIsNotThere() throws Exception {
    Files.delete(site.keys());
    Run run = check();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("line 7", "'milter.keys'", "no folder " + site.keys());
  }

  @Test
  void blamesTheKeyThatIsWrong() {
    site.configure("oversign = [\"List-Id\"]");
    assertThat(check().err()).contains("line 8", "'milter.oversign'", "List-Id must not");
    site.configure("expiry = \"10ms\"");
    assertThat(check().err()).contains("line 8", "'milter.expiry'");
    site.configure("", "");
    assertThat(check().err()).contains("line 6", "'milter.listen'", "at least one address");
  }

  @Test
  void saysThatAllIsGood() {
    Run.of(
        "dkim",
        "generate",
        "example.com",
        "--to",
        "files",
        "--algorithm",
        "ed25519",
        "--config",
        site.config());
    assertThat(check()).isEqualTo(new Run(0, "the configuration is good\n", ""));
    assertThat(check("--json"))
        .isEqualTo(new Run(0, "{\"good\":true,\"problems\":[],\"warnings\":[]}\n", ""));
  }

  @Test
  void namesTheLineOfAnUnknownKeyAndTheOneThatIsMeant() {
    site.configure("canonicalisation = \"relaxed/relaxed\"");
    Run run = check();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("dovetail.toml")
        .contains("line 8")
        .contains("did you mean 'milter.canonicalization'?");
  }

  @Test
  void namesAllProblemsAtOnce() {
    site.configure("mode = \"maybe\"\ntrusted = [\"10.0.0.0/99\"]\nexpiry = 5\n[htpt]\n");
    Run run = check();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("dovetail: "))
        .anyMatch(line -> line.contains("line 8") && line.contains("maybe"))
        .anyMatch(line -> line.contains("line 9") && line.contains("99"))
        .anyMatch(line -> line.contains("line 10") && line.contains("expiry"))
        .anyMatch(line -> line.contains("line 11") && line.contains("http"));
    assertThat(check("--json").out()).startsWith("{\"good\":false,\"problems\":[\"");
  }

  @Test
  void namesTheModeOfAListenerThatIsNone() {
    site.write("[milter]\nlisten = [{ address = \"inet:127.0.0.1:8891\", mode = \"both\" }]\n");
    Run run = check();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("line 2").contains("\"both\"").contains("verify");
  }

  @Test
  void namesABadKeyFileOnce() throws Exception {
    Path key = key("example.com/broken.pem", "no key", "rw-------");
    Run run = check();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err().split(java.util.regex.Pattern.quote(key.toString()), -1)).hasSize(2);
  }

  @Test
  void namesEveryKeyThatOthersCanRead() throws Exception {
    Run.of(
        "dkim",
        "generate",
        "example.com",
        "--to",
        "files",
        "--selector",
        "a",
        "--algorithm",
        "ed25519",
        "--config",
        site.config());
    Path key = site.keys().resolve("example.com/a.pem");
    key("example.org/b.pem", Files.readString(key), "rw-rw----");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    Run run = check();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("a.pem") && line.contains("everybody can read"))
        .anyMatch(line -> line.contains("b.pem") && line.contains("its group can write"));
  }

  @Test
  void namesTheRowWhoseKeyIsMissing() {
    site.configure("[[milter.signing]]\nfrom = \"*.example.com\"\ndomain = \"example.com\"");
    Run run = check();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("there is no key for example.com").containsPattern("line \\d+");
  }

  @Test
  void saysWhichFileIsMissing() {
    Run run = Run.of("check-config", "--config", folder.resolve("absent.toml"));
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("absent.toml");
  }

  private Run check(String... options) {
    Object[] arguments = new Object[3 + options.length];
    arguments[0] = "check-config";
    arguments[1] = "--config";
    arguments[2] = site.config();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Run.of(arguments);
  }

  private Path key(String name, String content, String mode) throws Exception {
    Path file = site.keys().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }
}
