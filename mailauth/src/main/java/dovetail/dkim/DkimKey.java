package dovetail.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A private key to sign with, parsed and checked once. Safe for any number of threads. Its text
 * form never shows the key.
 */
public final class DkimKey {
  /** RFC 8301 3.2: signers must use at least this. */
  static final int MIN_RSA_BITS = 1024;

  /** RFC 8301 3.2: signers should use at least this. */
  static final int GOOD_RSA_BITS = 2048;

  /** RFC 8301 3.2: verifiers need not take more. */
  static final int VERIFIABLE_RSA_BITS = 4096;

  /** Beyond this, signing is slower than any mail server can bear. */
  static final int MAX_RSA_BITS = 8192;

  private static final int MAX_FILE = 64 * 1024;

  /** Signing never waits, so no more are in use than there are cores. */
  private static final int IDLE_SIGNATURES = 64;

  private final Algorithm algorithm;
  private final int bits;
  private final byte[] pkcs8;
  private final byte[] published;
  private final Map<CryptoProvider, Pool<Signature>> signatures = new ConcurrentHashMap<>();

  /**
   * @param pkcs8 the private key in DER
   * @param published what the p= tag of the key record holds, before base64
   */
  DkimKey(Algorithm algorithm, int bits, byte[] pkcs8, byte[] published) {
    this.algorithm = algorithm;
    this.bits = bits;
    this.pkcs8 = pkcs8;
    this.published = published;
  }

  /**
   * Reads a key from a PEM file: RSA in PKCS#1 or PKCS#8, Ed25519 in PKCS#8 (RFC 8410).
   *
   * @throws DkimKeyException if the file cannot be read or its mode or owner leaves the key to
   *     others (see {@link KeyFileAccess}), or if {@link #parse} refuses it
   */
  public static DkimKey read(Path pem) throws DkimKeyException {
    try {
      KeyFileAccess.check(pem);
      try (InputStream in = Files.newInputStream(pem)) {
        byte[] content = in.readNBytes(MAX_FILE + 1);
        if (content.length > MAX_FILE) {
          throw new DkimKeyException("larger than any key: over " + MAX_FILE + " bytes");
        }
        return parse(content);
      }
    } catch (NoSuchFileException e) {
      throw new DkimKeyException(pem + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new DkimKeyException(pem + ": cannot be read: permission denied", e);
    } catch (IOException e) {
      throw new DkimKeyException(pem + ": cannot be read: " + e.getMessage(), e);
    } catch (DkimKeyException e) {
      throw new DkimKeyException(pem + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a key from the bytes of a PEM file.
   *
   * @throws DkimKeyException if there is not exactly one private key, if it is encrypted or
   *     damaged, or of a kind or size that DKIM does not sign with
   */
  public static DkimKey parse(byte[] pem) throws DkimKeyException {
    return PemKey.parse(pem);
  }

  /**
   * A new private key as PEM in PKCS#8, to be written to a file and read back.
   *
   * @param bits the size of an RSA key, 1024 to 8192; an Ed25519 key has 256 whatever it says
   */
  public static String generate(Algorithm algorithm, int bits, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keyFactory());
      if (algorithm == Algorithm.RSA_SHA256) {
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
          throw new IllegalArgumentException(
              "an RSA key has " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits, not " + bits);
        }
        generator.initialize(bits, random);
      } else {
        generator.initialize(255, random); // the JDK's name for the curve of Ed25519
      }
      byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK makes " + algorithm.keyFactory() + " keys", e);
    }
  }

  /** What the key signs with: it follows from the key, never from a setting. */
  public Algorithm algorithm() {
    return algorithm;
  }

  /** The size: bits of the modulus of RSA, 256 for Ed25519. */
  public int bits() {
    return bits;
  }

  /** What its owner should know of a key that works, one sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (algorithm == Algorithm.RSA_SHA256 && bits < GOOD_RSA_BITS) {
      warnings.add(
          "RSA key of " + bits + " bits: RFC 8301 asks for at least " + GOOD_RSA_BITS + " bits");
    }
    if (algorithm == Algorithm.RSA_SHA256 && bits > VERIFIABLE_RSA_BITS) {
      warnings.add(
          "RSA key of "
              + bits
              + " bits: verifiers need not take more than "
              + VERIFIABLE_RSA_BITS
              + " bits");
    }
    return List.copyOf(warnings);
  }

  /** The content of the TXT record that publishes the key, as one string. */
  public String publicKeyRecord() {
    return keyRecord().text();
  }

  /** What the p= tag of the key record holds, before base64. */
  byte[] published() {
    return published.clone();
  }

  /** The record that publishes the key. */
  public KeyRecord keyRecord() {
    return KeyRecord.of(algorithm, published);
  }

  /**
   * Signs what is the input of the signature algorithm once the parts are joined (RFC 6376 3.7).
   *
   * @throws GeneralSecurityException if the provider cannot use the key
   */
  byte[] sign(CryptoProvider crypto, byte[]... parts) throws GeneralSecurityException {
    Pool<Signature> pool = signatures.computeIfAbsent(crypto, each -> new Pool<>(IDLE_SIGNATURES));
    Optional<Signature> idle = pool.take();
    Signature signature = idle.isPresent() ? idle.get() : crypto.signature(algorithm, pkcs8);
    for (byte[] part : crypto.input(algorithm, parts)) {
      signature.update(part);
    }
    byte[] signed = signature.sign();
    pool.give(signature); // fresh again; one that has failed is not given back
    return signed;
  }

  @Override
  public String toString() {
    return "DkimKey[" + algorithm.tag() + ", " + bits + " bits, private key not shown]";
  }
}
