package dovetail.dkim;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The hash of a canonical body (RFC 6376 3.7), made while the body arrives in chunks. Where chunks
 * end does not matter, and memory does not grow with the body.
 *
 * <p>A line ends with CRLF and with nothing else. A bare CR or LF is data: Postfix hands it on to
 * the next hop as it stands, or has replaced it before a milter sees the body. A body without a
 * final CRLF is hashed as if it had one, because SMTP will give it one.
 */
public sealed interface BodyHash permits SimpleBodyHash, RelaxedBodyHash {
  /** A hash of the empty body so far; the digest is used by this object alone. */
  static BodyHash of(Canonicalization canonicalization, MessageDigest digest) {
    return new BodyDigest(digest, BodyDigest.UNLIMITED).behind(canonicalization);
  }

  /** Adds the next part of the body. */
  void update(byte[] chunk, int offset, int length);

  /** Adds the next part of the body: what remains of the buffer, which is read to its end. */
  default void update(ByteBuffer chunk) {
    if (chunk.hasArray()) {
      update(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
      chunk.position(chunk.limit());
      return;
    }
    byte[] copy = new byte[Math.min(chunk.remaining(), LineEnds.PIECE)];
    while (chunk.hasRemaining()) {
      int length = Math.min(chunk.remaining(), copy.length);
      chunk.get(copy, 0, length);
      update(copy, 0, length);
    }
  }

  /** Ends the body and gives its hash. The digest is fresh again; this object is spent. */
  byte[] finish();
}
