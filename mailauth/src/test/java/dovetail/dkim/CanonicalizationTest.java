package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalizationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          A: X|A: X|a:X
          B : Y\\t\\r\\n\\tZ  |B : Y\\t\\r\\n\\tZ  |b:Y Z
          Subject:\\r\\n folded|Subject:\\r\\n folded|subject:folded
          Message-ID:\\r\\n\\t<a@b>|Message-ID:\\r\\n\\t<a@b>|message-id:<a@b>
          Subject:|Subject:|subject:
          Subject: \\t |Subject: \\t |subject:
          Subject: a\\r\\n \\r\\n b|Subject: a\\r\\n \\r\\n b|subject:a b
          Subject:a\\rb|Subject:a\\rb|subject:a\\rb
          Subject: a \\r|Subject: a \\r|subject:a \\r
          X: =?utf-8?Q?A_B?=|X: =?utf-8?Q?A_B?=|x:=?utf-8?Q?A_B?=
          X-Upper\\t:A:B : C|X-Upper\\t:A:B : C|x-upper:A:B : C
          """)
  void headerFields(String field, String simple, String relaxed) {
    HeaderField parsed = field(unescape(field));
    assertThat(text(Canonicalization.SIMPLE.header(parsed))).isEqualTo(unescape(simple));
    assertThat(text(Canonicalization.RELAXED.header(parsed))).isEqualTo(unescape(relaxed));
    assertThat(NaiveCanonicalization.header(Canonicalization.RELAXED, unescape(field)))
        .isEqualTo(unescape(relaxed));
  }

  @Test
  void bytesAboveAsciiAreKept() {
    byte[] raw = {'S', ':', ' ', (byte) 0xC3, (byte) 0x84, (byte) 0xA0};
    HeaderField field = field(text(raw));
    assertThat(Canonicalization.SIMPLE.header(field)).isEqualTo(raw);
    assertThat(Canonicalization.RELAXED.header(field)).containsExactly('s', ':', 0xC3, 0x84, 0xA0);
  }

  @Test
  void pairs() {
    assertThat(CanonicalizationPair.parse("relaxed/simple"))
        .contains(new CanonicalizationPair(Canonicalization.RELAXED, Canonicalization.SIMPLE));
    assertThat(CanonicalizationPair.parse("relaxed"))
        .contains(new CanonicalizationPair(Canonicalization.RELAXED, Canonicalization.SIMPLE));
    assertThat(CanonicalizationPair.parse("Simple/RELAXED").map(CanonicalizationPair::tag))
        .contains("simple/relaxed");
    assertThat(CanonicalizationPair.parse("relaxed/")).isEmpty();
    assertThat(CanonicalizationPair.parse("relaxed/simple/simple")).isEmpty();
    assertThat(CanonicalizationPair.parse("nofws")).isEmpty();
    assertThat(CanonicalizationPair.parse("")).isEmpty();
  }

  private static HeaderField field(String text) {
    int colon = text.indexOf(':');
    return HeaderField.of(text.substring(0, colon), text.substring(colon + 1));
  }

  private static String unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
