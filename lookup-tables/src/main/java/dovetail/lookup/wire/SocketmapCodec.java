package dovetail.lookup.wire;

import dovetail.mail.Utf8;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.Netstring;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The server's side of socketmap: requests in, answers out. */
public final class SocketmapCodec {
  /** The longest request that is read, in bytes; a peer that announces more has lost its way. */
  static final int MAX_REQUEST = 100_000;

  /** The longest key that a map can have, in bytes (socketmap_max_query_size). */
  static final int MAX_KEY = 10_000;

  /** Where answers go. */
  @FunctionalInterface
  public interface Sink {
    /** Writes all of it. */
    void write(ByteBuffer bytes) throws IOException;
  }

  private final BoundedInput in;
  private final NetstringOutput out;

  /**
   * @param in what the client sends
   * @param out where answers go, one call for each answer
   */
  public SocketmapCodec(BoundedInput in, Sink out) {
    this.in = in;
    this.out = new NetstringOutput(out);
  }

  /**
   * Waits for the first byte of the next request.
   *
   * @return false if the client has closed the connection between two requests
   */
  public boolean await() throws IOException {
    return !in.atEnd();
  }

  /** Whether the next request is already here, at least in part. */
  public boolean buffered() {
    return in.buffered();
  }

  /**
   * Reads the next request.
   *
   * @throws ProtocolException if it is no netstring, truncated, too long, or has no name and key
   */
  public Request read() throws IOException {
    byte[] bytes = Netstring.read(in, MAX_REQUEST);
    int space = 0;
    while (space < bytes.length && bytes[space] != ' ') {
      space++;
    }
    if (space == bytes.length) {
      throw new ProtocolException("socketmap request without a space between name and key");
    }
    return new Request(
        new String(bytes, 0, space, StandardCharsets.ISO_8859_1), key(bytes, space + 1));
  }

  private static Optional<String> key(byte[] bytes, int start) {
    if (bytes.length - start > MAX_KEY) {
      return Optional.empty();
    }
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return Utf8.strict(Arrays.copyOfRange(bytes, start, bytes.length));
      }
    }
    return Optional.of(new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1));
  }

  /** Answers a request, in one write. */
  public void write(Reply reply) throws IOException {
    switch (reply) {
      case Reply.Ok(String value) -> out.write("OK", value);
      case Reply.NotFound() -> out.write("NOTFOUND", "");
      case Reply.Temp(String reason) -> out.write("TEMP", reason);
      case Reply.Perm(String reason) -> out.write("PERM", reason);
    }
  }
}
