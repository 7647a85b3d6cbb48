package dovetail.server.io;

import java.io.IOException;

/**
 * The frame {@code 5:hello,}: the length in decimal digits, a colon, the bytes, a comma (D. J.
 * Bernstein, netstrings.txt). Read strictly: whoever writes another length than he means would be
 * misread from there on.
 */
public final class Netstring {
  private Netstring() {}

  /**
   * Reads one.
   *
   * @param cap the most bytes between colon and comma that are accepted
   * @throws ProtocolException when it is none, is longer, or the input ends inside it
   */
  public static byte[] read(BoundedInput in, int cap) throws IOException {
    byte[] content = in.readBytes(readLength(in, cap), cap);
    int end = in.readByte();
    if (end != ',') {
      throw new ProtocolException(
          "netstring of %d bytes ends with byte %d, not with a comma"
              .formatted(content.length, end));
    }
    return content;
  }

  private static int readLength(BoundedInput in, int cap) throws IOException {
    int length = digit(in.readByte());
    for (int next = in.readByte(); next != ':'; next = in.readByte()) {
      if (length == 0) {
        throw new ProtocolException("netstring length with a leading zero");
      }
      // No overflow: what was read before is at most the cap.
      long longer = 10L * length + digit(next);
      if (longer > cap) {
        throw new ProtocolException("netstring of more than " + cap + " bytes");
      }
      length = (int) longer;
    }
    return length;
  }

  private static int digit(int octet) throws ProtocolException {
    if (octet < '0' || octet > '9') {
      throw new ProtocolException("netstring length with byte " + octet + " in it");
    }
    return octet - '0';
  }
}
