package dovetail.live;

import dovetail.server.io.BoundedInput;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;

/** Bytes as text: a character is a byte. */
public final class Octets {
  private Octets() {}

  /** The bytes of such a text. */
  public static byte[] bytes(String octets) {
    return octets.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** These bytes as such a text. */
  public static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The bytes of any text in UTF-8, as such a text. */
  public static String utf8(String text) {
    return string(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An input that ends behind these bytes. */
  public static BoundedInput input(String octets) {
    return new BoundedInput(Channels.newChannel(new ByteArrayInputStream(bytes(octets))));
  }

  /** The same, of which so many arrive at a time. */
  public static BoundedInput input(String octets, int size) {
    return new BoundedInput(new Trickle(bytes(octets), size));
  }
}
