package dovetail.policy.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Requests as bytes. A character is a byte. */
public final class Lines {
  private Lines() {}

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
