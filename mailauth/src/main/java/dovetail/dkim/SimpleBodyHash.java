package dovetail.dkim;

/** RFC 6376 3.4.3: all as it is, but the CRLFs at the end count as one. */
final class SimpleBodyHash implements BodyHash {
  private static final byte[] CARRIAGE_RETURN = {'\r'};

  private final BodyDigest digest;

  /** CRLFs that are hashed only if something follows them. */
  private long lineEnds;

  /** Whether a CR stands behind those CRLFs, whose LF may be in the next chunk. */
  private boolean carriageReturn;

  SimpleBodyHash(BodyDigest digest) {
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
      digest.update(CARRIAGE_RETURN, 0, 1);
      carriageReturn = false;
    }
  }

  @Override
  public byte[] finish() {
    if (carriageReturn) {
      releaseHeld();
    }
    LineEnds.hash(digest, 1); // RFC 6376 3.4.3: also for an empty body
    return digest.finish();
  }
}
