package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** We judge the signatures of signers that share nothing with us. */
class ForeignSignerTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path PERL = Path.of("/usr/bin/perl");

  private static final String HEADER = "From: Someone <a@example.com>\nTo: b@example.org\n";

  private static final List<String> HEADERS =
      List.of(
          "Subject: plain",
          "Subject:\n folded  behind the colon\t\n\tand by a tab ",
          "Subject:\nX-Empty: \nDate:Fri, 11 Jul 2003 21:00:37 -0700",
          "Subject: \u00e4\u00ff 8-bit\nComments: \u00c3\u00a4 UTF-8",
          "References:" + "\n <0123456789abcdef@example.com>".repeat(200),
          "X-Long: " + "x".repeat(5000),
          "Received: from a by b; now\n".repeat(200) + "subject: many",
          "To: twice@example.org\nTo: thrice@example.org\nSubject: twice");

  private static final List<String> BODIES =
      List.of(
          "",
          "\r\n",
          "\r\n\r\n",
          "no final line end",
          "one\r\n\r\n\r\n",
          "one  two \t\r\n three  \r\n\t\r\n \r\n",
          " \r\n\t\r\n",
          ".\r\n..\r\n.dots\r\n",
          "\u00e4\u00ff 8-bit, \u00c3\u00a4 UTF-8\r\n",
          "0123456789 abcdef\r\n".repeat(5500));

  private final Verification verification =
      Verification.of(
          List.of(
              TestKeys.signingKey("example.com", "r1", TestKeys.rsa()),
              TestKeys.signingKey("example.com", "e1", TestKeys.ed25519())));

  @Test
  void dkimpy(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(PYTHON), () -> "not installed: " + PYTHON);
    assumeTrue(
        Program.run(folder, PYTHON, "-c", "import dkim, nacl").isEmpty(),
        "not installed: python3-dkim, -nacl");
    writeMessages(folder);
    assertThat(Program.run(folder, PYTHON, script(folder, "sign.py"), folder.toString())).isEmpty();
    assertVerified("dkimpy", folder, (HEADERS.size() + BODIES.size()) * 16);
  }

  @Test
  void mailDkim(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(PERL), () -> "not installed: " + PERL);
    assumeTrue(
        Program.run(folder, PERL, "-MMail::DKIM::Signer", "-e", "1").isEmpty(),
        "not installed: libmail-dkim-perl");
    writeMessages(folder);
    // In simple form it hashes a body without a final line end as none that SMTP can carry.
    Files.delete(folder.resolve("body" + BODIES.indexOf("no final line end") + ".msg"));
    assertThat(Program.run(folder, PERL, script(folder, "sign.pl"), folder.toString())).isEmpty();
    assertVerified("Mail::DKIM", folder, (HEADERS.size() + BODIES.size() - 1) * 8);
  }

  private static String script(Path folder, String name) throws IOException {
    return Files.write(folder.resolve(name), TestKeys.resource(name)).toString();
  }

  private static void writeMessages(Path folder) throws IOException {
    Files.writeString(folder.resolve("rsa.pem"), pem("rsa2048-pkcs1.pem"));
    Files.writeString(folder.resolve("ed25519.pem"), pem("ed25519-pkcs8.pem"));
    for (int i = 0; i < HEADERS.size(); i++) {
      TestMessage message = TestMessage.of(HEADER + HEADERS.get(i), "Hello.\r\n");
      Files.write(folder.resolve("header" + i + ".msg"), message.toBytes());
    }
    for (int i = 0; i < BODIES.size(); i++) {
      TestMessage message = TestMessage.of(HEADER + "Subject: s", BODIES.get(i));
      Files.write(folder.resolve("body" + i + ".msg"), message.toBytes());
    }
  }

  /** The key without the words before it. */
  private static String pem(String name) {
    String text = new String(TestKeys.resource("keys/" + name), StandardCharsets.US_ASCII);
    return text.substring(text.indexOf("-----BEGIN"));
  }

  private void assertVerified(String signer, Path folder, int expected) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".signed")).sorted().toList();
    }
    assertThat(files).hasSize(expected);
    Instant now = Instant.now(); // the time that dkimpy puts into t=
    List<String> wrong = new ArrayList<>();
    for (Path file : files) {
      TestMessage message = TestMessage.parse(Files.readAllBytes(file));
      List<DkimReason> reasons = verification.at(now).reasons(message);
      if (!reasons.equals(List.of(DkimReason.VERIFIED))) {
        wrong.add(file.getFileName() + " " + reasons);
      }
    }
    System.out.println(signer + ": " + files.size() + " signatures verified");
    assertThat(wrong).isEmpty();
  }
}
