package dovetail.auth.wire;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A connection on which octets arrive a few at a time. */
final class Trickle implements ReadableByteChannel {
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
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
