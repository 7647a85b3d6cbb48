package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No input makes the parser fail, walk back, or name an author whom a plain reader does not see.
 */
final class AuthorFuzzTest {
  private static final AddressTarget TARGET = new AddressTarget();

  /** What makes other parsers quadratic or overflow their stack, at full length. */
  @ParameterizedTest
  @MethodSource("bombs")
  void takesStepsByLengthOnly(String piece) {
    String text = piece.repeat(AddressList.MAX_LENGTH / piece.length());
    assertThat(check(text.getBytes(StandardCharsets.ISO_8859_1))).isFalse();
  }

  static Stream<String> bombs() {
    return Stream.of(
        "(",
        "()",
        ")",
        "\"",
        "\\",
        "\"\\",
        "<",
        "@",
        "a",
        "a ",
        ".",
        ",",
        ":",
        ";",
        "[",
        "\r\n ",
        "a\r\n ",
        "=?",
        "=?a?q?",
        "=?utf-8?q?a?=",
        "=?utf-8?q?a?= ",
        "a:",
        "a:;",
        "<@a,",
        "a.",
        "a@b.",
        "a@b:",
        "\"a\"",
        "(a)b",
        "xn--",
        "a@xn--a,",
        "\u00FC",
        "T:a@b.example,");
  }

  private static boolean check(byte[] value) {
    return TARGET.run(value).equals("known");
  }
}
