package dovetail.auth.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The escapes of fields: octet 1 and a letter for each octet that cannot stand in one. */
final class TabText {
  static final byte ESCAPE = 1;

  private TabText() {}

  /** Reads a field; an escape that means nothing is the character behind it, as with Dovecot. */
  static String unescaped(byte[] line, int start, int end) {
    byte[] octets = octets(line, start, end);
    String text = new String(octets, StandardCharsets.UTF_8);
    Arrays.fill(octets, (byte) 0);
    return text;
  }

  /** The same, as octets that the caller may overwrite. */
  static byte[] octets(byte[] line, int start, int end) {
    byte[] room = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      if (line[i] != ESCAPE) {
        room[length++] = line[i];
      } else if (++i < end) {
        room[length++] = meant(line[i]);
      }
    }
    byte[] octets = Arrays.copyOf(room, length);
    Arrays.fill(room, (byte) 0);
    return octets;
  }

  private static byte meant(byte letter) {
    return switch (letter) {
      case '0' -> 0;
      case '1' -> ESCAPE;
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'n' -> '\n';
      default -> letter;
    };
  }

  /** The letter that an octet is written as; 0 if it stands for itself. */
  static byte letter(byte octet) {
    return switch (octet) {
      case 0 -> '0';
      case ESCAPE -> '1';
      case '\t' -> 't';
      case '\r' -> 'r';
      case '\n' -> 'n';
      default -> 0;
    };
  }

  /** A text as a field has it. */
  static String escaped(String text) {
    StringBuilder field = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      byte letter = c <= '\r' ? letter((byte) c) : 0;
      if (letter == 0) {
        field.append(c);
      } else {
        field.append((char) ESCAPE).append((char) letter);
      }
    }
    return field.toString();
  }

  /** Texts in one field, escaped each for itself, so that they are escaped twice in the line. */
  static String joined(List<String> texts) {
    List<String> fields = new ArrayList<>();
    texts.forEach(text -> fields.add(escaped(text)));
    return String.join("\t", fields);
  }

  /** The texts that are in one field. */
  static List<String> split(String field) {
    List<String> texts = new ArrayList<>();
    for (String text : field.split("\t", -1)) {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      texts.add(unescaped(octets, 0, octets.length));
    }
    return texts;
  }
}
