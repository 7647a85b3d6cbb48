package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * No value of a From field makes the parser fail, walk back, or name an author whom a plain reader
 * does not see.
 */
public final class AddressTarget implements FuzzTarget {
  /** The pieces that address parsers stumble on. */
  private static final List<String> ALPHABET =
      List.of(
          "<",
          ">",
          "@",
          "\"",
          "\\",
          "(",
          ")",
          ",",
          ";",
          ":",
          ".",
          " ",
          "\t",
          "\r\n ",
          "\r\n",
          "\r",
          "\n",
          "\0",
          "[",
          "]",
          "a",
          "b",
          "good.example",
          "evil.example",
          "=?utf-8?q?a=40b?=",
          "=?",
          "?=",
          "\u00FC",
          "\u00C3\u00BC",
          "\u00FF",
          "xn--",
          "xn--bcher-kva",
          "192.0.2.1",
          "\u0085",
          "%",
          "!",
          "=",
          "_",
          "-");

  @Override
  public String name() {
    return "address";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] value) {
    AddressParser parser = new AddressParser(value);
    AddressList list = parser.parse();
    assertThat(parser.steps()).isLessThanOrEqualTo(value.length);
    if (list instanceof AddressList.Malformed(_, int offset)) {
      assertThat(offset).isBetween(0, value.length);
    }
    String text = new String(value, StandardCharsets.ISO_8859_1);
    assertThat(EncodedWord.reveal(text).length()).isLessThanOrEqualTo(3 * text.length());
    HeaderField from = HeaderField.of("From".getBytes(StandardCharsets.US_ASCII), value);
    return switch (Author.of(new Headers(List.of(from)))) {
      case Author.Known(List<Address> mailboxes) -> {
        checkKnown(from, mailboxes);
        yield "known";
      }
      case Author.Ambiguous(String reason) -> reason;
      case Author.Missing _, Author.Repeated _ -> throw new AssertionError("one From field");
    };
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
