package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dovetail.mail.HeaderField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dkimpy, which shares nothing with us, judges our signatures. */
class ForeignVerifierTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final List<String> BODIES =
      List.of(
          "",
          "\r\n",
          "Hello.\r\n",
          "Hello,  world \t\r\n\r\n two  \r\n\r\n\r\n",
          " \r\n\t\r\nlate\r\n",
          "\u00c3\u00a4 8-bit \u00ff\r\n",
          "bare \r CR\r\n");

  private final List<SigningKey> keys =
      List.of(
          TestKeys.signingKey("example.com", "r1", TestKeys.rsa()),
          TestKeys.signingKey("example.com", "e1", TestKeys.ed25519()));

  @Test
  void dkimpyVerifiesEveryPair(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(PYTHON), () -> "not installed: " + PYTHON);
    assumeTrue(
        Program.run(folder, PYTHON, "-c", "import dkim, nacl").isEmpty(),
        "not installed: python3-dkim, -nacl");
    List<String> expected = writeMessages(folder);
    Path script = folder.resolve("verify.py");
    Files.write(script, TestKeys.resource("verify.py"));
    List<String> words =
        Program.run(folder, PYTHON, script.toString(), folder.toString()).lines().toList();
    System.out.println("dkimpy verified " + words.size() + " messages");
    assertThat(words).isEqualTo(expected);
  }

  private List<String> writeMessages(Path folder) throws IOException, SigningException {
    StringBuilder dns = new StringBuilder();
    for (SigningKey key : keys) {
      dns.append(KeyRecord.name(key.selector(), key.domain()))
          .append('\t')
          .append(key.key().publicKeyRecord())
          .append('\n');
    }
    Files.writeString(folder.resolve("dns.txt"), dns);
    List<String> expected = new ArrayList<>();
    for (CanonicalizationPair pair : DkimSignerTest.pairs()) {
      SignatureSettings settings =
          DkimSignerTest.settings(pair, Set.of("To", "Cc", "Subject", "Date", "Reply-To"));
      for (int i = 0; i < BODIES.size(); i++) {
        TestMessage message = message(BODIES.get(i));
        List<HeaderField> signatures =
            message.signatures(
                keys, settings, CryptoProvider.jdk(), Instant.ofEpochSecond(1_700_000_000));
        String name = pair.tag().replace('/', '-') + "-" + i + ".eml";
        Files.write(folder.resolve(name), message.with(signatures).toBytes());
        expected.add(name + " pass pass");
      }
    }
    expected.sort(String::compareTo);
    return expected;
  }

  private static TestMessage message(String body) {
    return TestMessage.of(
        """
        Received: from a by b; now
        From: Someone <someone@example.com>
        To: other@example.org,
        \tthird@example.net
        To: twice@example.org
        Subject:
         folded   twice\t
         \u00c3\u00a4
        Message-ID:
        \t<long@example.com>
        References:%s
        In-Reply-To:
        Date: Fri, 11 Jul 2003 21:00:37 -0700\
        """
            .formatted("\n <0123456789abcdef@example.com>".repeat(60)),
        body);
  }
}
