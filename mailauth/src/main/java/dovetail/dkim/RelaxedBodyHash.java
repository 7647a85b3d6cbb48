package dovetail.dkim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * RFC 6376 3.4.4: white space within a line counts as one space, at its end as nothing, and empty
 * lines at the end of the body as nothing.
 */
final class RelaxedBodyHash implements BodyHash {
  /** Room for one piece, for as many line ends held back before it, and for a space and a CR. */
  private static final int ROOM = 2 * LineEnds.PIECE + 2;

  // Eight octets at a time where that goes: this looks at each octet of each body.
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BEYOND_SPACE = (' ' + 1) * ONES;

  private final BodyDigest digest;
  private final byte[] out = new byte[ROOM];
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
  public void update(byte[] chunk, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end; i += LineEnds.PIECE) {
      piece(chunk, i, Math.min(end, i + LineEnds.PIECE));
      drain();
    }
  }

  private void piece(byte[] in, int start, int end) {
    int i = start;
    while (i < end) {
      byte b = in[i];
      if (carriageReturn && b == '\n') {
        carriageReturn = false;
        space = false;
        lineEnds++;
        i++;
      } else if (b == '\r' && !carriageReturn) {
        if (i + 1 < end && in[i + 1] == '\n') { // nearly always: spare the detour
          space = false;
          lineEnds++;
          i += 2;
        } else {
          carriageReturn = true;
          i++;
        }
      } else if (isSpace(b) && !carriageReturn) {
        space = true;
        i++;
      } else {
        releaseHeld();
        if (b != '\r' && !isSpace(b)) {
          i = copyRun(in, i, end);
        }
      }
    }
  }

  /** Copies as long as nothing can change: words, and single spaces between them. */
  private int copyRun(byte[] in, int start, int end) {
    byte[] target = out;
    int to = length;
    int i = start;
    target[to++] = in[i++];
    while (i < end) {
      if (i + Long.BYTES <= end) {
        long octets = (long) EIGHT.get(in, i);
        if (((octets - BEYOND_SPACE) & ~octets & HIGH_BITS) == 0) { // none up to a space
          EIGHT.set(target, to, octets);
          i += Long.BYTES;
          to += Long.BYTES;
          continue;
        }
      }
      int b = in[i] & 0xFF;
      if (b <= ' ') {
        boolean single = b == ' ' && i + 1 < end && (in[i + 1] & 0xFF) > ' ';
        if (!single && (b == ' ' || b == '\t' || b == '\r')) {
          break;
        }
      }
      target[to++] = (byte) b;
      i++;
    }
    length = to;
    return i;
  }

  /** Something follows in this line: what was held back counts. */
  private void releaseHeld() {
    something = true;
    if (lineEnds > 0) {
      releaseLineEnds();
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
    if (2 * lineEnds <= LineEnds.PIECE) {
      length = LineEnds.append(out, length, (int) lineEnds);
    } else {
      drain();
      LineEnds.hash(digest, lineEnds);
    }
    lineEnds = 0;
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
