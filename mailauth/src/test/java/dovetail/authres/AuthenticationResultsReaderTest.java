package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthenticationResultsReaderTest {
  private static final String NASTY =
      " (c (d \\) ) ) \"ex\\am\\\"ple.org\" (e) 1 (f) ; ; (g) dkim (h) / 1 (i) = (j) pass"
          + " (2048-bit (\\() key)\r\n\treason (k) = \"a \\\"b\\\"; spf=pass\" (l) header . d ="
          + " x;y; spf=pass smtp.mailfrom=\"a b\"@c (;spf=fail) policy.\r\n iprev=2001:db8::1;";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a.example; none|a.example",
        "a.example|a.example",
        "a.example;|a.example",
        "a.example;;;|a.example",
        "a.example 1; none|a.example v1",
        "mx.microsoft.com 1;spf=pass|mx.microsoft.com v1; spf=pass",
        "a.example 007; none|a.example v7",
        "a.example; none (nothing was checked)|a.example",
        "a.example; spf=pass|a.example; spf=pass",
        "a.example; spf=pass;|a.example; spf=pass",
        "a.example; none; spf=pass|a.example; spf=pass",
        "a.example; SPF=Pass SMTP.MailFrom=Aa@B.example"
            + "|a.example; spf=pass smtp.mailfrom<Aa@B.example>",
        "a.example; dkim/2 = pass header . d = b.example"
            + "|a.example; dkim/2=pass header.d<b.example>",
        "a.example; dkim / 2=pass header. d=b|a.example; dkim/2=pass header.d<b>",
        "a.example; dmarc=pass(p=REJECT) header.from=b|a.example; dmarc=pass (p=REJECT)"
            + " header.from<b>",
        "a.example; dkim=pass (a) (b) header.d=(c)d(e) header.s=f"
            + "|a.example; dkim=pass (a) header.d<d> header.s<f>",
        "a.example; reason=a reason=b; e.f=g h.i=j; k=l|a.example; reason=a reason<b>; k=l",
        "a.example; spf=fail reason=100 reason=\"2\"|a.example; spf=fail reason<100>",
        "a.example; spf=fail Reason=\"a; b=\\\"c\\\"\" smtp.helo=d"
            + "|a.example; spf=fail reason<a; b=\"c\"> smtp.helo<d>",
        "a.example; iprev=pass policy.iprev=2001:db8::1 (b.example)"
            + "|a.example; iprev=pass policy.iprev<2001:db8::1>",
        "a.example; dkim=pass header.b=ab/c+d== header.i=@b|a.example; dkim=pass"
            + " header.b<ab/c+d==> header.i<@b>",
        "a.example; spf=pass smtp.mailfrom=<>|a.example; spf=pass smtp.mailfrom<<>>",
        "a.example; spf=none smtp.mailfrom=; dkim=none|a.example; spf=none smtp.mailfrom<>;"
            + " dkim=none",
        "a.example; spf=none smtp.mailfrom=\"\"|a.example; spf=none smtp.mailfrom<>",
        "a.example; spf=pass smtp.mailfrom=\"a b\"@c|a.example; spf=pass smtp.mailfrom<\"a b\"@c>",
        "a.example; spf=pass smtp.mailfrom=a\";b=c\"d|a.example; spf=pass"
            + " smtp.mailfrom<a\";b=c\"d>",
        "a.example; spf=pass smtp.mailfrom=bücher@bücher.example"
            + "|a.example; spf=pass smtp.mailfrom<bücher@bücher.example>",
        "bücher.example; x-new=odd x-place.thing=1|bücher.example; x-new=odd x-place.thing<1>",
        "a.example; x=pass version=1 action=none \"w\" word policy.is_org=yes header.d=b"
            + "|a.example; x=pass header.d<b>",
        "a.example; header.d=b; b.example; dmarc=none|a.example; dmarc=none",
        "a.example; stray dkim=pass; =pass; dkim=; dkim/x=pass; -=a; spf=\"pass\""
            + "|a.example; spf=pass",
        "a.example; dkim=pass.fail; d_kim=pass; \"dkim\"=pass|a.example",
        "\"a b\" 1; none|a b v1",
      })
  void readsResults(String value, String expected) {
    assertThat(Fields.shown(Fields.parsed(" " + value))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a; dkim=none header.d=none;b; dmarc=pass"
            + " action=none header.from=a;compauth=pass reason=100"
            + "|spf=pass (sender IP is 192.0.2.1) smtp.mailfrom<a>; dkim=none header.d<none>;"
            + " dmarc=pass header.from<a>; compauth=pass reason<100>",
        "; spf=pass|spf=pass",
        "dkim/1=pass|dkim/1=pass",
        "\"\"; spf=pass|spf=pass",
      })
  void readsResultsOfNobody(String value, String expected) {
    assertThat(AuthenticationResults.parse(Fields.field(" " + value)))
        .isInstanceOfSatisfying(
            Reading.Nameless.class,
            nameless -> assertThat(Fields.shown(nameless.results())).isEqualTo(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "|empty|1",
        "(a)|empty|4",
        "(a|unterminated comment|3",
        "a (b|unterminated comment|5",
        "a; spf=pass (b\\)|unterminated comment|17",
        "\"a; spf=pass|unterminated quoted string|13",
        "a; spf=pass reason=\"b; dkim=pass|unterminated quoted string|33",
        "a; spf=pass smtp.helo=b\"c; dkim=pass|unterminated quoted string|37",
        "a spf=pass|no semicolon behind the authserv-id|3",
        "a b; spf=pass|no semicolon behind the authserv-id|3",
        "a 1x; spf=pass|version that is no number|5",
        "a 1234567890; spf=pass|version that is no number|13",
      })
  void refuses(String value, String reason, int offset) {
    String text = value == null ? "" : value;
    assertThat(AuthenticationResults.parse(Fields.field(" " + text)))
        .isEqualTo(new Reading.Malformed(reason, offset));
  }

  @Test
  void readsFoldsAndNestedComments() {
    assertThat(Fields.shown(Fields.parsed(NASTY)))
        .isEqualTo(
            "exam\"ple.org v1; dkim/1=pass (2048-bit (() key) reason<a \"b\"; spf=pass>"
                + " header.d<x>; spf=pass smtp.mailfrom<\"a b\"@c> policy.iprev<2001:db8::1>");
    assertThat(Fields.shown(Fields.parsed("\r\n\ta.example;\r\n spf=\r\n pass\r\n (a\r\n b)")))
        .isEqualTo("a.example; spf=pass (a b)");
  }

  @Test
  void readsEveryTruncationAsAPartOrRefusesIt() {
    List<MethodResult> whole = Fields.parsed(NASTY).results();
    for (int end = 0; end <= NASTY.length(); end++) {
      Reading reading = AuthenticationResults.parse(Fields.field(NASTY.substring(0, end)));
      switch (reading) {
        case Reading.Parsed parsed ->
            assertThat(parsed.results().results()).as("%d", end).hasSizeLessThan(whole.size() + 1);
        case Reading.Malformed malformed ->
            assertThat(malformed.offset()).as("%d", end).isLessThanOrEqualTo(end);
        case Reading.Nameless nameless -> assertThat(nameless.results()).as("%d", end).isEmpty();
      }
    }
  }

  @Test
  void leavesOctetsThatAreNoUtf8() {
    HeaderField field = HeaderField.of("A", " a; spf=pass smtp.helo=\u00e9 smtp.x=\u00c3\u00a9");
    assertThat(Fields.shown(Fields.parsed(field)))
        .isEqualTo("a; spf=pass smtp.helo<\u00e9> smtp.x<\u00e9>");
  }

  @Test
  void keepsToItsLimits() {
    assertThat(Fields.parsed("a" + "; spf=pass".repeat(100)).results()).hasSize(100);
    refuses("a" + "; spf=pass".repeat(101), "too many results", 1012);
    assertThat(Fields.parsed("a; x=y" + " c.d=e".repeat(30)).results().getFirst().properties())
        .hasSize(30);
    refuses("a; x=y" + " c.d=e".repeat(31), "too many properties", 193);
    assertThat(Fields.parsed("(".repeat(20) + ")".repeat(20) + "a").authservId()).isEqualTo("a");
    refuses("(".repeat(21) + ")".repeat(21) + "a", "comments nested too deep", 43);
    assertThat(Fields.parsed(" ".repeat(102_399) + "a").authservId()).isEqualTo("a");
    refuses(" ".repeat(102_399) + "a", "too long", 102_400);
  }
}
