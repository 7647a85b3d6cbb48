package dovetail.srs;

import static dovetail.srs.TestHost.host;
import static dovetail.srs.TestHost.limits;
import static dovetail.srs.TestHost.rewritten;
import static dovetail.srs.TestHost.separator;
import static dovetail.srs.TestHost.settings;
import static dovetail.srs.TestHost.to;
import static dovetail.srs.TestHost.unchanged;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.srs.Rewriting.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hashes in these tables were worked out by another program (Python's hmac). */
final class SrsRewriterTest {
  private final SrsRewriter host = host();

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      textBlock =
          """
          joe@a.example                        -> SRS0=DKWQ=BB=a.example=joe@srs.example
          Joe.Smith+list@A.Example             -> SRS0=sDhL=BB=a.example=Joe.Smith+list@srs.example
          jörg@a.example                       -> SRS0=z6xy=BB=a.example=jörg@srs.example
          joe@bücher.example                   -> SRS0=Mtb5=BB=xn--bcher-kva.example=joe@srs.example
          "joe smith"@a.example                -> "SRS0=AJYa=BB=a.example=joe smith"@srs.example
          "joe.smith"@a.example                -> SRS0=u883=BB=a.example=joe.smith@srs.example
          joe..smith@a.example                 -> "SRS0=1vFz=BB=a.example=joe..smith"@srs.example
          a=b=c@a.example                      -> SRS0=ZI1l=BB=a.example=a=b=c@srs.example
          SRS2=x@a.example                     -> SRS0=3YgG=BB=a.example=SRS2=x@srs.example
          SRS0@a.example                       -> SRS0=p6Zp=BB=a.example=SRS0@srs.example
          SRS0=abcd=AA=b.example=joe@a.example -> SRS1=vr7R=a.example==abcd=AA=b.example=joe@srs.example
          srs0+abcd=AA=b.example=joe@a.example -> SRS1=sI2E=a.example=+abcd=AA=b.example=joe@srs.example
          SRS0-@a.example                      -> SRS1=AO4D=a.example=-@srs.example
          SRS1=abcd=b.example==xyz@a.example   -> SRS1=nEwc=b.example==xyz@srs.example
          srs1-abcd=B.Example=-xyz@a.example   -> SRS1=YokJ=b.example=-xyz@srs.example
          SRS1+=b.example=+xyz@a.example       -> SRS1=36nm=b.example=+xyz@srs.example
          """)
  void forwards(String sender, String expected) {
    assertThat(host.forward(sender)).isEqualTo(to(expected));
    assertThat(rewritten(host.forward(sender))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      textBlock =
          """
          ``                                -> NO_DOMAIN
          joe                               -> NO_DOMAIN
          MAILER-DAEMON                     -> NO_DOMAIN
          SRS0=                             -> NO_DOMAIN
          joe@ours.example                  -> LOCAL_DOMAIN
          joe@OURS.Example                  -> LOCAL_DOMAIN
          joe@srs.example                   -> LOCAL_DOMAIN
          SRS0=x=y=a.example=b@srs.example  -> LOCAL_DOMAIN
          SRS1=x=a.example==b@SRS.EXAMPLE   -> LOCAL_DOMAIN
          @a.example                        -> MALFORMED
          joe@                              -> MALFORMED
          joe@a.example.                    -> MALFORMED
          joe@a..example                    -> MALFORMED
          joe@[192.0.2.1]                   -> MALFORMED
          joe@192.0.2.1                     -> MALFORMED
          joe@b@a.example                   -> MALFORMED
          joe smith@a.example               -> MALFORMED
          <joe@a.example>                   -> MALFORMED
          joe,jim@a.example                 -> MALFORMED
          joe@a.example,jim@a.example       -> MALFORMED
          @b.example:joe@a.example          -> MALFORMED
          "joe@a.example                    -> MALFORMED
          "joe@b.example"@a.example         -> MALFORMED
          "joe\\@b.example"@a.example        -> MALFORMED
          """)
  void leavesSenders(String sender, Reason reason) {
    assertThat(host.forward(sender)).isEqualTo(unchanged(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      textBlock =
          """
          ``                                        -> NO_DOMAIN
          joe                                       -> NO_DOMAIN
          SRS0=abcd=AA=a.example=joe                -> NO_DOMAIN
          joe@srs.example                           -> NOT_SRS
          joe@a.example                             -> NOT_SRS
          SRS0@srs.example                          -> NOT_SRS
          SRS0.abcd=AA=a.example=joe@srs.example    -> NOT_SRS
          SRS2=abcd=AA=a.example=joe@srs.example    -> NOT_SRS
          xSRS0=abcd=AA=a.example=joe@srs.example   -> NOT_SRS
          SRS0=abcd=AA=a.example=joe@a.example      -> FOREIGN_DOMAIN
          SRS1=abcd=a.example==joe@a.example        -> FOREIGN_DOMAIN
          SRS1=@a.example                           -> FOREIGN_DOMAIN
          SRS0=@srs.example                         -> MALFORMED
          SRS0=abcd@srs.example                     -> MALFORMED
          SRS0=abcd=AA@srs.example                  -> MALFORMED
          SRS0=abcd=AA=a.example@srs.example        -> MALFORMED
          SRS0=abcd=A=a.example=joe@srs.example     -> MALFORMED
          SRS0=abcd=AAA=a.example=joe@srs.example   -> MALFORMED
          SRS0=abcd=A1=a.example=joe@srs.example    -> MALFORMED
          SRS0=abcd=8A=a.example=joe@srs.example    -> MALFORMED
          SRS0=abcd=AA==joe@srs.example             -> MALFORMED
          SRS0=abcd=AA=a..b=joe@srs.example         -> MALFORMED
          SRS1=@srs.example                         -> MALFORMED
          SRS1=abcd@srs.example                     -> MALFORMED
          SRS1=abcd=a.example@srs.example           -> MALFORMED
          SRS1=abcd=a.example=@srs.example          -> MALFORMED
          SRS1=abcd=a.example=joe@srs.example       -> MALFORMED
          SRS1=abcd=a..b==joe@srs.example           -> MALFORMED
          "SRS0=abcd=AA=a.example=joe@srs.example   -> MALFORMED
          SRS0=abcd=AA=a.example=joe@srs.example    -> BAD_HASH
          SRS1=abcd=a.example==joe@srs.example      -> BAD_HASH
          SRS1=abcd=a.example=+joe@ours.example     -> BAD_HASH
          """)
  void leavesRecipients(String recipient, Reason reason) {
    assertThat(host.reverse(recipient)).isEqualTo(unchanged(reason));
  }

  @Test
  void takesBackAtEveryLocalDomain() {
    String written = rewritten(host.forward("joe@a.example"));
    String localPart = written.substring(0, written.indexOf('@'));
    assertThat(host.reverse(localPart + "@ours.example")).isEqualTo(to("joe@a.example"));
    assertThat(host.reverse(localPart + "@a.example")).isEqualTo(unchanged(Reason.FOREIGN_DOMAIN));
  }

  @Test
  void takesWhatOthersHaveQuotedBack() {
    String written = rewritten(host.forward("joe@a.example"));
    String quoted = '"' + written.replace("@", "\"@");
    assertThat(host.reverse(quoted)).isEqualTo(to("joe@a.example"));
  }

  /** postsrsd signs a domain as it is spelled; here it is written in A-labels. */
  @Test
  void takesDomainsAsOthersSpellThem() {
    PlainSrs other = new PlainSrs(TestHost.SECRET);
    String stamp = DayStamp.of(TestHost.NOW);
    assertThat(host.reverse(other.srs0(stamp, "B\u00FCcher.Example", "joe") + "@srs.example"))
        .isEqualTo(to("joe@xn--bcher-kva.example"));
    assertThat(host.reverse(other.srs1("B\u00FCcher.Example", "=joe") + "@srs.example"))
        .isEqualTo(to("SRS0=joe@xn--bcher-kva.example"));
  }

  @Test
  void takesBothAlphabetsOfBase64() {
    PlainSrs other = new PlainSrs(TestHost.SECRET);
    String stamp = DayStamp.of(TestHost.NOW);
    String older = "";
    String user = "";
    for (int i = 0; !older.contains("+") || !older.contains("/"); i++) {
      user = "user" + i;
      older = other.hash(stamp, "a.example", user).substring(0, 4);
    }
    String rest = "=" + stamp + "=a.example=" + user + "@srs.example";
    String newer = older.replace('+', '-').replace('/', '_');
    assertThat(host.reverse("SRS0=" + older + rest)).isEqualTo(to(user + "@a.example"));
    assertThat(host.reverse("SRS0=" + newer + rest)).isEqualTo(to(user + "@a.example"));
    assertThat(host.reverse("SRS0=" + older.replace('+', '-') + rest))
        .isEqualTo(to(user + "@a.example"));
    assertThat(host.reverse("SRS0=" + older.replace('+', '_') + rest))
        .isEqualTo(unchanged(Reason.BAD_HASH));
    assertThat(rewritten(host.forward(user + "@a.example"))).isEqualTo("SRS0=" + newer + rest);
  }

  @Test
  void takesEverySeparatorAndWritesItsOwn() {
    for (char own : new char[] {'=', '+', '-'}) {
      SrsRewriter other = host(separator(settings(TestHost.SECRET), own));
      String written = rewritten(other.forward("joe@a.example"));
      assertThat(written).startsWith("SRS0" + own);
      assertThat(host.reverse(written)).isEqualTo(to("joe@a.example"));
      String chained = rewritten(other.forward("SRS0-x@b.example"));
      assertThat(chained).startsWith("SRS1" + own).endsWith("=b.example=-x@srs.example");
      assertThat(host.reverse(chained)).isEqualTo(to("SRS0-x@b.example"));
    }
    assertThat(host.reverse(rewritten(host.forward("joe@a.example")).replaceFirst("=", "/")))
        .isEqualTo(unchanged(Reason.NOT_SRS));
  }

  @Test
  void writesHashesAsLongAsTheSettingsSay() {
    SrsSettings settings = settings(TestHost.SECRET);
    SrsSettings longer = limits(settings, 20, 8, Duration.ofDays(21));
    String written = rewritten(host(longer).forward("joe@a.example"));
    assertThat(written.split("=", -1)[1]).hasSize(20);
    assertThat(host(longer).reverse(written)).isEqualTo(to("joe@a.example"));
    // Written by one setting, taken back by another: what is longer is right for the shorter, too.
    assertThat(host.reverse(written)).isEqualTo(to("joe@a.example"));
    SrsSettings both = limits(settings, 20, 4, Duration.ofDays(21));
    String shorter = rewritten(host.forward("joe@a.example"));
    assertThat(host(both).reverse(shorter)).isEqualTo(to("joe@a.example"));
    assertThat(host(longer).reverse(shorter)).isEqualTo(unchanged(Reason.BAD_HASH));
  }

  @Test
  void signsWithTheFirstSecretAndTakesAny() {
    SrsRewriter old = host(settings("first secret"));
    SrsRewriter between = host(settings("second secret", "first secret"));
    SrsRewriter after = host(settings("second secret"));
    String early = rewritten(old.forward("joe@a.example"));
    String late = rewritten(between.forward("joe@a.example"));
    assertThat(late).isNotEqualTo(early).isEqualTo(rewritten(after.forward("joe@a.example")));
    assertThat(between.reverse(early)).isEqualTo(to("joe@a.example"));
    assertThat(between.reverse(late)).isEqualTo(to("joe@a.example"));
    assertThat(after.reverse(late)).isEqualTo(to("joe@a.example"));
    assertThat(after.reverse(early)).isEqualTo(unchanged(Reason.BAD_HASH));
    assertThat(old.reverse(late)).isEqualTo(unchanged(Reason.BAD_HASH));
  }

  @Test
  void writesNothingThatIsTooLong() {
    String rest = "SRS0=xxxx=AA=a.example=@srs.example";
    String user = "u".repeat(SrsRewriter.MAX_ADDRESS - rest.length());
    assertThat(rewritten(host.forward(user + "@a.example"))).hasSize(254);
    assertThat(host.forward(user + "u@a.example")).isEqualTo(unchanged(Reason.TOO_LONG));
    // Octets are counted, and quotes with them.
    String wide = "\u00FC".repeat(user.length() / 2);
    assertThat(host.forward(wide + "@a.example")).isNotEqualTo(unchanged(Reason.TOO_LONG));
    assertThat(host.forward(wide + "\u00FC@a.example")).isEqualTo(unchanged(Reason.TOO_LONG));
    String spaced = '"' + user.substring(2) + " \"@a.example";
    assertThat(host.forward(spaced)).isEqualTo(unchanged(Reason.TOO_LONG));
    assertThat(host.forward("u".repeat(512) + "@a.example")).isEqualTo(unchanged(Reason.TOO_LONG));
    assertThat(host.forward("u".repeat(513) + "@a.example")).isEqualTo(unchanged(Reason.MALFORMED));
  }

  @Test
  void takesBackMoreThanItWrites() {
    String user = "u".repeat(400);
    String signed =
        new PlainSrs(TestHost.SECRET).srs0(DayStamp.of(TestHost.NOW), "a.example", user);
    assertThat(host.reverse(signed + "@srs.example")).isEqualTo(to(user + "@a.example"));
  }

  @Test
  void saysWhyInAWord() {
    assertThat(Reason.BAD_HASH.word()).isEqualTo("bad-hash");
  }
}
