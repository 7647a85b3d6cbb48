package dovetail.dkim;

import java.util.Optional;

/** A signature algorithm, the a= tag (RFC 6376 3.3). rsa-sha1 is left out: RFC 8301 3.1 bars it. */
public enum Algorithm {
  /** RSASSA-PKCS1-v1_5 over SHA-256 (RFC 6376 3.3.2); every verifier knows it. */
  RSA_SHA256("rsa-sha256", "rsa", "RSA", "SHA256withRSA"),
  /** PureEdDSA over the SHA-256 of the signed header fields (RFC 8463 3). */
  ED25519_SHA256("ed25519-sha256", "ed25519", "Ed25519", "Ed25519");

  private final String tag;
  private final String keyType;
  private final String keyFactory;
  private final String signature;

  Algorithm(String tag, String keyType, String keyFactory, String signature) {
    this.tag = tag;
    this.keyType = keyType;
    this.keyFactory = keyFactory;
    this.signature = signature;
  }

  /** The algorithm of that a= tag; case counts (RFC 6376 3.2). */
  static Optional<Algorithm> parse(String tag) {
    for (Algorithm each : values()) {
      if (each.tag.equals(tag)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The algorithm that keys of that k= tag are for (RFC 6376 3.6.1). */
  static Optional<Algorithm> ofKeyType(String keyType) {
    for (Algorithm each : values()) {
      if (each.keyType.equals(keyType)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The value of the a= tag of a signature. */
  public String tag() {
    return tag;
  }

  /** The value of the k= tag of a key record (RFC 6376 3.6.1). */
  public String keyType() {
    return keyType;
  }

  /** The name of the key's kind in the Java cryptography architecture. */
  String keyFactory() {
    return keyFactory;
  }

  /** The name of the signature in the Java cryptography architecture. */
  String signature() {
    return signature;
  }
}
