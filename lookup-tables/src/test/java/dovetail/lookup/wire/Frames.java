package dovetail.lookup.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Netstrings as bytes, written by hand: what the codec must agree with. A character is a byte. */
public final class Frames {
  private Frames() {}

  /** A netstring. */
  public static String frame(String content) {
    return content.length() + ":" + content + ",";
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
