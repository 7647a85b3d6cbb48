package dovetail.server.io;

import java.io.IOException;

/**
 * The head of a length-prefixed frame: four bytes of length, most significant first, that count all
 * that follows, then one byte that says what it is.
 *
 * @param command the byte after the length, 0 to 255
 * @param length how many bytes follow the command
 */
public record FrameHead(int command, int length) {

  /**
   * Reads length and command; the rest of the frame is left in the input.
   *
   * @param cap the largest length that is accepted, the command included
   * @throws ProtocolException when the length is 0 or above the cap, or the input ends early
   */
  public static FrameHead read(BoundedInput input, int cap) throws IOException {
    int length = input.readInt();
    if (length < 1 || length > cap) {
      throw new ProtocolException(
          "a packet of %s bytes, allowed are 1 to %d"
              .formatted(Integer.toUnsignedString(length), cap));
    }
    return new FrameHead(input.readByte(), length - 1);
  }
}
