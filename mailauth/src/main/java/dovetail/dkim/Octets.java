package dovetail.dkim;

import dovetail.tag.TagList;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of tag lists, which comes with one character for each octet. */
final class Octets {
  private Octets() {}

  /** The text that those octets are in UTF-8 (RFC 8616 3); as they are where they are none. */
  static String decoded(String octets) {
    return decoded(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String decoded(byte[] octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException _) {
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
  }

  /** Whether a list with colons between has that word; case does not count. */
  static boolean listed(String list, String word) {
    for (String item : list.split(":", -1)) {
      if (TagList.withoutSpace(item).equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }
}
