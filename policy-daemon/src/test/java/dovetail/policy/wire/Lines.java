package dovetail.policy.wire;

import dovetail.server.io.BoundedInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;

/** Requests as bytes. A character is a byte. */
public final class Lines {
  private Lines() {}

  /** The bytes of a string of bytes. */
  public static byte[] bytes(String octets) {
    return octets.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A string of bytes. */
  public static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** An input that ends behind these bytes. */
  public static BoundedInput input(String octets) {
    return new BoundedInput(Channels.newChannel(new ByteArrayInputStream(bytes(octets))));
  }

  /** A sink that keeps what is written. */
  public static PolicyCodec.Sink into(ByteArrayOutputStream out) {
    return (ByteBuffer written) -> {
      byte[] bytes = new byte[written.remaining()];
      written.get(bytes);
      out.writeBytes(bytes);
    };
  }

  /** A request with these lines besides the one that all have. */
  public static String request(String... lines) {
    StringBuilder text = new StringBuilder("request=smtpd_access_policy\n");
    for (String line : lines) {
      text.append(line).append('\n');
    }
    return text.append('\n').toString();
  }
}
