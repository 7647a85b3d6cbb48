package dovetail.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A socket of this host, a file, that keeps to its timeouts. The driver's own knows none, so that a
 * database that hangs would hang all who ask it. After a timeout it is closed. Used by one thread
 * at a time, and closed by any.
 */
final class LocalSocket extends Socket {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final UnixDomainSocketAddress address;
  private final SocketChannel channel;
  private volatile boolean connected;
  private volatile int timeout;

  LocalSocket(UnixDomainSocketAddress address) throws IOException {
    this.address = address;
    this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("database-timeouts").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** Does something with the channel. */
  @FunctionalInterface
  private interface Deed<T> {
    T run() throws IOException;
  }

  private static final class Alarm implements Runnable {
    private final SocketChannel channel;
    private volatile boolean rung;

    Alarm(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public void run() {
      rung = true;
      try {
        channel.close();
      } catch (IOException _) {
        // It is of no use any more in any case.
      }
    }
  }

  private <T> T within(int millis, String what, Deed<T> deed) throws IOException {
    if (millis == 0) {
      return deed.run();
    }
    Alarm alarm = new Alarm(channel);
    ScheduledFuture<?> set = CLOCK.schedule(alarm, millis, TimeUnit.MILLISECONDS);
    try {
      return deed.run();
    } catch (ClosedChannelException e) {
      throw alarm.rung ? late(what, millis, e) : new SocketException("Socket closed", e);
    } finally {
      set.cancel(false);
    }
  }

  private static SocketTimeoutException late(String what, int millis, IOException cause) {
    SocketTimeoutException late =
        new SocketTimeoutException("%s took longer than %d ms".formatted(what, millis));
    late.initCause(cause);
    return late;
  }

  /**
   * Connects to the file, wherever the driver believes that it connects to.
   *
   * @throws SocketTimeoutException if that takes longer than so many milliseconds; 0 for no bound
   */
  @Override
  public void connect(SocketAddress ignored, int millis) throws IOException {
    try {
      within(millis, "the connection", () -> channel.connect(address));
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new SocketException(address + ": " + e.getMessage(), e);
    }
    connected = true;
  }

  @Override
  public void connect(SocketAddress ignored) throws IOException {
    connect(ignored, 0);
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] octets, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(octets, offset, length);
        return within(timeout, "the answer", () -> channel.read(buffer));
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] octets, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(octets, offset, length);
        within(
            timeout,
            "the question",
            () -> {
              while (buffer.hasRemaining()) {
                channel.write(buffer);
              }
              return length;
            });
      }
    };
  }

  @Override
  public void setSoTimeout(int millis) {
    timeout = millis;
  }

  @Override
  public int getSoTimeout() {
    return timeout;
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  // What follows has no meaning for a file.

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public void setSoLinger(boolean on, int linger) {}
}
