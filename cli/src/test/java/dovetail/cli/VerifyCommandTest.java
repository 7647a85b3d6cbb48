package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no DNS, or one that is not there; the rest is a whole-system case. */
final class VerifyCommandTest {
  private static final String MAIL = "From: joe@example.com\nSubject: hi\n\nHello.\n";

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void site() {
    site = Site.in(folder).configure("[dns]\nservers = [\"127.0.0.1:" + Site.freePort() + "\"]");
  }

  private Run verify(String input, Object... files) {
    Object[] arguments = new Object[files.length + 3];
    arguments[0] = "verify";
    arguments[1] = "--config";
    arguments[2] = site.config();
    System.arraycopy(files, 0, arguments, 3, files.length);
    return Run.withInput(input, arguments);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content, StandardCharsets.ISO_8859_1);
  }

  private String signed() {
    Run generated =
        Run.of(
            "dkim",
            "generate",
            "example.com",
            "--to",
            "files",
            "--selector",
            "s1",
            "--config",
            site.config());
    assertThat(generated.status()).isZero();
    Run signed = Run.withInput(MAIL, "sign", "--config", site.config(), "-");
    assertThat(signed.status()).isZero();
    return signed.out();
  }

  @Test
  void saysThatThereIsNoSignature() throws IOException {
    Path file = file("plain.eml", MAIL);
    Run run = verify("", file);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo(file + ": dkim=none\n");
    assertThat(run.err()).isEmpty();
    Run json = verify(MAIL, "--json", "-");
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.out())
        .isEqualTo(
            "[{\"file\":\"standard input\",\"message\":1,\"dkim\":[],"
                + "\"authentication_results\":\"mx.example.com; dkim=none\"}]\n");
  }

  @Test
  void tellsNotKnowingByItsStatus() throws IOException {
    Path file = file("signed.eml", signed());
    Run run = verify("", file);
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out())
        .isEqualTo(
            file
                + ": dkim=temperror d=example.com s=s1 a=rsa-sha256: key unavailable: unreachable\n");
    Run both = verify(MAIL, file, "-");
    assertThat(both.status()).isEqualTo(1);
  }

  @Test
  void takesAMailboxApart() throws IOException {
    String mailbox = "From x\n" + MAIL + "\nFrom y\n" + MAIL + "\n";
    Run run = verify(mailbox, "-");
    assertThat(run.out()).isEqualTo("standard input: dkim=none\nstandard input (2): dkim=none\n");
  }

  @Test
  void goesOnBehindAFileThatCannotBeRead() throws IOException {
    Path missing = folder.resolve("missing.eml");
    Path file = file("plain.eml", MAIL);
    Run run = verify("", missing, file);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("dovetail: cannot read " + missing + ": no such file\n");
    assertThat(run.out()).isEqualTo(file + ": dkim=none\n");
  }

  @Test
  void goesOnBehindAMessageThatIsTooLarge() {
    String huge = "X: y\n".repeat(20_000) + "\nHello.\n";
    Run run = verify("From x\n" + MAIL + "\nFrom y\n" + huge + "\nFrom z\n" + MAIL, "-");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("standard input: dkim=none\nstandard input (3): dkim=none\n");
    assertThat(run.err()).isEqualTo("dovetail: standard input (2): too many header fields\n");
  }

  @Test
  void writesNothingToTheTerminalThatAStrangerChose() {
    String signature = "DKIM-Signature: v=1; a=x; d=example.com; s=\u00c2\u009b31m; b=x\n";
    Run run = verify(signature + MAIL, "-");
    assertThat(run.out()).contains("s=\\u{9b}31m").contains("dkim=neutral");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void comparesKeysWithADnsThatIsNotThere() {
    signed();
    Run run = Run.of("dkim", "check", "--config", site.config());
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out()).isEqualTo("s1._domainkey.example.com: not known, unreachable\n");
    Run none = Run.of("dkim", "check", "example.net", "--json", "--config", site.config());
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.out()).isEqualTo("[]\n");
    assertThat(none.err()).contains("no such key");
  }
}
