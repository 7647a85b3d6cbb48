package dovetail.auth.wire;

import java.util.Arrays;
import java.util.Base64;

/** What stands in base64 in a line, or should. */
public sealed interface Payload extends AutoCloseable {
  /** These octets, possibly none. */
  record Octets(SaslData data) implements Payload {
    @Override
    public void close() {
      data.close();
    }
  }

  /**
   * What is no base64, of which nothing is kept: the answer is FAIL with {@link
   * FailCode#INVALID_BASE64}. Written, it is something else that is none.
   */
  record BadBase64() implements Payload {
    @Override
    public void close() {}
  }

  /** Forgets the octets. */
  @Override
  void close();

  /** Those octets, taken over. */
  static Payload of(byte[] octets) {
    return new Octets(SaslData.taking(octets));
  }

  /** Reads base64 with its padding (RFC 4648 4); nothing else is made of it, so nothing is left. */
  static Payload decode(byte[] line, int start, int end) {
    int length = end - start;
    if (length % 4 != 0) {
      return new BadBase64();
    }
    byte[] encoded = Arrays.copyOfRange(line, start, end);
    byte[] octets = new byte[length / 4 * 3 - padding(line, start, end)];
    try {
      int decoded = Base64.getDecoder().decode(encoded, octets);
      return decoded == octets.length ? of(octets) : new BadBase64();
    } catch (IllegalArgumentException _) {
      Arrays.fill(octets, (byte) 0);
      return new BadBase64();
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static int padding(byte[] line, int start, int end) {
    int padding = 0;
    while (padding < 2 && end - padding > start && line[end - padding - 1] == '=') {
      padding++;
    }
    return padding;
  }
}
