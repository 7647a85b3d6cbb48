package dovetail.dns.dnsjava;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** A TCP connection for one query (RFC 7766 8: two octets of length before each message). */
final class Stream implements AutoCloseable {
  private static final int LENGTH = 2;

  private final Socket socket;

  private Stream(Socket socket) {
    this.socket = socket;
  }

  /** A connection that broke before all of the response had come. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenException(String message) {
      super(message);
    }

    BrokenException(IOException cause) {
      super(cause);
    }
  }

  /**
   * Connects.
   *
   * @throws IOException if nobody is there, or not in time
   */
  static Stream connect(InetSocketAddress server, Deadline until) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(server, until.millis());
      return new Stream(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a query and reads the response.
   *
   * @throws SocketTimeoutException if the response is not complete in time
   * @throws BrokenException if it will never be
   */
  byte[] exchange(byte[] query, Deadline until) throws SocketTimeoutException, BrokenException {
    try {
      ByteBuffer framed = ByteBuffer.allocate(LENGTH + query.length);
      framed.putShort((short) query.length).put(query);
      socket.getOutputStream().write(framed.array()); // at once: some servers read only once
      byte[] length = read(LENGTH, until);
      return read(Short.toUnsignedInt(ByteBuffer.wrap(length).getShort()), until);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new BrokenException(e);
    }
  }

  private byte[] read(int count, Deadline until) throws IOException, BrokenException {
    InputStream in = socket.getInputStream();
    byte[] octets = new byte[count];
    int at = 0;
    while (at < count) {
      socket.setSoTimeout(until.millis()); // each time: octets may come one by one
      int read = in.read(octets, at, count - at);
      if (read < 0) {
        throw new BrokenException("closed after " + at + " of " + count + " octets");
      }
      at += read;
    }
    return octets;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
