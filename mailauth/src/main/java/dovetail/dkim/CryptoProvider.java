package dovetail.dkim;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/**
 * Who computes signatures: the Amazon Corretto Crypto Provider (ACCP), several times faster, where
 * its native library loads, else the JDK. Both give the same bytes. Safe for any number of threads;
 * one object is made when the program starts and lives as long.
 *
 * <p>SHA-256 is always the JDK's: it is as fast as ACCP's, without a native call for each chunk.
 */
public final class CryptoProvider {
  private static final String ACCP =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  /** ACCP's own property for the folder that it unpacks its library into. */
  private static final String ACCP_FOLDER = "com.amazon.corretto.crypto.provider.tmpdir";

  /** More idle digests than busy connections would be waste. */
  private static final int IDLE_DIGESTS = 256;

  private final String name;
  private final Optional<Provider> provider;
  private final Optional<String> fallbackReason;
  private final Pool<MessageDigest> digests = new Pool<>(IDLE_DIGESTS);

  private CryptoProvider(
      String name, Optional<Provider> provider, Optional<String> fallbackReason) {
    this.name = name;
    this.provider = provider;
    this.fallbackReason = fallbackReason;
  }

  /** The JDK's own cryptography. */
  public static CryptoProvider jdk() {
    return new CryptoProvider(jdkName(), Optional.empty(), Optional.empty());
  }

  /**
   * ACCP if it loads, else the JDK, which then has a {@link #fallbackReason()}. The first call in a
   * process takes some 150 ms and settles whether ACCP loads; later ones cannot change that.
   *
   * @param nativeFolder an existing folder on a file system that allows execution; the native
   *     library is unpacked there for a moment
   */
  public static CryptoProvider load(Path nativeFolder) {
    System.setProperty(ACCP_FOLDER, nativeFolder.toAbsolutePath().toString());
    try {
      Class<?> type = Class.forName(ACCP);
      Provider accp = (Provider) type.getField("INSTANCE").get(type);
      if (type.getMethod("getLoadingError").invoke(accp) instanceof Throwable error) {
        return fallback("ACCP does not load its native library: " + error);
      }
      for (Algorithm algorithm : Algorithm.values()) {
        Signature.getInstance(algorithm.signature(), accp); // runs ACCP's self-tests
      }
      String version = String.valueOf(type.getMethod("getVersionStr").invoke(accp));
      return new CryptoProvider("ACCP " + version, Optional.of(accp), Optional.empty());
    } catch (ReflectiveOperationException | NoSuchAlgorithmException | LinkageError e) {
      return fallback("ACCP does not load: " + e);
    }
  }

  private static CryptoProvider fallback(String reason) {
    return new CryptoProvider(jdkName(), Optional.empty(), Optional.of(reason));
  }

  private static String jdkName() {
    return "JDK " + Runtime.version().feature();
  }

  /** Who it is, for the log and metrics: {@code ACCP 2.5.0} or {@code JDK 25}. */
  public String name() {
    return name;
  }

  /** Why the JDK is in use although ACCP was asked for; worth a line in the log. */
  public Optional<String> fallbackReason() {
    return fallbackReason;
  }

  /** A fresh SHA-256; give it back with {@link #release} when it is fresh again. */
  MessageDigest sha256() {
    return digests.take().orElseGet(CryptoProvider::newSha256);
  }

  void release(MessageDigest digest) {
    digests.give(digest);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What that algorithm is given of a message: RSA hashes it itself (RFC 8463 3). */
  List<byte[]> input(Algorithm algorithm, byte[]... parts) {
    return switch (algorithm) {
      case RSA_SHA256 -> List.of(parts);
      case ED25519_SHA256 -> List.of(hash(parts));
    };
  }

  private byte[] hash(byte[]... parts) {
    MessageDigest digest = sha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    byte[] hash = digest.digest();
    release(digest);
    return hash;
  }

  /** A signature object that verifies with that key. */
  Signature verifier(Algorithm algorithm, PublicKey key) throws GeneralSecurityException {
    Signature signature = signature(algorithm);
    signature.initVerify(key);
    return signature;
  }

  /**
   * A public key.
   *
   * @param spki a SubjectPublicKeyInfo in DER
   */
  PublicKey publicKey(Algorithm algorithm, byte[] spki) throws GeneralSecurityException {
    return keyFactory(algorithm).generatePublic(new X509EncodedKeySpec(spki));
  }

  /** A signature object that holds that key. */
  Signature signature(Algorithm algorithm, byte[] pkcs8) throws GeneralSecurityException {
    Signature signature = signature(algorithm);
    signature.initSign(privateKey(algorithm, pkcs8));
    return signature;
  }

  private Signature signature(Algorithm algorithm) throws GeneralSecurityException {
    return provider.isPresent()
        ? Signature.getInstance(algorithm.signature(), provider.get())
        : Signature.getInstance(algorithm.signature());
  }

  private PrivateKey privateKey(Algorithm algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return keyFactory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private KeyFactory keyFactory(Algorithm algorithm) throws GeneralSecurityException {
    // ACCP has no Ed25519 key factory unless a property registers it for the whole process; its
    // signature takes the JDK's key.
    boolean ownFactory = provider.isPresent() && algorithm == Algorithm.RSA_SHA256;
    return ownFactory
        ? KeyFactory.getInstance(algorithm.keyFactory(), provider.get())
        : KeyFactory.getInstance(algorithm.keyFactory());
  }

  @Override
  public String toString() {
    return name;
  }
}
