package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Site;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the signatures say is judged elsewhere: here it counts what becomes of the message. */
final class SignCommandTest {
  private static final String MESSAGE =
      "From: Ann <ann@example.com>\nSubject: \u00e4\u00fc\n\nHello,\n\nworld\n";

  @TempDir private Path folder;
  private Site site = new Site(Path.of(""), 0, 0);

  @BeforeEach
  void site() {
    site = Site.in(folder);
    for (String selector : new String[] {"one", "two"}) {
      Run.of(
          "dkim",
          "generate",
          "example.com",
          "--to",
          "files",
          "--selector",
          selector,
          "--algorithm",
          "ed25519",
          "--config",
          site.config());
    }
  }

  @Test
  void putsSignaturesBeforeTheMessage() {
    Run run = sign(MESSAGE);
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("DKIM-Signature: ")
        .endsWith(MESSAGE)
        .contains("d=example.com", "s=one", "s=two")
        .doesNotContain("\r");
  }

  @Test
  void namesTheIdentityThatTheMilterWouldName() {
    site.configure("identity = \"address\"");
    assertThat(sign(MESSAGE).out()).containsPattern("i=\\S+@example\\.com");
  }

  @Test
  void keepsLineEnds() {
    String message = MESSAGE.replace("\n", "\r\n");
    Run run = sign(message);
    assertThat(run.out()).endsWith(message);
    assertThat(run.out().replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
  }

  @Test
  void signsTheSameWhateverTheLineEnds() {
    String bare = hash(sign(MESSAGE).out());
    assertThat(bare).startsWith("bh=").hasSizeGreaterThan(40);
    assertThat(hash(sign(MESSAGE.replace("\n", "\r\n")).out())).isEqualTo(bare);
  }

  @Test
  void refusesWhatDoesNotFitIntoMemory() throws Exception {
    Path file = folder.resolve("sparse.eml");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(SignCommand.MAX_OCTETS + 1L);
    }
    Run run = Run.of("sign", file, "--config", site.config());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("sparse.eml: not signed: it is longer than 67108864 octets");
  }

  @Test
  void readsAFile() throws Exception {
    Path file = folder.resolve("message.eml");
    Files.write(file, MESSAGE.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Run.of("sign", file, "--config", site.config()).out())
        .startsWith("DKIM-Signature: ")
        .endsWith(MESSAGE);
    Run headers = Run.of("sign", file, "--headers-only", "--config", site.config());
    assertThat(headers.out()).startsWith("DKIM-Signature: ").doesNotContain("From: ", "Hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From ann@example.com Sat Nov 21 22:00:00 2026\n",
        ">From x\n",
        ">>From x\nFrom y\n"
      })
  void takesOffTheLinesOfAMailboxFile(String lines) {
    String out = sign(lines + MESSAGE).out();
    assertThat(out).startsWith("DKIM-Signature: ").endsWith(MESSAGE);
    assertThat(out).doesNotContain(lines).doesNotContainPattern("(?m)^>*From ");
  }

  @Test
  void keepsAFieldWithSpaceBeforeItsColon() {
    String message = MESSAGE.replace("From:", "From :");
    assertThat(sign(message).out()).startsWith("DKIM-Signature: ").endsWith("\n" + message);
  }

  @Test
  void signsNothingWithoutOneAuthorsDomain() {
    refused("From: a@example.com, b@example.org\n\n", "its From field is unclear");
    refused("From: a@example.com\nFrom: a@example.com\n\n", "it has 2 From fields");
    refused("Subject: x\n\n", "it has no From field");
    refused("", "it has no From field");
  }

  @Test
  void signsNothingWithoutAKey() {
    refused("From: a@example.org\n\n", "there is no key for example.org");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    Run run = Run.of("sign", folder.resolve("absent.eml"), "--config", site.config());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("dovetail: cannot read ").contains("absent.eml");
  }

  @Test
  void needsAConfigurationThatWorks() {
    site.configure("mode = 5");
    Run run = sign(MESSAGE);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
  }

  private void refused(String message, String why) {
    Run run = sign(message);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("dovetail: standard input: not signed: " + why);
    assertThat(run.err().lines()).hasSize(1);
  }

  private Run sign(String message) {
    return Run.withInput(message, "sign", "-", "--config", site.config());
  }

  private static String hash(String signed) {
    return signed.substring(signed.indexOf("bh="), signed.indexOf(';', signed.indexOf("bh=")));
  }
}
