package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthservIdTest {
  private static final String NASTY =
      " (c (d \\) ) ) \"ex\\am\\\"ple.org\" (e) 1 (f); spf=pass (g) smtp.mailfrom=a@example.org";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        " example.org; spf=pass|example.org",
        "example.org;none|example.org",
        " example.org|example.org",
        " example.org 1; none|example.org",
        " example.org/1; none|example.org/1",
        " mx.microsoft.com 1;spf=pass|mx.microsoft.com",
        " example.org (Postfix) 1 (x); none|example.org",
        " (comment; a=b) example.org; none|example.org",
        " (a (nested \\) ) ) example.org; none|example.org",
        " \"example.org\"; none|example.org",
        " \"a b\\\"c\" 1; none|a b\"c",
        " bücher.example; none|bücher.example",
        " example.org spf=pass|example.org",
        " example.org (unterminated|example.org",
        "\texample.org(x);none|example.org",
      })
  void readsTheId(String value, String id) {
    assertThat(AuthservId.of(field(value))).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ";",
        " ; none",
        " spf=pass smtp.mailfrom=example.org",
        " spf = pass",
        " spf (c) =pass",
        " (unterminated example.org; none",
        " (escaped \\) example.org; none",
        " \"unterminated; none",
        " \"\"; none",
        " =",
        " (\\",
        " \"\\",
      })
  void findsNone(String value) {
    assertThat(AuthservId.of(field(value))).isEmpty();
    assertThat(AuthservId.claims(field(value), Set.of("example.org"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, true",
    "EXAMPLE.ORG, true",
    "example.org., true",
    "example.org/1, true",
    "bücher.example, true",
    "xn--bcher-kva.example, true",
    "XN--BCHER-KVA.Example, true",
    "my host, false",
    "\"My Host\", true",
    "mail_1!, true",
    "sub.example.org, false",
    "example.or, false",
    "xample.org, false",
  })
  void comparesAsPeopleMeanIt(String id, boolean claimed) {
    Set<String> ours = Set.of("Example.org", "Bücher.example", "my host", "MAIL_1!");
    assertThat(AuthservId.claims(field(" " + id + "; none"), ours)).isEqualTo(claimed);
  }

  @Test
  void unfoldsBeforeTheId() {
    assertThat(AuthservId.of(field("\r\n\texample.org;\r\n\tnone"))).contains("example.org");
  }

  @Test
  void readsEveryTruncationWithoutFailing() {
    for (int end = 0; end <= NASTY.length(); end++) {
      var id = AuthservId.of(field(NASTY.substring(0, end)));
      boolean whole = end > NASTY.indexOf("org\"") + 3;
      assertThat(id.isPresent()).as("first %d", end).isEqualTo(whole);
    }
  }

  private static HeaderField field(String value) {
    return HeaderField.of(
        "Authentication-Results".getBytes(StandardCharsets.US_ASCII),
        value.getBytes(StandardCharsets.UTF_8));
  }
}
