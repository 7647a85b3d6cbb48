package dovetail.store.foreign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The octets of a dump, with one to look ahead, and the number of the line. */
final class DumpInput {
  static final int END = -1;

  private static final int BUFFER = 64 * 1024;

  private final String file;
  private final FileChannel channel;
  private final byte[] buffer = new byte[BUFFER];
  private long position;
  private int next;
  private int filled;
  private long line = 1;

  /**
   * From the start.
   *
   * @param channel stays open
   */
  DumpInput(String file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  long line() {
    return line;
  }

  /** The next octet, which stays; {@link #END} if there is none. */
  int peek() {
    if (next == filled) {
      try {
        filled = Math.max(0, channel.read(ByteBuffer.wrap(buffer), position));
        position += filled;
        next = 0;
      } catch (IOException e) {
        throw new UnreadableException("cannot read " + file + ": " + e, e);
      }
    }
    return filled == 0 ? END : buffer[next] & 0xff;
  }

  /** Takes the next octet. */
  int read() {
    int octet = peek();
    if (octet != END) {
      next++;
      if (octet == '\n') {
        line++;
      }
    }
    return octet;
  }

  /** What is wrong where the input stands. */
  UnreadableException wrong(String message) {
    return new UnreadableException("%s, line %d: %s".formatted(file, line, message));
  }
}
