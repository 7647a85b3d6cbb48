package dovetail.mail;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * One piece of a display name or a local part.
 *
 * @param text what it means, quotes and quoted pairs undone
 * @param pairs whether it was written with quoted pairs
 * @param spaced whether white space or a comment stands before it
 */
@SuppressWarnings("ArrayRecordComponent") // made and used up while a field is read, never compared
record Word(byte[] text, Kind kind, boolean pairs, boolean spaced) {
  enum Kind {
    ATOM,
    QUOTED,
    DOT
  }

  String shown() {
    return FieldCursor.shown(text, 0, text.length);
  }

  /** A display name: words as they are spaced, by one space each. */
  static String phrase(List<Word> words) {
    StringBuilder phrase = new StringBuilder();
    for (Word word : words) {
      if (word.spaced && !phrase.isEmpty()) {
        phrase.append(' ');
      }
      phrase.append(word.shown());
    }
    return phrase.toString();
  }

  /** A local part: words without what stood between them. */
  static byte[] joined(List<Word> words) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (Word word : words) {
      joined.writeBytes(word.text);
    }
    return joined.toByteArray();
  }
}
