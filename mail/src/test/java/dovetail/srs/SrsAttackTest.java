package dovetail.srs;

import static dovetail.srs.TestHost.NOW;
import static dovetail.srs.TestHost.host;
import static dovetail.srs.TestHost.rewritten;
import static dovetail.srs.TestHost.settings;
import static dovetail.srs.TestHost.to;
import static dovetail.srs.TestHost.unchanged;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.srs.Rewriting.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send who want mail relayed to an address of their choice. */
final class SrsAttackTest {
  /** All that a hash can hold, once for each that counts for the same. */
  private static final String SYMBOLS = "abcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final String TODAY = DayStamp.of(NOW);

  private final SrsRewriter host = host();
  private final PlainSrs forger = new PlainSrs(TestHost.SECRET);

  @Test
  void hasToGuessEveryCharacter() {
    String signed = rewritten(host.forward("victim@a.example"));
    int from = "SRS0=".length();
    for (int place = from; place < from + 4; place++) {
      int taken = 0;
      for (int i = 0; i < SYMBOLS.length(); i++) {
        String guess = signed.substring(0, place) + SYMBOLS.charAt(i) + signed.substring(place + 1);
        Rewriting answer = host.reverse(guess);
        assertThat(answer).isIn(to("victim@a.example"), unchanged(Reason.BAD_HASH));
        taken += answer.equals(to("victim@a.example")) ? 1 : 0;
      }
      assertThat(taken).as("at %s of %s", place, signed).isEqualTo(1);
    }
  }

  @Test
  void gainsNothingByShorteningTheHash() {
    String hash = forger.hash(TODAY, "a.example", "victim");
    for (int length = 0; length <= hash.length(); length++) {
      assertThat(host.reverse(withHash(hash.substring(0, length))))
          .as("%s characters", length)
          .isEqualTo(length < 4 ? unchanged(Reason.BAD_HASH) : to("victim@a.example"));
    }
    assertThat(host.reverse(withHash(hash + "A"))).isEqualTo(unchanged(Reason.BAD_HASH));
  }

  @Test
  void gainsNothingByLengtheningTheHash() {
    String hash = forger.hash(TODAY, "a.example", "victim").substring(0, 4);
    for (String more : new String[] {"!", "!!!!", "\u00E9", hash, "\u212A"}) {
      assertThat(host.reverse(withHash(hash + more)))
          .as(more)
          .isEqualTo(unchanged(Reason.BAD_HASH));
    }
  }

  private static String withHash(String hash) {
    return "SRS0=" + hash + "=" + TODAY + "=a.example=victim@srs.example";
  }

  @Test
  void cannotUseAHashForAnotherAddress() {
    String signed = rewritten(host.forward("joe@a.example"));
    assertThat(host.reverse(signed.replace("joe", "victim"))).isEqualTo(unchanged(Reason.BAD_HASH));
    assertThat(host.reverse(signed.replace("a.example", "b.example")))
        .isEqualTo(unchanged(Reason.BAD_HASH));
    String tomorrow = DayStamp.of(NOW.plusSeconds(86_400));
    assertThat(host.reverse(signed.replace("=" + TODAY + "=", "=" + tomorrow + "=")))
        .isEqualTo(unchanged(Reason.BAD_HASH));
  }

  /** The limit of the scheme that the package names: all who speak it have it in common. */
  @Test
  void canMoveTheSeamOfASignedAddressAndNothingMore() {
    String signed = rewritten(host.forward("victim@a.example"));
    assertThat(host.reverse(signed.replace("=a.example=victim", "=a.exampl=evictim")))
        .isEqualTo(to("evictim@a.exampl"));
    assertThat(host.reverse(signed.replace("=a.example=victim", "=a.examplev=ictim")))
        .isEqualTo(to("ictim@a.examplev"));
    assertThat(host.reverse(signed.replace("=a.example=victim", "=a.example==victim")))
        .isEqualTo(unchanged(Reason.BAD_HASH));
  }

  @Test
  void gainsOnlySrs0AddressesBySrs1() {
    // As an envelope sender anybody may write this; it is good for ever once it is rewritten.
    String sender = "SRS1=abcd=a.example=-victim@evil.example";
    assertThat(host.reverse(rewritten(host.forward(sender))))
        .isEqualTo(to("SRS0-victim@a.example"));
    for (String opaque : new String[] {"victim", "", ".victim", "\"victim"}) {
      String signed = quoted(forger.srs1("a.example", opaque));
      assertThat(host.reverse(signed)).as(signed).isEqualTo(unchanged(Reason.MALFORMED));
    }
  }

  /** Even with a right hash, which another program with the same secret may have made. */
  @Test
  void leadsToNothingThatIsNoDomain() {
    List<String> targets =
        List.of(
            "1",
            "[192.0.2.1]",
            "192.0.2.1",
            "a.example:25",
            "a..example",
            ".",
            "",
            "a.example,b.example",
            "a%b.example",
            "-a.example",
            "a.example!b",
            "a\tb",
            "xn--\u00FC.example");
    for (String target : targets) {
      assertThat(host.reverse(quoted(forger.srs0(TODAY, target, "victim"))))
          .as(target)
          .isEqualTo(unchanged(Reason.MALFORMED));
      assertThat(host.reverse(quoted(forger.srs1(target, "=victim"))))
          .as(target)
          .isEqualTo(unchanged(Reason.MALFORMED));
    }
  }

  /** What a result would hold beside an address, were it not refused. */
  @Test
  void writesNothingIntoAnAddressThatReadersSplit() {
    List<String> users =
        List.of(
            "victim@b.example",
            "\"victim\"@b.example",
            "@",
            "victim@",
            "a\r\nb",
            "a\0b",
            "a\u0085b",
            "a\u2028b",
            "a\u202Eb",
            "\ud800");
    for (String user : users) {
      assertThat(host.reverse(quoted(forger.srs0(TODAY, "a.example", user))))
          .isEqualTo(unchanged(Reason.MALFORMED));
      assertThat(host.forward(quotedAt(user, "a.example"))).isEqualTo(unchanged(Reason.MALFORMED));
    }
  }

  /** What stays one address because it is quoted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a,b",
        "a\"b",
        "a\\b",
        "\\",
        "<>",
        "a:b;",
        "(a)",
        "a..b",
        ".a",
        "a.",
        "a b=c",
        "\" \"",
        "j\u00F6rg",
        "\u65E5\u672C",
        "a%b",
        "a!b",
        "|/bin/sh",
        "-froot",
        "=",
        "==",
        "a=b"
      })
  void quotesWhatItMust(String user) {
    String sender = quotedAt(user, "a.example");
    String written = rewritten(host.forward(sender));
    assertThat(TestHost.address(written).toString()).isEqualTo(written);
    assertThat(written.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "q"))
        .as("without quoted strings")
        .doesNotContainAnyWhitespaces()
        .doesNotContain(",", ";", "<", "(", "\"")
        .containsOnlyOnce("@");
    assertThat(host.reverse(written)).isEqualTo(to(sender));
  }

  @Test
  void leavesItsOwnAddressesAlone() {
    String signed = rewritten(host.forward("joe@a.example"));
    assertThat(host.forward(signed)).isEqualTo(unchanged(Reason.LOCAL_DOMAIN));
    assertThat(host.forward(signed.replace("srs.example", "SRS.Example")))
        .isEqualTo(unchanged(Reason.LOCAL_DOMAIN));
    assertThat(host.reverse(rewritten(host.reverse(signed)))).isEqualTo(unchanged(Reason.NOT_SRS));
    SrsRewriter nothingLocal = new SrsRewriter(settings(TestHost.SECRET), _ -> false, () -> NOW);
    assertThat(nothingLocal.forward(signed)).isEqualTo(unchanged(Reason.LOCAL_DOMAIN));
    assertThat(nothingLocal.reverse(signed)).isEqualTo(to("joe@a.example"));
  }

  /** A subdomain of a local domain is somebody else's unless it is said to be local. */
  @Test
  void takesNothingBackBelowItsDomains() {
    String signed = rewritten(host.forward("joe@a.example"));
    assertThat(host.reverse(signed.replace("@", "@x.")))
        .isEqualTo(unchanged(Reason.FOREIGN_DOMAIN));
    assertThat(rewritten(host.forward("joe@x.srs.example"))).contains("=x.srs.example=joe@");
  }

  private static String quoted(String localPart) {
    return quotedAt(localPart, "srs.example");
  }

  private static String quotedAt(String localPart, String domain) {
    return '"' + localPart.replace("\\", "\\\\").replace("\"", "\\\"") + "\"@" + domain;
  }
}
