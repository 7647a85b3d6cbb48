package dovetail.auth.wire;

import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.util.Arrays;

/** Reads lines. */
final class LineReader {
  private final BoundedInput in;
  private final int most;

  /**
   * @param most the most octets of a line, without the LF
   */
  LineReader(BoundedInput in, int most) {
    this.in = in;
    this.most = most;
  }

  boolean await() throws IOException {
    return !in.atEnd();
  }

  boolean buffered() {
    return in.buffered();
  }

  /**
   * Reads one, with LF or CRLF at its end.
   *
   * @throws ProtocolException if it is truncated, too long, or has NUL in it, which ends it for
   *     programs in C
   */
  TabFields read() throws IOException {
    byte[] line = in.readLine(most);
    int length = line.length;
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    for (int i = 0; i < length; i++) {
      if (line[i] == 0) {
        Arrays.fill(line, (byte) 0);
        throw new ProtocolException("a line with NUL in it");
      }
    }
    return new TabFields(line, length);
  }
}
