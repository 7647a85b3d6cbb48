package dovetail.auth.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a codec's lines go. */
@FunctionalInterface
public interface Sink {
  /** Writes all of it; the octets are overwritten afterwards, and are not to be kept. */
  void write(ByteBuffer bytes) throws IOException;
}
