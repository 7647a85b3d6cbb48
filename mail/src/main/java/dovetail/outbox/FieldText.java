package dovetail.outbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Text as it stands in header fields: folded, quoted, or in encoded words. */
final class FieldText {
  private static final String FOLD = "\r\n ";

  /** Characters of a line, if that can be had (RFC 5322 2.1.1). */
  private static final int LINE = 78;

  /** The longest word that is left whole: the limit of a line is 998. */
  private static final int MAX_WORD = 900;

  /** Octets in one encoded word: with "Subject: " before it, a line has 76 (RFC 2047 2). */
  private static final int ENCODED_OCTETS = 39;

  private FieldText() {}

  /** A field with any text (RFC 5322 unstructured), without the last line end. */
  static String unstructured(String name, String text) {
    return name + ": " + (isFoldable(text) ? folded(text, name.length() + 2) : encoded(text));
  }

  /** A display name (RFC 5322 phrase). */
  static String phrase(String name) {
    return isAscii(name) && !name.contains("=?") ? quoted(name) : encoded(name);
  }

  /** A parameter of MIME: its value in quotes, or percent-encoded (RFC 2231 4). */
  static String parameter(String name, String value) {
    return isAscii(value) ? name + '=' + quoted(value) : name + "*=utf-8''" + percent(value);
  }

  /** Whether text can stand as it is, and comes out of its folds as it went in. */
  private static boolean isFoldable(String text) {
    if (!isAscii(text) || text.contains("=?") || text.startsWith(" ") || text.endsWith(" ")) {
      return false;
    }
    for (String word : text.split(" ", -1)) {
      if (word.isEmpty() || word.length() > MAX_WORD) {
        return false;
      }
    }
    return true;
  }

  private static String folded(String text, int column) {
    StringBuilder folded = new StringBuilder();
    int used = column;
    for (String word : text.split(" ", -1)) {
      if (folded.isEmpty()) {
        folded.append(word);
        used += word.length();
      } else if (used + 1 + word.length() <= LINE) {
        folded.append(' ').append(word);
        used += 1 + word.length();
      } else {
        folded.append(FOLD).append(word);
        used = 1 + word.length();
      }
    }
    return folded.toString();
  }

  /** Encoded words (RFC 2047 2), each of whole characters (RFC 2047 5), one a line. */
  private static String encoded(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder chunk = new StringBuilder();
    int octets = 0;
    for (int c : text.codePoints().toArray()) {
      int more = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
      if (octets + more > ENCODED_OCTETS) {
        words.add(encodedWord(chunk.toString()));
        chunk.setLength(0);
        octets = 0;
      }
      chunk.appendCodePoint(c);
      octets += more;
    }
    words.add(encodedWord(chunk.toString()));
    return String.join(FOLD, words);
  }

  private static String encodedWord(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return "=?utf-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (isAttributeChar(octet)) {
        encoded.append((char) octet);
      } else {
        encoded.append('%').append("%02X".formatted(octet));
      }
    }
    return encoded.toString();
  }

  /** RFC 2231 7 attribute-char, of which letters, digits and the usual marks will do. */
  private static boolean isAttributeChar(byte c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_';
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }
}
