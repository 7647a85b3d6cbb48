package dovetail.lookup.mtasts;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A connection below TLS that knows whether it was read to its end. Java takes such an end for the
 * end of what the peer says. Whoever is on the way can make one, but no close_notify, and behind
 * that nothing is read any more.
 */
final class RawSocket extends Socket {
  private volatile boolean ended;

  /** Whether there was an end, instead of one of TLS. */
  boolean hasEnded() {
    return ended;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        return noted(in.read());
      }

      @Override
      public int read(byte[] octets, int offset, int length) throws IOException {
        return noted(in.read(octets, offset, length));
      }
    };
  }

  private int noted(int read) {
    if (read < 0) {
      ended = true;
    }
    return read;
  }
}
