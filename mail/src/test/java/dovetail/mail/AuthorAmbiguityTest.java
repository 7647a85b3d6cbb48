package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From fields on which common readers differ. Each row: the field (backslash escapes as in Java),
 * our word, and who would read it otherwise.
 */
final class AuthorAmbiguityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // Not the grammar: readers recover in different ways.
        "a@evil.example <b@good.example> | text after an address | many take the first, many the last",
        "<a@evil.example> <b@good.example> | text after an address | first or last angle",
        "<<b@good.example>> | no domain | strip one pair or fail",
        "<b@good.example | unterminated angle bracket | to the end or nothing",
        "b@good.example> | text after an address | drop the bracket or fail",
        "<b@good.example>> | text after an address | drop the bracket or fail",
        "a@evil.example b@good.example | text after an address | first or last",
        "b@good.example evil | text after an address | drop the text or fail",
        "<b@good.example> evil.example | text after an address | drop the text or fail",
        "evil b@good.example | two words before an at sign | last word or all",
        "a@evil.example@good.example | text after an address | first or last at sign",
        "<a@evil.example,b@good.example> | unterminated angle bracket | split at the comma or not",
        "a@evil.example; b@good.example | semicolon outside a group | Outlook splits there",
        "b@good.example; | semicolon outside a group | drop or fail",
        "evil: b@good.example | unterminated group | group, or a name with a colon",
        "mailto:b@good.example | unterminated group | the same",
        "a@evil.example: b@good.example; | text after an address | address or group",
        "b@good.example. | domain that ends in a dot | drop the dot or fail",
        "b@good..example | not a domain | squeeze the dots or fail",
        "b@.good.example | not a domain | the same",
        "b@ | no domain | nothing there",
        "@good.example | no local part | domain or nothing",
        "<@good.example> | unterminated source route | route or domain",
        "b | no domain | the reader's own domain or none",
        "<b> | no domain | the same",
        "<> | no domain | nothing there",
        "< > | no domain | nothing there",
        "\"b@good.example\" | no domain | quoted text or address",
        "(b@good.example) | comment that may hide an address | comment or address",
        "\"a@evil.example\" b@good.example | two words before an at sign | quotes or not",
        "\"x\" \"y\"@good.example | two words before an at sign | last word or all",
        "b@good.example (x | unterminated comment | to the end or fail",
        "b@good.example ) | text after an address | drop or fail",
        "\"x <b@good.example> | unterminated quoted string | to the end or fail",
        "x\" <b@good.example> | unterminated quoted string | drop or fail",
        "[b]@good.example | character that must be quoted | drop or fail",
        "b\\@evil.example@good.example | character that must be quoted | escape or not",
        "b@[192.0.2.1] | address literal | no domain to vouch for",
        "b@[evil.example], b@good.example | address literal | skip it or not",
        "b@[x | unterminated address literal | to the end or fail",
        "b@192.0.2.1 | not a domain | host name or address",
        "b@2130706433 | not a domain | the same",
        "b@good_example!.example | not a domain | no name at all",
        "b@-good.example | not a domain | allowed or not",
        // Several authors, or none.
        "a@evil.example, b@good.example | several domains | first or last",
        "T: a@evil.example, b@good.example; | several domains | the same, in a group",
        "T: a@evil.example;, b@good.example | several domains | skip groups or not",
        "a@sub.good.example, b@good.example | several domains | not the same domain",
        "undisclosed-recipients:; | empty group | no author",
        "T:;, b@good.example | empty group | a reader may fail on it",
        " | no address | nothing there",
        ", , | no address | nothing there",
        "(x) | no address | nothing there",
        // The grammar allows it, readers still differ.
        "\"x <a@evil.example>\" <b@good.example> | quoted name that may hide an address | no quotes known",
        "\"a@evil.example, \" <b@good.example> | quoted name that may hide an address | split at commas first",
        "\"a\\\"@evil.example\" <b@good.example> | quoted name that may hide an address | no quoted pairs known",
        "(\") \"a@evil.example\" <b@good.example> | at sign in quotes beside a hidden quote | quotes before comments",
        "\"\\\"\" \"a@evil.example\" <b@good.example> | at sign in quotes beside a hidden quote | no quoted pairs known",
        "=?utf-8?q?=22?= \"a@evil.example\" <b@good.example> | at sign in quotes beside a hidden quote | decode first",
        "=?utf-8?q?=28?= \"a@evil.example\" <b@good.example> | at sign in quotes beside a hidden quote | decode first",
        "\"a@evil.example (\" <b@good.example> | quoted name that may hide an address | comments before quotes",
        "\"x) a@evil.example (y\" <b@good.example> | quoted name that may hide an address | comments before quotes",
        "=?utf-8?q?a=40evil?.example?= <b@good.example> | broken encoded word | tolerant decoders",
        "=?utf-8?b?YU!Bldmls?= <b@good.example> | broken encoded word | tolerant decoders",
        "=?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3D40b=3F=3D?= <b@good.example> | broken encoded word | decode twice",
        "\"=?utf-8?q?a\" =40evil?= <b@good.example> | broken encoded word | decode first",
        "\"x <a@evil.example>\"@good.example | quoted local part that may hide an address | brackets first",
        "\"a@evil.example\"@good.example | quoted local part that may hide an address | first at sign",
        "<\"a@evil.example>,\"@good.example> | quoted local part that may hide an address | first bracket",
        "\"a\\b\"@good.example | quoted local part that may hide an address | escape or not",
        "(a@evil.example) b@good.example | comment that may hide an address | no comments known",
        "b@good.example (<a@evil.example>) | comment that may hide an address | brackets first",
        "b@good.example (a \\) c@evil.example) | comment that may hide an address | no quoted pairs known",
        "b@good.example (=?utf-8?q?a=40evil?=) | comment that may hide an address | decode first",
        "b(c)@good.example | white space or comment within an address | drop comments or not",
        "b@good(c).example | white space or comment within an address | the same",
        "b@(c)good.example | white space or comment within an address | the same",
        "b@good.example(c).evil | white space or comment within an address | the domain may end there",
        "<b@good.example(c)> | white space or comment within an address | the same",
        "<b@good.example > | white space or comment within an address | strip or not",
        "<b@(c)good.example> | white space or comment within an address | drop comments or not",
        "b @good.example | white space or comment within an address | split at spaces",
        "b@ good.example | white space or comment within an address | the same",
        "b . c@good.example | white space or comment within an address | the same",
        "b@good . example | white space or comment within an address | the domain may end there",
        "< b@good.example > | white space or comment within an address | strip or not",
        "<@evil.example:b@good.example> | source route | first domain or last",
        "<@a.example,@evil.example:b@good.example> | source route | first domain or last",
        "=?utf-8?q?b=40evil.example?=@good.example | encoded word within an address | decode first",
        "<=?utf-8?q?b?=@good.example> | encoded word within an address | decode first",
        "b@=?utf-8?q?evil?=.good.example | not a domain | decode first",
        "=?utf-8?q?a=40evil.example?= <b@good.example> | encoded word that may hide an address | decode first",
        "=?utf-8?b?YUBldmls?= <b@good.example> | encoded word that may hide an address | decode first",
        "=?x-unknown?q?a=40evil?= <b@good.example> | encoded word that may hide an address | decode first",
        "=?utf-8?q?x=00?= <b@good.example> | control character in an encoded word | ends a C string",
        "\"=?utf-8?q?x=0A?=\" <b@good.example> | control character in an encoded word | decoded in quotes too",
        "\"=?utf-8?q?=3Ca=40evil=3E?=\" <b@good.example> | quoted name that may hide an address | the same",
        "=?utf-8?q?b=40good.example?= | no domain | address or name",
        // Domains that not all readers map alike, and octets that are no text.
        "b@good．example | domain that only some readers map | fullwidth dot",
        "b@ｇood.example | domain that only some readers map | fullwidth letter",
        "b@go\\u00ADod.example | domain that only some readers map | soft hyphen",
        "b@good\\u202E.example | not a domain | turns the direction of reading",
        "b\\u202E@good.example | not a local part | the same",
        "x\\u2028y <b@good.example> | control character | a line end to some",
        "\"x\\u0085y\" <b@good.example> | control character | a line end to some",
        "b@xn--a.example | not a domain | an A-label of nothing",
        "b\\0@good.example | character that must be quoted | ends a C string",
        "b@good.example\\0.evil.example | text after an address | ends a C string",
        "\"x\\0\" <b@good.example> | control character | ends a C string",
        "\"x\\b\\u0007\" <b@good.example> | control character | dropped or kept",
        "x (\\u007F) <b@good.example> | control character | dropped or kept",
        "a@evil.example\\r <b@good.example> | bare CR or LF | a line end to some",
        "b@good.example\\r | bare CR or LF | a line end to some",
        "b@good.example\\r\\nX: y | line end that is no fold | the next field",
        "b@good.example\\r\\n \\r\\n x | blank continuation line | ends the header for some",
        "\"x\\r\\n\\t\\r\\n y\" <b@good.example> | blank continuation line | the same",
      })
  void guessesNothing(String from, String reason, String why) {
    String value = from == null ? "" : unescape(from);
    assertThat(author(value.getBytes(StandardCharsets.UTF_8)))
        .as("%s: %s", from, why)
        .isEqualTo(new Author.Ambiguous(reason));
  }

  @Test
  void refusesWhatIsNotUtf8InTheAddress() {
    assertThat(author(latin1("Jürgen <b@good.example>")).domain()).isPresent();
    assertThat(author(latin1("b@gööd.example")))
        .isEqualTo(new Author.Ambiguous("domain that is not UTF-8"));
    assertThat(author(latin1("jürgen@good.example")))
        .isEqualTo(new Author.Ambiguous("not a local part"));
  }

  @Test
  void keepsTheLimits() {
    String many = "b@good.example,".repeat(AddressList.MAX_MAILBOXES);
    assertThat(author(latin1(many)).domain()).isPresent();
    assertThat(author(latin1(many + "b@good.example")))
        .isEqualTo(new Author.Ambiguous("too many mailboxes"));
    assertThat(author(latin1("x".repeat(AddressList.MAX_LENGTH) + "<b@good.example>")))
        .isEqualTo(new Author.Ambiguous("field too long"));
    assertThat(author(latin1("(".repeat(21) + ")".repeat(21) + "b@good.example")))
        .isEqualTo(new Author.Ambiguous("comments nested too deep"));
    assertThat(author(latin1("(".repeat(20) + ")".repeat(20) + "b@good.example")).domain())
        .isPresent();
    assertThat(author(latin1("b".repeat(513) + "@good.example")))
        .isEqualTo(new Author.Ambiguous("not a local part"));
    assertThat(author(latin1("b@" + "g".repeat(64) + ".example")))
        .isEqualTo(new Author.Ambiguous("not a domain"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\rFrom: a@evil.example",
        "x\nFrom: a@evil.example",
        "x\r\nfrom : a@evil.example",
        "x\r\rFROM\t:",
        "\rFrom:",
      })
  void seesFromBehindStrayLineEnds(String value) {
    HeaderField other = HeaderField.of("Subject", value);
    HeaderField from = HeaderField.of("From", " b@good.example");
    Author.Ambiguous hidden = new Author.Ambiguous("From field behind a stray line end");
    assertThat(Author.of(new Headers(List.of(other, from)))).isEqualTo(hidden);
    assertThat(Author.of(new Headers(List.of(other)))).isEqualTo(hidden);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\n From: a@evil.example", "x\r\n\tFrom: y", "From: y", "x\rFrom y"})
  void takesFoldsForFolds(String value) {
    HeaderField from = HeaderField.of("From", " b@good.example");
    assertThat(Author.of(new Headers(List.of(HeaderField.of("Subject", value), from))).domain())
        .isPresent();
  }

  /** Only what no row would need otherwise: NUL, CR, LF and Unicode. */
  private static String unescape(String row) {
    String text = row.replace("\\0", "\0").replace("\\r", "\r").replace("\\n", "\n");
    text = text.replace("\\t", "\t").replace("\\u00AD", "\u00AD").replace("\\u202E", "\u202E");
    text = text.replace("\\u2028", "\u2028").replace("\\u0085", "\u0085");
    return text.replace("\\u0007", "\u0007").replace("\\u007F", "\u007F");
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Author author(byte[] value) {
    byte[] name = "From".getBytes(StandardCharsets.US_ASCII);
    return Author.of(new Headers(List.of(HeaderField.of(name, value))));
  }
}
