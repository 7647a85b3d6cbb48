package dovetail.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A key that tokens are signed with. What it is decides by which algorithms: a public key is never
 * taken for a secret, whatever a token says. For any thread.
 *
 * @param id its name in tokens, if it has one
 * @param algorithms those that it is for
 * @param check whether something is signed with it
 */
record TokenKey(Optional<String> id, Set<JWSAlgorithm> algorithms, Check check) {
  /** Shorter keys of RSA are broken soon (RFC 7518 3.3). */
  static final int LEAST_RSA_BITS = 2048;

  private static final String ED25519 = "Ed25519";

  TokenKey {
    algorithms = Set.copyOf(algorithms);
  }

  /** Whether something is signed with a key. */
  @FunctionalInterface
  interface Check {
    boolean isSigned(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException;
  }

  /**
   * A public key.
   *
   * @return nothing if it is of a kind that tokens are not signed with here
   * @throws IllegalArgumentException if it is too weak, saying so
   */
  static Optional<TokenKey> of(Optional<String> id, PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> {
        if (rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
          throw new IllegalArgumentException(
              "a key of RSA with less than " + LEAST_RSA_BITS + " bits");
        }
        yield Optional.of(of(id, new RSASSAVerifier(rsa)));
      }
      case ECPublicKey ec -> elliptic(id, ec);
      // RFC 8037 3.1, and the newer name of RFC 9864 2.2; Ed448 is not taken.
      case EdECPublicKey edwards when edwards.getParams().getName().equals(ED25519) ->
          Optional.of(
              new TokenKey(
                  id,
                  Set.of(JWSAlgorithm.EdDSA, new JWSAlgorithm(ED25519)),
                  (_, signed, signature) -> isEdwards(edwards, signed, signature)));
      default -> Optional.empty();
    };
  }

  /**
   * A secret that the issuer shares with us.
   *
   * @param secret at least as many octets as a digest of SHA-256 has
   */
  static TokenKey of(byte[] secret) {
    try {
      return of(Optional.empty(), new MACVerifier(secret)); // RFC 7518 3.2: as its length allows
    } catch (JOSEException e) {
      throw new IllegalArgumentException("a secret that is too short", e);
    }
  }

  private static TokenKey of(Optional<String> id, JWSVerifier verifier) {
    return new TokenKey(
        id, new LinkedHashSet<>(verifier.supportedJWSAlgorithms()), verifier::verify);
  }

  private static Optional<TokenKey> elliptic(Optional<String> id, ECPublicKey key) {
    try {
      return Optional.of(of(id, new ECDSAVerifier(key)));
    } catch (JOSEException _) {
      return Optional.empty(); // of a curve that no algorithm is for
    }
  }

  private static boolean isEdwards(EdECPublicKey key, byte[] signed, Base64URL signature) {
    try {
      Signature verifier = Signature.getInstance(ED25519);
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature.decode());
    } catch (GeneralSecurityException _) {
      return false; // no signature at all, by its length or what is in it
    }
  }

  /** Whether it may be the one that a token says it is signed with. */
  boolean isNamed(Optional<String> wanted) {
    return id.isEmpty() || wanted.isEmpty() || id.equals(wanted);
  }

  /** Nothing of the key, since it may be a secret. */
  @Override
  public String toString() {
    return "(key " + id.orElse("without a name") + ")";
  }
}
