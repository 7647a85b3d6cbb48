package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields that are trusted; those that are not stand in {@link AuthorAmbiguityTest}. */
final class AuthorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "jsmith@Good.example                               | the plain form",
        "<jsmith@good.example>                             | angle brackets alone",
        "John Smith <jsmith@good.example>                  | name and address",
        "John Smith<jsmith@good.example>                   | no space before the bracket",
        "John Q. Public <jsmith@good.example>              | dots in a name, RFC 5322 4.1",
        "\"Smith, John\" <jsmith@good.example>             | quoted comma",
        "\"I <3 mail\" <jsmith@good.example>               | quoted bracket, no address in it",
        "\"jsmith@evil.example\" <jsmith@good.example>     | an address as a quoted name is a name",
        "\"John (john@evil.example)\" <jsmith@good.example> | the same in parentheses",
        "=?utf-8?q?=22J=C3=BCrgen=22_=28x=29?= <jsmith@good.example> | encoded marks, no address",
        "\"Joe \\\"J\\\" Smith\" <jsmith@good.example>     | quoted pairs, no address in it",
        "jsmith@good.example (John Smith)                  | the name as a comment",
        "jsmith@good.example (John (Jack) Smith)           | nested comment",
        "(x) John (y) <jsmith@good.example> (z)            | comments around",
        "=?utf-8?q?J=C3=BCrgen?= <jsmith@good.example>     | encoded name",
        "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?= <j@good.example> | ESC in a charset that needs it",
        "=?iso-8859-1?q?=93quoted=94?= <j@good.example>    | Windows quotes called ISO 8859-1",
        "=?x-unknown?q?J=FCrgen?= <j@good.example>         | unknown charset",
        "Jürgen <jsmith@good.example>                      | UTF-8 in a name",
        "jürgen@good.example                               | UTF-8 in a local part, RFC 6532",
        "\"john smith\"@good.example                       | quoted local part without specials",
        "a..b.@good.example                                | dots as some providers gave them out",
        "a=evil.example@good.example                       | VERP",
        "a%evil.example@good.example                       | percent hack",
        "evil.example!a@good.example                       | bang path",
        "a@good.example, b@GOOD.example                    | several mailboxes, one domain",
        ", a@good.example, ,b@good.example,                | empty list elements",
        "Team: a@good.example, B <b@good.example>;         | group of one domain, RFC 6854",
        "a@good.example, Team: b@good.example;             | mailbox and group",
      })
  void knowsTheDomain(String from, String why) {
    Author author = author(from);
    assertThat(author).as(why).isInstanceOf(Author.Known.class);
    assertThat(author.domain()).as(why).map(Domain::ascii).contains("good.example");
  }

  @ParameterizedTest
  @CsvSource({
    "root@localhost, localhost",
    "a@bücher.example, xn--bcher-kva.example",
    "a@BÜCHER.example, xn--bcher-kva.example",
    "'a@bücher.example, b@xn--bcher-kva.example', xn--bcher-kva.example",
  })
  void knowsOtherDomains(String from, String domain) {
    assertThat(author(from).domain()).map(Domain::ascii).contains(domain);
  }

  @Test
  void keepsAllMailboxesInOrder() {
    assertThat(author("B <b@good.example>, Team: a@good.example;"))
        .isEqualTo(
            new Author.Known(
                List.of(
                    Address.parse("b@good.example").orElseThrow(),
                    Address.parse("a@good.example").orElseThrow())));
  }

  @Test
  void readsFoldedFields() {
    assertThat(author("John\r\n Smith\r\n\t<jsmith@good.example>").domain()).isPresent();
  }

  @Test
  void tellsMissingFromRepeated() {
    assertThat(Author.of(new Headers(List.of()))).isEqualTo(new Author.Missing());
    assertThat(author("From", "a@x.example", "From", "a@x.example"))
        .isEqualTo(new Author.Repeated(2));
    assertThat(author("From", "a@x.example", "From ", "b@y.example", "fROM\t ", "c@z.example"))
        .isEqualTo(new Author.Repeated(3));
    assertThat(author("From : ", "a@x.example")).isEqualTo(new Author.Missing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"From ", "From\t", "FROM \t ", "from"})
  void takesSpaceBeforeTheColonForTheSameField(String name) {
    assertThat(author(name, "a@good.example").domain()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From\0",
        "\0From",
        "Fr\u043Em",
        "F rom",
        " From",
        "X-From",
        "From_",
        "Fromm",
        "From\u00A0",
        "Resent-From",
      })
  void takesNoOtherNameForFrom(String name) {
    assertThat(author(name, "a@good.example")).isEqualTo(new Author.Missing());
    assertThat(author(name, "a@evil.example", "From", "a@good.example").domain())
        .map(Domain::ascii)
        .contains("good.example");
  }

  @Test
  void neverHoldsSeveralDomains() {
    assertThatThrownBy(() ->
            new Author.Known(
                List.of(
                    Address.parse("a@x.example").orElseThrow(),
                    Address.parse("a@y.example").orElseThrow())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Author.Known(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** At every truncation the author is the right domain or none, but for a cut in the domain. */
  @Test
  void readsEveryTruncation() {
    String nasty = "\"J \\\" (x\" =?utf-8?q?=C3=BC?= (a (b) \\)) <\"a b\"@good.example> (c)";
    byte[] bytes = nasty.getBytes(StandardCharsets.UTF_8);
    int closing = nasty.indexOf('>') + 1;
    int comment = nasty.indexOf("(c)");
    for (int end = 0; end <= bytes.length; end++) {
      Author author = Author.of(from(Arrays.copyOf(bytes, end)));
      boolean whole = end >= closing && (end <= comment || end == bytes.length);
      assertThat(author.domain().isPresent()).as("first %d", end).isEqualTo(whole);
    }
  }

  private static Headers from(byte[] value) {
    return new Headers(List.of(HeaderField.of("From".getBytes(StandardCharsets.US_ASCII), value)));
  }

  private static Author author(String value) {
    return Author.of(from((" " + value).getBytes(StandardCharsets.UTF_8)));
  }

  private static Author author(String... namesAndValues) {
    HeaderField[] fields = new HeaderField[namesAndValues.length / 2];
    for (int i = 0; i < fields.length; i++) {
      fields[i] =
          HeaderField.of(
              namesAndValues[2 * i].getBytes(StandardCharsets.UTF_8),
              namesAndValues[2 * i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return Author.of(new Headers(List.of(fields)));
  }
}
