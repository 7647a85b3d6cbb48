package dovetail.auth.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Where codecs write to. */
public final class Sinks {
  private Sinks() {}

  /** Keeps what is written. */
  public static Sink into(ByteArrayOutputStream out) {
    return (ByteBuffer written) -> {
      byte[] bytes = new byte[written.remaining()];
      written.get(bytes);
      out.writeBytes(bytes);
    };
  }

  /** For those that write nothing. */
  public static Sink nowhere() {
    return _ -> {
      throw new AssertionError("something is written");
    };
  }
}
