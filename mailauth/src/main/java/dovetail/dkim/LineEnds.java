package dovetail.dkim;

/** Line ends that were counted instead of kept. */
final class LineEnds {
  /** How many bytes are handled at once where something must be copied. */
  static final int PIECE = 4096;

  private static final byte[] BLOCK = block();

  private LineEnds() {}

  private static byte[] block() {
    byte[] block = new byte[PIECE];
    for (int i = 0; i < block.length; i += 2) {
      block[i] = '\r';
      block[i + 1] = '\n';
    }
    return block;
  }

  /** Writes that many CRLFs, at most a piece of them, from {@code at} on; gives where they end. */
  static int append(byte[] out, int at, int count) {
    System.arraycopy(BLOCK, 0, out, at, 2 * count);
    return at + 2 * count;
  }

  /** Hashes that many CRLFs. */
  static void hash(BodyDigest digest, long count) {
    long bytes = 2 * count;
    while (bytes > 0) {
      int length = (int) Math.min(bytes, BLOCK.length);
      digest.update(BLOCK, 0, length);
      bytes -= length;
    }
  }
}
