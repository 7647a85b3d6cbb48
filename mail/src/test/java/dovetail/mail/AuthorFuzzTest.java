package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No input makes the parser fail, walk back, or name an author whom a plain reader does not see.
 */
final class AuthorFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final String[] SEEDS = {
    "John Smith <a@good.example>",
    "\"Smith, John\" <a@good.example> (x (y) z)",
    "Team: a@good.example, \"b c\"@good.example;, <d@evil.example>",
    "=?utf-8?q?J=C3=BC?= (c) <@evil.example:a@good.example>",
    "a@[192.0.2.1], b . c @ xn--bcher-kva . example",
  };

  @Test
  void readsRawInput() {
    Mutator mutator = new Mutator(1);
    for (int i = 0; i < ROUNDS; i++) {
      check(mutator.raw(64));
    }
  }

  @Test
  void readsPiecesInAnyOrder() {
    Mutator mutator = new Mutator(2);
    int known = 0;
    for (int i = 0; i < ROUNDS; i++) {
      known += check(mutator.mapped(12)) ? 1 : 0;
    }
    assertThat(known).isPositive();
  }

  @Test
  void readsWhatIsNearlyRight() {
    Mutator mutator = new Mutator(3);
    int known = 0;
    for (int i = 0; i < ROUNDS; i++) {
      known += check(mutator.mutated(SEEDS[i % SEEDS.length])) ? 1 : 0;
    }
    assertThat(known).isGreaterThan(ROUNDS / 20);
  }

  /** What makes other parsers quadratic or overflow their stack, at full length. */
  @ParameterizedTest
  @MethodSource("bombs")
  void takesStepsByLengthOnly(String piece) {
    String text = piece.repeat(AddressList.MAX_LENGTH / piece.length());
    assertThat(check(text.getBytes(StandardCharsets.ISO_8859_1))).isFalse();
    assertThat(EncodedWord.reveal(text).length()).isLessThanOrEqualTo(3 * text.length());
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
    AddressParser parser = new AddressParser(value);
    AddressList list = parser.parse();
    assertThat(parser.steps()).isLessThanOrEqualTo(value.length);
    if (list instanceof AddressList.Malformed(_, int offset)) {
      assertThat(offset).isBetween(0, value.length);
    }
    HeaderField from = HeaderField.of("From".getBytes(StandardCharsets.US_ASCII), value);
    Author author = Author.of(new Headers(List.of(from)));
    if (author instanceof Author.Known(List<Address> mailboxes)) {
      checkKnown(from, mailboxes);
      return true;
    }
    return false;
  }

  /**
   * Each at sign that is in no name belongs to an address of the known domain: cut the text at its
   * at signs, and what follows each must begin with that domain, unless the sign stands in quotes.
   */
  private static void checkKnown(HeaderField from, List<Address> mailboxes) {
    String text =
        new String(AddressParser.valueOf(from), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    Domain domain = mailboxes.getFirst().domain();
    String[] parts = text.replaceAll("\"[^\"]*\"", "q").split("@", -1);
    assertThat(parts).as(text).hasSize(mailboxes.size() + 1);
    Arrays.stream(parts)
        .skip(1)
        .forEach(part -> {
          String read = part.split("[\\s<>,;(]", 2)[0];
          assertThat(Domain.parse(read)).as(text).contains(domain);
        });
    for (Address address : mailboxes) {
      assertThat(Address.parse(address.toString())).as(text).contains(address);
    }
  }
}
