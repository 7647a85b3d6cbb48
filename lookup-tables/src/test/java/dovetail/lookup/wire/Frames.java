package dovetail.lookup.wire;

import dovetail.server.io.BoundedInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;

/** Netstrings as bytes, written by hand: what the codec must agree with. A character is a byte. */
public final class Frames {
  private Frames() {}

  /** The bytes of a string of bytes. */
  public static byte[] bytes(String octets) {
    return octets.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The bytes of a text in UTF-8, as a string of bytes. */
  public static String octets(String text) {
    return string(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A string of bytes. */
  public static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A netstring. */
  public static String frame(String content) {
    return content.length() + ":" + content + ",";
  }

  /** An input that ends behind these bytes. */
  public static BoundedInput input(String octets) {
    return new BoundedInput(Channels.newChannel(new ByteArrayInputStream(bytes(octets))));
  }

  /** A sink that keeps what is written. */
  public static SocketmapCodec.Sink into(ByteArrayOutputStream out) {
    return (ByteBuffer written) -> {
      byte[] bytes = new byte[written.remaining()];
      written.get(bytes);
      out.writeBytes(bytes);
    };
  }
}
