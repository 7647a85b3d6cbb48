package dovetail.server.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Reads a peer's bytes through one buffer, which is larger while bytes come faster than they are
 * taken. Nothing is allocated on the word of a length that the peer has sent: arrays grow with the
 * bytes that have arrived. For one thread.
 *
 * <p>End of input inside a value is a {@link ProtocolException} whose text starts with "truncated".
 */
public final class BoundedInput {
  /** What a connection holds that says little or nothing. */
  private static final int BUFFER_BYTES = 16 * 1024;

  /** What one holds that sends much: a quarter of the reads. */
  private static final int MOST_BYTES = 4 * BUFFER_BYTES;

  private final ReadableByteChannel channel;
  private byte[] bytes = new byte[BUFFER_BYTES];
  // One view for the channel to fill; its position and limit are set anew for each read.
  private ByteBuffer view = ByteBuffer.wrap(bytes);
  private int position;
  private int limit;

  /**
   * @param channel where bytes come from; its reads block
   */
  public BoundedInput(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until a byte is there.
   *
   * @return true when the peer has ended its side instead
   */
  public boolean atEnd() throws IOException {
    return position == limit && !fill();
  }

  /** Whether a byte can be read without waiting. */
  public boolean buffered() {
    return position < limit;
  }

  /** Takes the next byte, 0 to 255. */
  public int readByte() throws IOException {
    require(1, "a byte");
    return bytes[position++] & 0xff;
  }

  /** Takes the next four bytes as a signed integer, most significant byte first. */
  public int readInt() throws IOException {
    require(Integer.BYTES, "a length");
    int at = position;
    position += Integer.BYTES;
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  /**
   * Reads exactly that many bytes.
   *
   * @param count how many
   * @param cap the most that is accepted
   * @throws ProtocolException when count is negative or above cap (nothing is read or allocated
   *     then), or when the input ends early
   */
  public byte[] readBytes(int count, int cap) throws IOException {
    if (count < 0 || count > cap) {
      throw new ProtocolException("%d bytes announced, at most %d allowed".formatted(count, cap));
    }
    byte[] result = new byte[Math.min(count, Math.max(limit - position, BUFFER_BYTES))];
    int filled = 0;
    while (filled < count) {
      if (position == limit && !fill()) {
        throw truncated("data", filled, count);
      }
      int length = Math.min(limit - position, count - filled);
      if (filled + length > result.length) {
        result = Arrays.copyOf(result, grown(result.length, filled + length, count));
      }
      System.arraycopy(bytes, position, result, filled, length);
      position += length;
      filled += length;
    }
    return result;
  }

  /** Twice the size, but never more than is announced nor less than is needed now. */
  private static int grown(int size, int needed, int announced) {
    int next = (int) Math.min((long) size * 2, announced);
    return Math.max(next, needed);
  }

  /**
   * Takes bytes that have arrived, waiting for some if there are none.
   *
   * @param max the most to take, at least 1
   * @return a view of 1 to max bytes, valid until the next call on this object
   */
  public ByteBuffer slice(int max) throws IOException {
    require(1, "data");
    int length = Math.min(max, limit - position);
    ByteBuffer slice = ByteBuffer.wrap(bytes, position, length).slice();
    position += length;
    return slice;
  }

  /**
   * Takes the bytes up to the next line feed, which is taken, too, but is not among them.
   *
   * @param cap the most bytes before the line feed that are accepted
   * @throws ProtocolException when there are more, or when the input ends early
   */
  public byte[] readLine(int cap) throws IOException {
    byte[] before = {};
    while (true) {
      int end = position;
      while (end < limit && bytes[end] != '\n') {
        end++;
      }
      int length = before.length + end - position;
      if (length > cap) {
        throw new ProtocolException("a line of more than %d bytes".formatted(cap));
      }
      byte[] line = Arrays.copyOf(before, length);
      System.arraycopy(bytes, position, line, before.length, end - position);
      boolean whole = end < limit;
      position = whole ? end + 1 : end;
      if (whole) {
        return line;
      }
      if (!fill()) {
        throw truncated("a line", length, length + 1);
      }
      before = line;
    }
  }

  private void require(int count, String what) throws IOException {
    while (limit - position < count) {
      if (!fill()) {
        throw truncated(what, limit - position, count);
      }
    }
  }

  private static ProtocolException truncated(String what, int got, int wanted) {
    return new ProtocolException(
        "truncated: the peer closed inside %s, after %d of %d bytes".formatted(what, got, wanted));
  }

  /** Reads more behind what is there; false at the end of input. */
  private boolean fill() throws IOException {
    if (position == limit) {
      resize();
      position = 0;
      limit = 0;
    } else if (bytes.length - position < Integer.BYTES) {
      System.arraycopy(bytes, position, bytes, 0, limit - position);
      limit -= position;
      position = 0;
    }
    view.limit(bytes.length).position(limit);
    int read;
    do {
      read = channel.read(view);
    } while (read == 0);
    if (read < 0) {
      return false;
    }
    limit += read;
    return true;
  }

  /** Takes the buffer, which is empty, that suits how far the reads before have filled it. */
  private void resize() {
    int wanted = bytes.length;
    if (limit == bytes.length) {
      wanted = MOST_BYTES;
    } else if (limit <= BUFFER_BYTES) {
      wanted = BUFFER_BYTES;
    }
    if (wanted != bytes.length) {
      bytes = new byte[wanted];
      view = ByteBuffer.wrap(bytes);
    }
  }
}
