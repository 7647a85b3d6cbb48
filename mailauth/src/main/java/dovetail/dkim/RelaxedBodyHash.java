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
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long SPACES = ' ' * ONES;
  private static final long BEYOND_SPACE = (' ' + 1) * ONES;

  /** What an octet has that is no control character: these are below a space. */
  private static final long BITS_OF_NO_CONTROL = 0xE0E0E0E0E0E0E0E0L;

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
    int i = start;
    while (i + Long.BYTES <= end) {
      long octets = (long) EIGHT.get(in, i);
      if (((octets - BEYOND_SPACE) & ~octets & HIGH_BITS) == 0) { // none up to a space
        i += Long.BYTES;
        continue;
      }
      long spaces = zeros(octets ^ SPACES);
      long controls = zeros(octets & BITS_OF_NO_CONTROL);
      if ((controls | (spaces & (spaces << Byte.SIZE))) == 0) {
        i += Long.BYTES - (int) (spaces >>> 63); // the last may have another behind it
        continue;
      }
      i += Long.numberOfTrailingZeros(controls | spaces) / Byte.SIZE;
      int next = past(in, i, end);
      if (next == i) {
        return i;
      }
      i = next;
    }
    while (i < end) {
      int next = past(in, i, end);
      if (next == i) {
        return i;
      }
      i = next;
    }
    return i;
  }

  /** A high bit for each octet that is 0, and nothing else. */
  private static long zeros(long octets) {
    return ~(((octets & LOW_BITS) + LOW_BITS) | octets | LOW_BITS);
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
