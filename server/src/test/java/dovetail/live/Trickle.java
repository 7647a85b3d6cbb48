package dovetail.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** A connection on which bytes arrive a few at a time; what is sent is kept. */
public final class Trickle implements ByteChannel {
  private final ByteBuffer bytes;
  private final int size;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /** These bytes, so many at a time. */
  public Trickle(byte[] bytes, int size) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.size = size;
  }

  /** What was written to it. */
  public byte[] sent() {
    return sent.toByteArray();
  }

  @Override
  public int read(ByteBuffer target) {
    if (!bytes.hasRemaining()) {
      return -1;
    }
    int length = Math.min(Math.min(size, bytes.remaining()), target.remaining());
    target.put(bytes.slice(bytes.position(), length));
    bytes.position(bytes.position() + length);
    return length;
  }

  /** Takes a few bytes at a time, as a socket may. */
  @Override
  public int write(ByteBuffer source) {
    int length = Math.min(size, source.remaining());
    for (int i = 0; i < length; i++) {
      sent.write(source.get());
    }
    return length;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
