package dovetail.policy.wire;

import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The server's side of policy delegation: requests in, answers out. Nothing is ever written that
 * was not asked for: Postfix takes a socket with something to read for one that was closed.
 */
public final class PolicyCodec {
  /** The most bytes of a request; all attributes of Postfix together have a few thousand. */
  static final int MAX_REQUEST = 65_536;

  /** More attributes than that are none of Postfix's. */
  static final int MAX_ATTRIBUTES = 200;

  private static final byte[] ACTION = "action=".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DUNNO = "action=DUNNO\n\n".getBytes(StandardCharsets.US_ASCII);

  /** Where answers go. */
  @FunctionalInterface
  public interface Sink {
    /** Writes all of it. */
    void write(ByteBuffer bytes) throws IOException;
  }

  private final BoundedInput in;
  private final Sink out;

  /**
   * @param in what the client sends
   * @param out where answers go, one call for each answer
   */
  public PolicyCodec(BoundedInput in, Sink out) {
    this.in = in;
    this.out = out;
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
   * @throws ProtocolException if it is none, of another kind, truncated, or too long
   */
  public Request read() throws IOException {
    Request.Builder request = new Request.Builder();
    int left = MAX_REQUEST;
    int attributes = 0;
    byte[] line = in.readLine(left);
    while (line.length > 0) {
      if (++attributes > MAX_ATTRIBUTES) {
        throw new ProtocolException(
            "policy request of more than %d attributes".formatted(attributes));
      }
      add(request, line);
      left -= line.length;
      line = in.readLine(left);
    }
    Request built = request.build();
    if (!built.get(Attribute.REQUEST).equals(Request.KIND)) {
      throw new ProtocolException(
          attributes == 0
              ? "empty policy request"
              : "policy request without request=" + Request.KIND);
    }
    return built;
  }

  private static void add(Request.Builder request, byte[] line) throws ProtocolException {
    int equals = 0;
    while (equals < line.length && line[equals] != '=') {
      equals++;
    }
    if (equals == 0 || equals == line.length) {
      throw new ProtocolException("policy request with a line that is no name=value");
    }
    request.put(
        new String(line, 0, equals, StandardCharsets.ISO_8859_1),
        text(line, equals + 1, line.length));
  }

  /** Octets that are not UTF-8 become U+FFFD: what is in them matches nothing that is ours. */
  private static String text(byte[] line, int start, int end) {
    for (int i = start; i < end; i++) {
      if (line[i] < 0) {
        return new String(line, start, end - start, StandardCharsets.UTF_8);
      }
    }
    return new String(line, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** Answers a request, in one write. */
  public void write(Reply reply) throws IOException {
    if (reply instanceof Reply.Dunno) {
      out.write(ByteBuffer.wrap(DUNNO));
      return;
    }
    byte[] text = reply.action().getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(ACTION.length + text.length + 2);
    buffer.put(ACTION).put(text).put((byte) '\n').put((byte) '\n').flip();
    out.write(buffer);
  }
}
