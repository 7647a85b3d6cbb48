package dovetail.auth.token;

import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys in PEM (RFC 7468 5, 13). Of certificates the key counts alone, and no date. */
final class PemKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");
  private static final int EDWARDS_OCTETS = 32;

  /** What stands before the 32 octets of a key of Ed25519 (RFC 8410 4). */
  private static final byte[] EDWARDS_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private PemKeys() {}

  /**
   * Reads all of a text.
   *
   * @throws IllegalArgumentException saying what cannot be used
   */
  static List<PublicKey> read(String text) {
    List<PublicKey> keys = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      byte[] octets = Base64.getMimeDecoder().decode(block.group(2));
      keys.add(
          switch (block.group(1)) {
            case "PUBLIC KEY" -> key(octets);
            case "CERTIFICATE" -> certified(octets);
            case String other when other.endsWith("PRIVATE KEY") ->
                throw new IllegalArgumentException(
                    "there is a private key in it: only its issuer may have that");
            case String other ->
                throw new IllegalArgumentException(
                    "expected PUBLIC KEY or CERTIFICATE, found " + other);
          });
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("expected a JWK set, or public keys in PEM");
    }
    return keys;
  }

  /**
   * A key of Ed25519.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PublicKey edwards(byte[] octets) {
    if (octets.length != EDWARDS_OCTETS) {
      throw new IllegalArgumentException("a key of Ed25519 that has not 32 octets");
    }
    byte[] all = new byte[EDWARDS_HEAD.length + EDWARDS_OCTETS];
    System.arraycopy(EDWARDS_HEAD, 0, all, 0, EDWARDS_HEAD.length);
    System.arraycopy(octets, 0, all, EDWARDS_HEAD.length, EDWARDS_OCTETS);
    return key(all);
  }

  private static PublicKey key(byte[] octets) {
    return KINDS.stream()
        .flatMap(kind -> key(kind, octets).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a public key that cannot be read"));
  }

  private static Optional<PublicKey> key(String kind, byte[] octets) {
    try {
      return Optional.of(
          KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(octets)));
    } catch (InvalidKeySpecException _) {
      return Optional.empty(); // of another kind
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without " + kind, e);
    }
  }

  private static PublicKey certified(byte[] octets) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(octets))
          .getPublicKey();
    } catch (CertificateException e) {
      throw new IllegalArgumentException("a certificate that cannot be read", e);
    }
  }
}
