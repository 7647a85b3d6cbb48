package dovetail.dkim;

import java.security.MessageDigest;

/**
 * Where a canonical body goes: hashed up to a limit, the l= tag, and counted beyond it (RFC 6376
 * 3.4.5).
 */
final class BodyDigest {
  static final long UNLIMITED = Long.MAX_VALUE;

  private final MessageDigest digest;
  private final long limit;
  private long octets;

  BodyDigest(MessageDigest digest, long limit) {
    this.digest = digest;
    this.limit = limit;
  }

  /** The canonicalization whose output comes here. */
  BodyHash behind(Canonicalization canonicalization) {
    return switch (canonicalization) {
      case SIMPLE -> new SimpleBodyHash(this);
      case RELAXED -> new RelaxedBodyHash(this);
    };
  }

  void update(byte[] bytes, int offset, int length) {
    long left = limit - octets;
    octets += length;
    if (left > 0) {
      digest.update(bytes, offset, (int) Math.min(length, left));
    }
  }

  /** How long the canonical body is, hashed or not. */
  long octets() {
    return octets;
  }

  /** The hash; the digest is fresh again. */
  byte[] finish() {
    return digest.digest();
  }
}
