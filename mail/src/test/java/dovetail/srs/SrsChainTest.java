package dovetail.srs;

import static dovetail.srs.TestHost.NOW;
import static dovetail.srs.TestHost.domain;
import static dovetail.srs.TestHost.rewritten;
import static dovetail.srs.TestHost.secrets;
import static dovetail.srs.TestHost.separator;
import static dovetail.srs.TestHost.to;
import static dovetail.srs.TestHost.unchanged;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.srs.Rewriting.Reason;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail that is forwarded from host to host, each with secrets of its own. */
final class SrsChainTest {
  private static SrsRewriter host(String name, char separator, InstantSource clock) {
    SrsSettings settings = SrsSettings.of(domain(name), secrets("the secret of " + name));
    return new SrsRewriter(separator(settings, separator), _ -> false, clock);
  }

  private static SrsRewriter host(String name, char separator) {
    return host(name, separator, InstantSource.fixed(NOW));
  }

  @ParameterizedTest
  @CsvSource({"=, =, =", "+, -, =", "-, =, +", "=, +, -"})
  void leadsBackOverThreeHosts(char first, char second, char third) {
    SrsRewriter one = host("one.example", first);
    SrsRewriter two = host("two.example", second);
    SrsRewriter three = host("three.example", third);
    String atOne = rewritten(one.forward("Joe=x@a.example"));
    String atTwo = rewritten(two.forward(atOne));
    String atThree = rewritten(three.forward(atTwo));
    assertThat(atTwo).matches("SRS1.....=one\\.example=.*@two\\.example");
    assertThat(atThree)
        .matches("SRS1.....=one\\.example=.*@three\\.example")
        .doesNotContain("two.example")
        .hasSameSizeAs(atTwo.replace("two", "three"));
    assertThat(three.reverse(atThree)).isEqualTo(to(atOne));
    assertThat(two.reverse(atTwo)).isEqualTo(to(atOne));
    assertThat(one.reverse(atOne)).isEqualTo(to("Joe=x@a.example"));
  }

  @Test
  void leadsBackThroughHostsThatChangeCase() {
    SrsRewriter one = host("one.example", '=');
    SrsRewriter two = host("two.example", '+');
    SrsRewriter three = host("three.example", '=');
    String atOne = lower(rewritten(one.forward("Joe@a.example")));
    String atTwo = upper(rewritten(two.forward(atOne)));
    String atThree = lower(rewritten(three.forward(atTwo)));
    String back = upper(rewritten(three.reverse(atThree)));
    assertThat(one.reverse(back)).isEqualTo(to("JOE@a.example"));
  }

  @Test
  void takesNoAddressOfAnotherHost() {
    SrsRewriter one = host("one.example", '=');
    SrsRewriter two = host("two.example", '=');
    String atOne = rewritten(one.forward("joe@a.example"));
    assertThat(two.reverse(atOne)).isEqualTo(unchanged(Reason.FOREIGN_DOMAIN));
    assertThat(two.reverse(atOne.replace("one.example", "two.example")))
        .isEqualTo(unchanged(Reason.BAD_HASH));
  }

  @Test
  void leadsBackAtOnceWhereItHasGoneRound() {
    SrsRewriter one = host("one.example", '=');
    SrsRewriter two = host("two.example", '-');
    String first = rewritten(one.forward("joe@a.example"));
    String again = rewritten(one.forward(rewritten(two.forward(first))));
    assertThat(again).startsWith("SRS1=").endsWith("@one.example");
    assertThat(one.reverse(again)).isEqualTo(to("joe@a.example"));
    InstantSource later = InstantSource.fixed(NOW.plus(Duration.ofDays(22)));
    assertThat(host("one.example", '=', later).reverse(again)).isEqualTo(unchanged(Reason.EXPIRED));
    // The hash about it is right, that within is not.
    String forged = rewritten(one.forward("SRS1=x=one.example==abcd=AA=a.example=joe@two.example"));
    assertThat(one.reverse(forged)).isEqualTo(unchanged(Reason.BAD_HASH));
  }

  @Test
  void wrapsWhatOnlyLooksLikeSrs1() {
    SrsRewriter one = host("one.example", '=');
    for (String sender :
        new String[] {
          "SRS1=@two.example",
          "SRS1=abcd=a.example@two.example",
          "SRS1=abcd=a.example=joe@two.example",
          "SRS1=abcd=-a.example==joe@two.example",
          "srs1+=@two.example"
        }) {
      String written = rewritten(one.forward(sender));
      assertThat(written).startsWith("SRS0=").contains("=two.example=");
      assertThat(one.reverse(written)).isEqualTo(to(sender));
    }
  }

  @Test
  void takesOnlyAsciiForATag() {
    SrsRewriter one = host("one.example", '=');
    String sender = "\u017FRS0=abcd=AA=a.example=joe@two.example";
    String written = rewritten(one.forward(sender));
    assertThat(written).startsWith("SRS0=").endsWith("joe@one.example");
    assertThat(one.reverse(written)).isEqualTo(to(sender));
    assertThat(one.reverse(sender)).isEqualTo(unchanged(Reason.NOT_SRS));
  }

  private static String lower(String text) {
    return PlainSrs.inCase('A', 'Z', text);
  }

  private static String upper(String text) {
    return PlainSrs.inCase('a', 'z', text);
  }
}
