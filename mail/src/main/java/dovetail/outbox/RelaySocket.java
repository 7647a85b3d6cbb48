package dovetail.outbox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A connection to the relay, below TLS, that takes no more than is allowed for and no longer. Never
 * through a proxy, whatever the properties of the JVM say.
 */
final class RelaySocket extends Socket {
  private final InetAddress relay;
  private final CountDownLatch closed = new CountDownLatch(1);
  private int allowed;
  private boolean overrun;
  private volatile boolean late;

  private RelaySocket(InetAddress relay) {
    super(Proxy.NO_PROXY);
    this.relay = relay;
  }

  /**
   * Connects, and cuts the connection when its time is over, whatever it waits for then.
   *
   * @param relay an address that bears a name
   */
  static RelaySocket connect(InetAddress relay, int port, SmtpSettings.Timeouts timeouts)
      throws IOException {
    RelaySocket socket = new RelaySocket(relay);
    try {
      socket.connect(new InetSocketAddress(relay, port), (int) timeouts.connect().toMillis());
      socket.patience(timeouts.reply());
      socket.setTcpNoDelay(true);
      Thread.ofVirtual().name("outbox deadline").start(() -> socket.watch(timeouts.whole()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void watch(Duration time) {
    try {
      if (!closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        late = true;
        close();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the connection was cut because its time was over. */
  boolean isLate() {
    return late;
  }

  /** Whether more has come than was allowed. */
  boolean isOverrun() {
    return overrun;
  }

  /** How long each octet from now on may take. */
  void patience(Duration time) throws IOException {
    setSoTimeout((int) time.toMillis());
  }

  /** How many octets may come from now on. */
  void allow(int octets) {
    allowed = octets;
  }

  /** The address with the name under which it was found, which nobody has to look up. */
  @Override
  public InetAddress getInetAddress() {
    return relay;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] octets, int offset, int length) throws IOException {
        if (allowed <= 0 && length > 0) {
          overrun = true;
          throw new IOException("too long");
        }
        int read = in.read(octets, offset, Math.min(length, allowed));
        allowed -= Math.max(0, read);
        return read;
      }
    };
  }

  /** Closes, which cannot fail for those who have all that they wanted. */
  @Override
  public void close() {
    closed.countDown();
    try {
      super.close();
    } catch (IOException _) {
      return; // there is nothing more to do about it
    }
  }
}
