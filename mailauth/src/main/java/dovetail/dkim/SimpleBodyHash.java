package dovetail.dkim;

import java.security.MessageDigest;

/** RFC 6376 3.4.3: all as it is, but the CRLFs at the end count as one. */
final class SimpleBodyHash implements BodyHash {
  private final MessageDigest digest;

  /** CRLFs that are hashed only if something follows them. */
  private long lineEnds;

  /** Whether a CR stands behind those CRLFs, whose LF may be in the next chunk. */
  private boolean carriageReturn;

  SimpleBodyHash(MessageDigest digest) {
    this.digest = digest;
  }

  @Override
  public void update(byte[] chunk, int offset, int length) {
    int end = offset + length;
    int start = skipLineEnds(chunk, offset, end);
    if (start == end) {
      return;
    }
    releaseHeld();
    int dataEnd = end;
    if (chunk[dataEnd - 1] == '\r') {
      carriageReturn = true;
      dataEnd--;
    }
    while (dataEnd - 2 >= start && chunk[dataEnd - 2] == '\r' && chunk[dataEnd - 1] == '\n') {
      lineEnds++;
      dataEnd -= 2;
    }
    digest.update(chunk, start, dataEnd - start);
  }

  /** Counts the CRLFs that go on from the last chunk; gives the first byte that is none. */
  private int skipLineEnds(byte[] chunk, int offset, int end) {
    int i = offset;
    while (i < end) {
      if (carriageReturn) {
        if (chunk[i] != '\n') {
          return i;
        }
        carriageReturn = false;
        lineEnds++;
      } else if (chunk[i] == '\r') {
        carriageReturn = true;
      } else {
        return i;
      }
      i++;
    }
    return i;
  }

  private void releaseHeld() {
    LineEnds.hash(digest, lineEnds);
    lineEnds = 0;
    if (carriageReturn) {
      digest.update((byte) '\r');
      carriageReturn = false;
    }
  }

  @Override
  public byte[] finish() {
    if (carriageReturn) {
      releaseHeld();
    }
    LineEnds.hash(digest, 1); // RFC 6376 3.4.3: also for an empty body
    return digest.digest();
  }
}
