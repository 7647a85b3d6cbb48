package dovetail.dmarc.report;

import java.util.stream.Collectors;

/** What characters XML 1.0 can carry, and how case is taken away from them. */
final class XmlText {
  private static final int REPLACEMENT = 0xFFFD;

  private XmlText() {}

  /** That text with U+FFFD for each character that no XML 1.0 can hold, escaped or not. */
  static String carried(String text) {
    return text.codePoints()
        .map(c -> isCarried(c) ? c : REPLACEMENT)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** In lower case, character by character: the text stays as long as it is. */
  static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static boolean isCarried(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
