package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderFieldTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '\0',
      value = {
        " a|X: a",
        "a|X:a",
        "  a  |X:  a  ",
        "\\n\\ta|X:\\r\\n\\ta",
        "\\r\\n\\ta|X:\\r\\n\\ta",
        "a\\n b\\n c|X:a\\r\\n b\\r\\n c",
        "a\\rb|X:a\\rb",
        "a\\r\\r\\n b|X:a\\r\\r\\n b",
        "\\n\\n|X:\\r\\n\\r\\n",
      })
  void changesNothingButBareLineFeeds(String escapedValue, String escapedRaw) {
    String value = unescape(escapedValue);
    String raw = unescape(escapedRaw);
    HeaderField field = HeaderField.of("X", value);
    assertThat(latin1(field.raw())).isEqualTo(raw);
    assertThat(field.length()).isEqualTo(raw.length());
    assertThat(field.value()).isEqualTo(raw.substring(2));
  }

  @Test
  void keepsEveryOctet() {
    byte[] octets = new byte[256];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) i;
    }
    octets['\n'] = 'x';
    HeaderField field = HeaderField.of(new byte[] {'X'}, octets);
    assertThat(field.value().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(octets);
    assertThat(field.byteAt(field.colon())).isEqualTo((byte) ':');
    assertThatThrownBy(() -> field.byteAt(field.length()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void handsOutCopies() {
    HeaderField field = HeaderField.of("X", "a");
    field.raw()[0] = 'Y';
    assertThat(field.name()).isEqualTo("X");
  }

  @ParameterizedTest
  @ValueSource(strings = {"From", "from", "FROM", "From ", "From\t", "From \t "})
  void knowsItsName(String name) {
    HeaderField field = HeaderField.of(name, " a");
    assertThat(field.is("From")).isTrue();
    assertThat(field.is("fROM")).isTrue();
    assertThat(field.name()).isEqualToIgnoringCase("From");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " From", "Fro", "Fromm", "From\0", "From x", "From\u00A0", "FroM\r"})
  void knowsOtherNames(String name) {
    assertThat(HeaderField.of(name, " a").is("From")).isFalse();
  }

  @Test
  void unfolds() {
    assertThat(HeaderField.of("X", " a\n b\r\n\tc").unfolded()).isEqualTo(" a b\tc");
    assertThat(HeaderField.of("X", " a").unfolded()).isEqualTo(" a");
  }

  @Test
  void showsControlCharacters() {
    assertThat(HeaderField.of("X", " a\n\tb\u00FC\u007F"))
        .hasToString("X: a\\x0d\\x0a\\x09b\\xfc\\x7f");
  }

  @Test
  void equalsByOctets() {
    assertThat(HeaderField.of("X", "a\n b"))
        .isEqualTo(HeaderField.of("X", "a\r\n b"))
        .hasSameHashCodeAs(HeaderField.of("X", "a\r\n b"))
        .isNotEqualTo(HeaderField.of("x", "a\r\n b"));
  }

  @Test
  void findsFieldsInAHeader() {
    HeaderField first = HeaderField.of("To", "1");
    HeaderField other = HeaderField.of("Cc", "2");
    HeaderField last = HeaderField.of("tO ", "3");
    Headers headers = new Headers(List.of(first, other, last));
    assertThat(headers.all("to")).containsExactly(first, last);
    assertThat(headers.all("From")).isEmpty();
    assertThat(headers).containsExactly(first, other, last);
  }

  private static String unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
