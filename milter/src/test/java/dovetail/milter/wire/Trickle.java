package dovetail.milter.wire;

import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** A connection on which bytes arrive a few at a time; what is sent is nobody's. */
final class Trickle implements ByteChannel {
  private final ByteBuffer bytes;
  private final int size;

  Trickle(byte[] bytes, int size) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.size = size;
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

  @Override
  public int write(ByteBuffer source) {
    int length = source.remaining();
    source.position(source.limit());
    return length;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
