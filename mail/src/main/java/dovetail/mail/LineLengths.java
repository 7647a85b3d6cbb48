package dovetail.mail;

import java.nio.ByteBuffer;

/**
 * Counts the lines that are longer than mail allows, as text passes in chunks (RFC 5322 2.1.1). A
 * later hop breaks such lines, and with them the signature.
 */
public final class LineLengths {
  /** Octets in a line, without its line end. */
  public static final int MAX_LINE = 998;

  private int length;
  private boolean carriageReturn;
  private int longLines;

  /** Takes note of what remains in that buffer; its position does not move. */
  public void update(ByteBuffer chunk) {
    for (int i = chunk.position(); i < chunk.limit(); i++) {
      byte b = chunk.get(i);
      if (b == '\n') {
        length = 0;
        carriageReturn = false;
        continue;
      }
      if (carriageReturn) {
        count();
      }
      carriageReturn = b == '\r';
      if (!carriageReturn) {
        count();
      }
    }
  }

  private void count() {
    length++;
    if (length == MAX_LINE + 1) {
      longLines++;
    }
  }

  /** Lines so far that are too long, the unfinished one included. */
  public int longLines() {
    return longLines;
  }
}
