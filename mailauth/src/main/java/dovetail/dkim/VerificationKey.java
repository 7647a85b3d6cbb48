package dovetail.dkim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public key to verify with. Its size is checked before any cryptography sees it: what a system's
 * crypto policy forbids would else come back as a fault. Safe for any number of threads.
 */
final class VerificationKey {
  /** RFC 8301 3.2 has 1024 to 4096; larger ones are in use, and bearable up to here. */
  static final int MAX_RSA_BITS = 8192;

  /** With a longer exponent a verification costs as much as a signature, or thousands. */
  static final int MAX_EXPONENT_BITS = 33;

  private static final int ED25519_OCTETS = 32;

  private final Algorithm algorithm;
  private final int bits;
  private final byte[] spki;
  private final Map<CryptoProvider, PublicKey> parsed = new ConcurrentHashMap<>(2);

  /** What the octets of a p= tag are found to be. */
  sealed interface Outcome {}

  /** A key. */
  record Usable(VerificationKey key) implements Outcome {}

  /** No key, or none that we compute with. */
  record Unusable(DkimReason reason, String detail) implements Outcome {}

  private VerificationKey(Algorithm algorithm, int bits, byte[] spki) {
    this.algorithm = algorithm;
    this.bits = bits;
    this.spki = spki;
  }

  /**
   * Reads what p= holds: RSA as SubjectPublicKeyInfo, or as RSAPublicKey alone, which RFC 6376
   * 3.6.1 names and RFC 8017 A.1.1 defines; Ed25519 as its 32 octets (RFC 8463 4.2).
   */
  static Outcome parse(Algorithm algorithm, byte[] published) {
    return switch (algorithm) {
      case RSA_SHA256 -> rsa(published);
      case ED25519_SHA256 -> ed25519(published);
    };
  }

  private static Outcome ed25519(byte[] published) {
    if (published.length != ED25519_OCTETS || !Ed25519.validatePublicKeyFull(published, 0)) {
      // Providers differ on octets that are no point; one of low order verifies anything.
      return malformed("no Ed25519 key");
    }
    try {
      byte[] spki =
          new SubjectPublicKeyInfo(PemKey.ED25519, published).getEncoded(ASN1Encoding.DER);
      return new Usable(new VerificationKey(Algorithm.ED25519_SHA256, 256, spki));
    } catch (IOException e) {
      throw new UncheckedIOException("32 octets always fit", e);
    }
  }

  private static Outcome rsa(byte[] published) {
    RSAPublicKey key;
    byte[] spki;
    try {
      key = rsaKey(published);
      spki = new SubjectPublicKeyInfo(PemKey.RSA, key).getEncoded(ASN1Encoding.DER);
    } catch (IOException | RuntimeException _) {
      // The reader of ASN.1 has many ways to say that it was given something else.
      return malformed("no RSA key");
    }
    int bits = key.getModulus().bitLength();
    if (bits < DkimKey.MIN_RSA_BITS || bits > MAX_RSA_BITS) {
      return new Unusable(DkimReason.KEY_SIZE, bits + " bits"); // RFC 8301 3.2
    }
    return isPlausible(key)
        ? new Usable(new VerificationKey(Algorithm.RSA_SHA256, bits, spki))
        : malformed("no RSA key");
  }

  private static RSAPublicKey rsaKey(byte[] published) throws IOException {
    ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(published));
    if (sequence.getObjectAt(0) instanceof ASN1Sequence) {
      SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(sequence);
      if (!info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
        throw new IOException("another kind of key");
      }
      return RSAPublicKey.getInstance(info.parsePublicKey());
    }
    return RSAPublicKey.getInstance(sequence);
  }

  /** RFC 8017 3.1: an odd modulus, an odd exponent of at least 3. */
  private static boolean isPlausible(RSAPublicKey key) {
    BigInteger exponent = key.getPublicExponent();
    return key.getModulus().signum() > 0
        && key.getModulus().testBit(0)
        && exponent.signum() > 0
        && exponent.testBit(0)
        && exponent.bitLength() > 1
        && exponent.bitLength() <= MAX_EXPONENT_BITS;
  }

  private static Outcome malformed(String detail) {
    return new Unusable(DkimReason.KEY_MALFORMED, detail);
  }

  Algorithm algorithm() {
    return algorithm;
  }

  int bits() {
    return bits;
  }

  /** Whether this is the key that is published as those octets, in either form. */
  boolean isPublishedAs(byte[] other) {
    return parse(algorithm, other) instanceof Usable(VerificationKey key)
        && Arrays.equals(key.spki, spki);
  }

  /** How the check of a signature of the parts, which are joined, ends with this key. */
  DkimReason check(CryptoProvider crypto, byte[] signature, byte[]... parts) {
    try {
      return verifies(crypto, signature, parts) ? DkimReason.VERIFIED : DkimReason.SIGNATURE_WRONG;
    } catch (GeneralSecurityException _) {
      return DkimReason.KEY_MALFORMED; // numbers that are no key, or that no provider takes
    }
  }

  /**
   * Whether a signature is right for what is the input of its algorithm once the parts are joined
   * (RFC 6376 3.7). A signature that the provider cannot read is wrong.
   *
   * @throws GeneralSecurityException if the provider takes no such key
   */
  boolean verifies(CryptoProvider crypto, byte[] signature, byte[]... parts)
      throws GeneralSecurityException {
    Signature verifier = crypto.verifier(algorithm, key(crypto));
    for (byte[] part : crypto.input(algorithm, parts)) {
      verifier.update(part);
    }
    try {
      return verifier.verify(signature);
    } catch (SignatureException _) {
      return false;
    }
  }

  private PublicKey key(CryptoProvider crypto) throws GeneralSecurityException {
    PublicKey known = parsed.get(crypto);
    if (known != null) {
      return known;
    }
    PublicKey key = crypto.publicKey(algorithm, spki);
    parsed.put(crypto, key);
    return key;
  }
}
