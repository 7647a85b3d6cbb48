package dovetail.dkim;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** The body hashes that the signatures of one message want, each computed once. */
final class BodyHashes {
  private final CryptoProvider crypto;
  private final List<Wanted> wanted = new ArrayList<>(2);
  private boolean begun;
  private boolean finished;

  BodyHashes(CryptoProvider crypto) {
    this.crypto = crypto;
  }

  /** One hash, of the first so many octets of one canonical form. */
  static final class Wanted {
    private final Canonicalization canonicalization;
    private final long limit;
    private final MessageDigest pooled;
    private final BodyDigest digest;
    private final BodyHash hash;
    private byte[] result = {};

    private Wanted(Canonicalization canonicalization, long limit, MessageDigest pooled) {
      this.canonicalization = canonicalization;
      this.limit = limit;
      this.pooled = pooled;
      this.digest = new BodyDigest(pooled, limit);
      this.hash = digest.behind(canonicalization);
    }

    /** The hash, once the body has ended. */
    byte[] result() {
      return result;
    }

    /** How long the canonical body is, whatever the limit. */
    long octets() {
      return digest.octets();
    }
  }

  /** Wants the hash that a signature has of the body. */
  Wanted want(DkimSignature signature) {
    Canonicalization canonicalization = signature.canonicalization().body();
    long limit = signature.limits().bodyLength().orElse(BodyDigest.UNLIMITED);
    for (Wanted each : wanted) {
      if (each.canonicalization == canonicalization && each.limit == limit) {
        return each;
      }
    }
    Wanted one = new Wanted(canonicalization, limit, crypto.sha256());
    wanted.add(one);
    return one;
  }

  void requireUnbegun() {
    if (begun) {
      throw new IllegalStateException("a signature behind the beginning of the body");
    }
  }

  /** Reads the buffer to its end. */
  void update(ByteBuffer chunk) {
    requireUnfinished();
    begun = true;
    for (Wanted each : wanted) {
      each.hash.update(chunk.duplicate());
    }
    chunk.position(chunk.limit());
  }

  void finish() {
    requireUnfinished();
    begun = true;
    finished = true;
    for (Wanted each : wanted) {
      each.result = each.hash.finish();
      crypto.release(each.pooled);
    }
  }

  /** The digests may serve another message by now. */
  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("this verifier has verified its message");
    }
  }
}
