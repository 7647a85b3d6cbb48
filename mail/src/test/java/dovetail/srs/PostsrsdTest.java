package dovetail.srs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dovetail.mail.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What postsrsd writes we take back, and it takes back what we write. */
@Timeout(120)
final class PostsrsdTest {
  private static final int ADDRESSES = 300;
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.";

  private final RandomGenerator random = new SplittableRandom(2004);
  private final SrsRewriter host =
      new SrsRewriter(TestHost.settings(TestHost.SECRET), _ -> false, InstantSource.system());

  @Test
  void readsWhatTheOtherWrites(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Postsrsd.PROGRAM), () -> "not installed: " + Postsrsd.PROGRAM);
    String version = Postsrsd.version();
    assumeTrue(version.startsWith("1."), () -> "postsrsd 1.x not installed, but " + version);
    int otherAlphabet = 0;
    try (Postsrsd postsrsd = Postsrsd.start(folder, TestHost.SECRET, "srs.example")) {
      for (int i = 0; i < ADDRESSES; i++) {
        Address sender = sender();
        String theirs = postsrsd.forward(sender.toString()).orElseThrow();
        assertThat(TestHost.rewritten(host.reverse(theirs)))
            .as("%s, which postsrsd has written", theirs)
            .isEqualTo(sender.toString());
        String ours = TestHost.rewritten(host.forward(sender.toString()));
        otherAlphabet += check(postsrsd, ours, sender) ? 1 : 0;
      }
    }
    System.out.printf(
        "postsrsd %s: %d addresses both ways; %d of ours it takes in the older alphabet only%n",
        version, ADDRESSES, otherAlphabet);
    assertThat(otherAlphabet).isBetween(1, ADDRESSES / 3);
  }

  /**
   * Checks that it takes our address back. Before 2.2.6 it knows only the alphabet of base64 that
   * libsrs2 writes, and neither - nor _ in a hash.
   *
   * @return whether it takes it in that alphabet alone
   */
  private static boolean check(Postsrsd postsrsd, String ours, Address sender) throws IOException {
    String hash =
        TestHost.address(ours).localPart().substring("SRS0=".length(), "SRS0=HHHH".length());
    String older = hash.replace('-', '+').replace('_', '/');
    if (!older.equals(hash)) {
      assertThat(postsrsd.reverse(ours)).as(ours).isEmpty();
    }
    assertThat(postsrsd.reverse(ours.replaceFirst(hash, older)))
        .as("%s, which we have written", ours)
        .contains(sender.toString());
    return !older.equals(hash);
  }

  /**
   * One of six is in SRS0 form already; no local part needs quotes, of which postsrsd has no idea.
   */
  private Address sender() {
    while (true) {
      String localPart = text(LETTERS, 1 + random.nextInt(30));
      String domain = text("abcdefghijklmnopqrstuvwxyz0123456789", 1 + random.nextInt(12));
      String form = random.nextInt(6) == 0 ? "SRS0" + "=+-".charAt(random.nextInt(3)) : "";
      Address sender = new Address(form + localPart, TestHost.domain(domain + ".example"));
      if (!sender.toString().startsWith("\"")) {
        return sender;
      }
    }
  }

  private String text(String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
