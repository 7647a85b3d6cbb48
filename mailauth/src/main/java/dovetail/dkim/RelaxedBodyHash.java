package dovetail.dkim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * RFC 6376 3.4.4: white space within a line counts as one space, at its end as nothing, and empty
 * lines at the end of the body as nothing.
 *
 * <p>Most of a body is canonical as it stands. Such stretches are hashed where they lie; only what
 * is short or stands between them is collected first.
 */
final class RelaxedBodyHash implements BodyHash {
  /** Stretches from this length on are not collected. */
  private static final int LONG = 256;

  // Eight octets at a time where that goes: this looks at each octet of each body. The first of
  // them is the lowest, whatever the machine.
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long SPACES = ' ' * ONES;
  private static final long BEYOND_SPACE = (' ' + 1) * ONES;

  private final BodyDigest digest;
  private final byte[] out = new byte[4 * LONG];
  private int length;

  /** CRLFs that are hashed only if a line with something in it follows. */
  private long lineEnds;

  /** Whether white space was seen that counts only if something follows in its line. */
  private boolean space;

  /** Whether a CR was seen whose LF may be next. */
  private boolean carriageReturn;

  /** Whether anything at all was hashed. */
  private boolean something;

  RelaxedBodyHash(BodyDigest digest) {
    this.digest = digest;
  }

  @Override
  public void update(byte[] in, int offset, int count) {
    int end = offset + count;
    int i = offset;
    while (i < end) {
      byte b = in[i];
      if (carriageReturn && b == '\n') {
        carriageReturn = false;
        space = false;
        lineEnds++;
        i++;
      } else if (b == '\r' && !carriageReturn) {
        carriageReturn = true;
        i++;
      } else if (isSpace(b) && !carriageReturn) {
        space = true;
        i++;
      } else {
        releaseHeld();
        if (b != '\r' && !isSpace(b)) {
          int until = canonicalUntil(in, i, end);
          hash(in, i, until);
          i = until;
        }
      }
    }
  }

  /**
   * Where the stretch ends that is canonical as it stands, line ends included: it holds single
   * spaces only, and none of them, nor a line end, is the last that is seen.
   *
   * @param start an octet that is neither white space nor CR
   */
  private static int canonicalUntil(byte[] in, int start, int end) {
    int line = start;
    int i = start;
    long spaceBefore = 0;
    while (i + Long.BYTES <= end) {
      long octets = (long) EIGHT.get(in, i);
      long spaces = spaces(octets);
      long doubtful = controls(octets) | (spaces & ((spaces << Byte.SIZE) | spaceBefore));
      if (doubtful == 0) {
        spaceBefore = spaces >>> (Long.SIZE - Byte.SIZE);
        i += Long.BYTES;
        continue;
      }
      int doubt = i + Long.numberOfTrailingZeros(doubtful) / Byte.SIZE;
      i = beforeSpace(in, start, doubt);
      int next = past(in, i, end);
      if (next == i) {
        return i;
      }
      spaceBefore = 0;
      if (next - i > 1) { // a line end
        i = pastAlike(in, next, end, next - line);
        line = i;
      } else {
        i = doubt + 1; // what follows a single space is something
      }
    }
    i = beforeSpace(in, start, i);
    while (i < end) {
      int next = past(in, i, end);
      if (next == i) {
        return i;
      }
      i = next;
    }
    return i;
  }

  /** One step back if that leads to a space. */
  private static int beforeSpace(byte[] in, int start, int i) {
    return i > start && in[i - 1] == ' ' ? i - 1 : i;
  }

  /**
   * The index behind the lines that are as long as the one before them and hold no white space, as
   * those of an attachment: nothing is decided within one of them.
   *
   * @param length octets of a line, its line end included
   */
  private static int pastAlike(byte[] in, int start, int end, int length) {
    int line = start;
    if (length < 2 * Long.BYTES) {
      return line;
    }
    int next = line + length;
    while (next < end
        && in[next - 2] == '\r'
        && in[next - 1] == '\n'
        && begins(in[next])
        && isPlain(in, line, next - 2)) {
      line = next;
      next += length;
    }
    return line;
  }

  /** Whether octets, eight or more, are all above a space. */
  private static boolean isPlain(byte[] in, int from, int to) {
    int last = to - Long.BYTES;
    long found = upToSpace(in, last);
    int i = from;
    for (; i <= last - 3 * Long.BYTES; i += 4 * Long.BYTES) {
      found |=
          upToSpace(in, i)
              | upToSpace(in, i + Long.BYTES)
              | upToSpace(in, i + 2 * Long.BYTES)
              | upToSpace(in, i + 3 * Long.BYTES);
    }
    for (; i < last; i += Long.BYTES) {
      found |= upToSpace(in, i);
    }
    return (found & HIGH_BITS) == 0;
  }

  /** Some high bit if one of the eight octets there is a space or below. */
  private static long upToSpace(byte[] in, int i) {
    long octets = (long) EIGHT.get(in, i);
    return (octets - BEYOND_SPACE) & ~octets;
  }

  /** A high bit for each octet that is a space; behind one, perhaps for another octet. */
  private static long spaces(long octets) {
    long others = octets ^ SPACES;
    return (others - ONES) & ~others & HIGH_BITS;
  }

  /** A high bit for each octet below a space; behind one, perhaps for another octet. */
  private static long controls(long octets) {
    return (octets - SPACES) & ~octets & HIGH_BITS;
  }

  /** The index behind one thing that is canonical as it stands; the same index if it may not be. */
  private static int past(byte[] in, int i, int end) {
    return switch (in[i]) {
      case '\t' -> i;
      case ' ' -> i + 1 < end && begins(in[i + 1]) ? i + 1 : i;
      case '\r' -> pastLineEnds(in, i, end);
      default -> i + 1;
    };
  }

  /** One line end, or two, with something behind them, be it indented by one space. */
  private static int pastLineEnds(byte[] in, int i, int end) {
    int at = i;
    while (at - i < 4 && at + 2 < end && in[at] == '\r' && in[at + 1] == '\n') {
      at += 2;
      if (begins(in[at]) || (in[at] == ' ' && past(in, at, end) > at)) {
        return at;
      }
    }
    return i;
  }

  /** Whether an octet is something, whatever follows. */
  private static boolean begins(byte b) {
    return b != '\r' && !isSpace(b);
  }

  /** Something follows in this line: what was held back counts. */
  private void releaseHeld() {
    something = true;
    if (lineEnds > 0) {
      releaseLineEnds();
    }
    if (out.length - length < 2) {
      drain();
    }
    if (space) {
      out[length++] = ' ';
      space = false;
    }
    if (carriageReturn) {
      out[length++] = '\r';
      carriageReturn = false;
    }
  }

  private void releaseLineEnds() {
    if (2 * lineEnds <= out.length - length) {
      length = LineEnds.append(out, length, (int) lineEnds);
    } else {
      drain();
      LineEnds.hash(digest, lineEnds);
    }
    lineEnds = 0;
  }

  private void hash(byte[] in, int from, int to) {
    int count = to - from;
    if (count >= LONG || count > out.length - length) {
      drain();
    }
    if (count >= LONG) {
      digest.update(in, from, count);
    } else {
      System.arraycopy(in, from, out, length, count);
      length += count;
    }
  }

  private void drain() {
    digest.update(out, 0, length);
    length = 0;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  @Override
  public byte[] finish() {
    if (carriageReturn) {
      releaseHeld();
    }
    drain();
    if (something) { // RFC 6376 3.4.4: an empty body stays empty
      LineEnds.hash(digest, 1);
    }
    return digest.finish();
  }
}
