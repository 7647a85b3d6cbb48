package dovetail.mail;

import java.nio.ByteBuffer;

/**
 * Counts the lines that are longer than mail allows, as text passes in chunks (RFC 5322 2.1.1). A
 * later hop breaks such lines, and with them the signature.
 */
public final class LineLengths {
  /** Octets in a line, without its line end. */
  public static final int MAX_LINE = 998;

  // Eight octets at a time: this looks at each octet of each body that is signed.
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LINE_FEEDS = '\n' * ONES;

  /** Octets of the line that has not ended, its last CR among them. */
  private long octets;

  private boolean carriageReturn;
  private boolean counted;
  private int longLines;

  /** Takes note of what remains in that buffer; its position does not move. */
  public void update(ByteBuffer chunk) {
    int start = chunk.position();
    int end = chunk.limit();
    while (start < end) {
      if (octets == 0) {
        start = pastShortLines(chunk, start, end);
      }
      int lineFeed = lineFeed(chunk, start, end);
      if (lineFeed > start) {
        carriageReturn = chunk.get(lineFeed - 1) == '\r';
      }
      octets += lineFeed - start;
      // A CR counts unless it is part of the line end, which may still come.
      if (!counted && octets - (carriageReturn ? 1 : 0) > MAX_LINE) {
        longLines++;
        counted = true;
      }
      if (lineFeed < end) {
        octets = 0;
        carriageReturn = false;
        counted = false;
      }
      start = lineFeed + 1;
    }
  }

  /**
   * Steps over whole lines that are surely short: those that end before an LF that is near enough,
   * however many they are. So most octets are not looked at.
   */
  private static int pastShortLines(ByteBuffer chunk, int start, int end) {
    int next = start;
    int i = Math.min(next + MAX_LINE, end - 1);
    while (i >= next) {
      if (chunk.get(i) == '\n') {
        next = i + 1;
        i = Math.min(next + MAX_LINE, end - 1);
      } else {
        i--;
      }
    }
    return next;
  }

  /** The index of the next LF; the end if there is none. */
  private static int lineFeed(ByteBuffer chunk, int start, int end) {
    int i = start;
    while (i + Long.BYTES <= end) {
      long differences = chunk.getLong(i) ^ LINE_FEEDS;
      if (((differences - ONES) & ~differences & HIGH_BITS) != 0) {
        break; // one of them is 0
      }
      i += Long.BYTES;
    }
    while (i < end && chunk.get(i) != '\n') {
      i++;
    }
    return i;
  }

  /** Lines so far that are too long, the unfinished one included. */
  public int longLines() {
    return longLines;
  }
}
