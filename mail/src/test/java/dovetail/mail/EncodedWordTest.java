package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodedWordTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // RFC 2047 8
        "=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu> | Keith Moore <moore@cs.utk.edu>",
        "=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= | Keld Jørn Simonsen",
        "=?ISO-8859-1?Q?Andr=E9?= Pirard | André Pirard",
        "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-2?B?dSB1bmRlcnN0YW5k"
            + "IHRoZSBleGFtcGxlLg==?= | If you can read this you understand the example.",
        "(=?ISO-8859-1?Q?a?=) | (a)",
        "(=?ISO-8859-1?Q?a?= b) | (a b)",
        "(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=) | (ab)",
        "(=?ISO-8859-1?Q?a?=    =?ISO-8859-1?Q?b?=) | (ab)",
        "(=?ISO-8859-1?Q?a_b?=) | (a b)",
        "(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=) | (a b)",
        "=?utf-8*de?q?=c3=bc?= | ü",
        "=?UTF-8?b?w7w=?= | ü",
        "=?utf-8?q?=C3?= =?utf-8?q?=BC?= | ü",
        "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?= | 日本",
        "x=?utf-8?q?a?=y | xay",
        "=?utf-8?q??= | ",
        "=?utf-8?q?a=zz=4?= | a=zz=4",
      })
  void decodes(String text, String expected) {
    assertThat(EncodedWord.reveal(text)).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "=?",
        "?=",
        "=?utf-8",
        "=?utf-8?",
        "=?utf-8?q",
        "=?utf-8?q?",
        "=?utf-8?q?a",
        "=?utf-8?q?a?",
        "=?utf-8?x?a?=",
        "=?utf-8?qq?a?=",
        "=?utf-8?b?*?=",
        "=?=?=?=?=?=",
      })
  void leavesTheRestAlone(String text) {
    assertThat(EncodedWord.reveal(text)).isEqualTo(text);
  }

  @Test
  void revealsAsciiInUnknownCharsets() {
    assertThat(EncodedWord.reveal("=?nowhere-8?q?a=40b?=")).isEqualTo("a@b");
    assertThat(EncodedWord.reveal("=?u\0?q?a?= =??q?b?=")).isEqualTo("ab");
    assertThat(EncodedWord.reveal("=?nowhere?q?=E9?=")).isEqualTo("\u00E9");
  }

  @Test
  void boundsTheCharsetsThatItLooksUp() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append("=?nowhere-").append(i).append("?q?=40?= ");
    }
    assertThat(EncodedWord.reveal(text + "=?utf-8?q?=C3=BC?="))
        .isEqualTo("@".repeat(5_000) + "\u00C3\u00BC");
  }
}
