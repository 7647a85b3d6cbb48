package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthenticationResultsWriterTest {
  @Test
  void writesALineForEachResultAndFoldsAt78Columns() {
    HeaderField field =
        AuthenticationResultsWriter.write(
            AuthenticationResults.of(
                "mx.example.org",
                List.of(
                    MethodResult.of("spf", "pass")
                        .with("smtp", "mailfrom", "bounce+a=b.example@lists.example.com")
                        .with("smtp", "helo", "out.example.com"),
                    MethodResult.of("dkim", "pass")
                        .withComment("2048-bit key")
                        .with("header", "d", "example.com")
                        .with("header", "s", "2026")
                        .with("header", "a", "rsa-sha256")
                        .with("header", "b", "ab/c+d=="),
                    MethodResult.of("dmarc", "fail")
                        .withReason("no alignment")
                        .with("header", "from", "example.net"))));
    assertThat(field.name()).isEqualTo("Authentication-Results");
    assertThat(field.value())
        .isEqualTo(
            String.join(
                "\r\n ",
                " mx.example.org;",
                "spf=pass smtp.mailfrom=bounce+a=b.example@lists.example.com",
                "smtp.helo=out.example.com;",
                "dkim=pass (2048-bit key) header.d=example.com header.s=2026",
                "header.a=rsa-sha256 header.b=\"ab/c+d==\";",
                "dmarc=fail reason=\"no alignment\" header.from=example.net"));
  }

  @Test
  void writesVersionsAndNone() {
    assertThat(
            AuthenticationResultsWriter.write(
                    new AuthenticationResults("a.example", OptionalInt.of(1), List.of()))
                .value())
        .isEqualTo(" a.example 1; none");
    MethodResult result =
        new MethodResult(
            "dkim", OptionalInt.of(1), "pass", Optional.empty(), Optional.empty(), List.of());
    assertThat(written("a b", result)).isEqualTo(" \"a b\";\r\n dkim/1=pass");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "example.org|example.org",
        "_dmarc.example.org.|_dmarc.example.org.",
        "a@example.org|a@example.org",
        "@example.org|@example.org",
        "a.b=c/d?e@example.org|a.b=c/d?e@example.org",
        "a@localhost|\"a@localhost\"",
        "a@-b.example|\"a@-b.example\"",
        "a@b_c.example|\"a@b_c.example\"",
        "a@example.org.|\"a@example.org.\"",
        ".a@example.org|\".a@example.org\"",
        "a@b@example.org|\"a@b@example.org\"",
        "\"a b\"@example.org|\"\\\"a b\\\"@example.org\"",
        "a;b@example.org|\"a;b@example.org\"",
        "2001:db8::1|\"2001:db8::1\"",
        "a b|\"a b\"",
        "a=b|\"a=b\"",
        "a;dkim=pass|\"a;dkim=pass\"",
        "a\\b\"c|\"a\\\\b\\\"c\"",
        "(a|\"(a\"",
        "a@bücher.example|\"a@bücher.example\"",
        "|\"\"",
      })
  void quotesWhatMustBeQuoted(String value, String expected) {
    String text = value == null ? "" : value;
    assertThat(written("a", MethodResult.of("x", "y").with("c", "d", text)))
        .isEqualTo(" a;\r\n x=y c.d=" + expected);
  }

  @Test
  void replacesWhatIsNoText() {
    String text = "a\r\n\tdkim=pass\0\u007f\u0085\u2028\ud800\u202eü\ud83d\ude00";
    assertThat(written("a", MethodResult.of("x", "y").withComment(text).withReason(text)))
        .isEqualTo(
            " a;\r\n x=y (a???dkim=pass??????ü\ud83d\ude00)"
                + " reason=\"a???dkim=pass??????ü\ud83d\ude00\"");
  }

  @Test
  void escapesComments() {
    assertThat(written("a", MethodResult.of("x", "y").withComment(") z=w \\ ( ; \"")))
        .isEqualTo(" a;\r\n x=y (\\) z=w \\\\ \\( ; \")");
  }

  @Test
  void cutsAtWholeCharacters() {
    assertThat(written("a", MethodResult.of("x", "y").withReason("\"".repeat(100_000))))
        .isEqualTo(" a;\r\n x=y\r\n reason=\"" + "\\\"".repeat(256) + "\"");
    assertThat(written("a", MethodResult.of("x", "y").withReason("a" + "ü".repeat(512))))
        .isEqualTo(" a;\r\n x=y\r\n reason=\"a" + "ü".repeat(255) + "\"");
    assertThat(written("a", MethodResult.of("x", "y").withReason("b".repeat(513))))
        .isEqualTo(" a;\r\n x=y\r\n reason=" + "b".repeat(512));
  }

  @Test
  void writesNoMoreResultsThanAreRead() {
    List<MethodResult> many = Collections.nCopies(100_000, MethodResult.of("x", "y"));
    HeaderField field = AuthenticationResultsWriter.write(AuthenticationResults.of("a", many));
    assertThat(Fields.parsed(field).results()).hasSize(AuthenticationResults.MAX_RESULTS);
  }

  @Test
  void boundsLinesAndField() {
    String longest = "k".repeat(Keyword.MAX_LENGTH);
    MethodResult large =
        MethodResult.of(longest, longest).withComment("(".repeat(999)).withReason("ü".repeat(999));
    for (int i = 0; i < MethodResult.MAX_PROPERTIES; i++) {
      large = large.with(longest, longest, "\\".repeat(999));
    }
    HeaderField one =
        AuthenticationResultsWriter.write(
            AuthenticationResults.of("\"".repeat(999), List.of(large)));
    assertThat(Fields.parsed(one).results()).hasSize(1);
    for (String line : one.value().split("\r\n", -1)) {
      assertThat(line.length() + one.name().length()).isLessThan(998);
    }
    HeaderField all =
        AuthenticationResultsWriter.write(
            AuthenticationResults.of("a", Collections.nCopies(100, large)));
    assertThat(all.length()).isBetween(one.length() - 1100, AuthenticationResultsWriter.MAX_LENGTH);
  }

  private static String written(String id, MethodResult result) {
    return Fields.text(
        AuthenticationResultsWriter.write(AuthenticationResults.of(id, List.of(result))));
  }
}
