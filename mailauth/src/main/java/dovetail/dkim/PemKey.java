package dovetail.dkim;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads private keys from PEM (RFC 7468) and says what is wrong with those it refuses. */
final class PemKey {
  static final AlgorithmIdentifier RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

  /** RFC 8410 3. */
  static final AlgorithmIdentifier ED25519 =
      new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));

  private PemKey() {}

  static DkimKey parse(byte[] pem) throws DkimKeyException {
    PemObject block = onlyPrivateKey(blocks(pem));
    try {
      return switch (block.getType()) {
        case "RSA PRIVATE KEY" -> rsa(RSAPrivateKey.getInstance(block.getContent()));
        case "PRIVATE KEY" -> pkcs8(PrivateKeyInfo.getInstance(block.getContent()));
        default ->
            throw new DkimKeyException(
                "DKIM cannot use the kind of key that is called " + block.getType());
      };
    } catch (IOException | RuntimeException e) {
      // The reader of ASN.1 has many ways to say that it was given something else.
      throw new DkimKeyException("damaged: the PEM block holds no private key", e);
    }
  }

  private static List<PemObject> blocks(byte[] pem) throws DkimKeyException {
    List<PemObject> blocks = new ArrayList<>();
    String text = new String(pem, StandardCharsets.ISO_8859_1);
    try (PemReader reader = new PemReader(new StringReader(text))) {
      Optional<PemObject> block = Optional.ofNullable(reader.readPemObject());
      while (block.isPresent()) {
        blocks.add(block.get());
        block = Optional.ofNullable(reader.readPemObject());
      }
    } catch (IOException | RuntimeException e) {
      throw new DkimKeyException("damaged: no complete PEM block", e);
    }
    return blocks;
  }

  private static PemObject onlyPrivateKey(List<PemObject> blocks) throws DkimKeyException {
    List<PemObject> keys = new ArrayList<>();
    for (PemObject block : blocks) {
      if (block.getType().endsWith("PRIVATE KEY")) {
        keys.add(block);
      }
    }
    if (keys.size() > 1) {
      throw new DkimKeyException("holds " + keys.size() + " private keys; one file, one key");
    }
    if (keys.isEmpty()) {
      throw new DkimKeyException(
          blocks.isEmpty()
              ? "no PEM block: the file has no -----BEGIN ... PRIVATE KEY----- line"
              : "no private key but a " + blocks.getFirst().getType());
    }
    PemObject key = keys.getFirst();
    if (key.getType().equals("ENCRYPTED PRIVATE KEY") || isEncrypted(key)) {
      throw new DkimKeyException("the private key is encrypted; DKIM needs one without passphrase");
    }
    return key;
  }

  /** RFC 1421 4.6.1.1, which PKCS#1 files made by OpenSSL use. */
  private static boolean isEncrypted(PemObject key) {
    for (Object each : key.getHeaders()) {
      if (each instanceof PemHeader header
          && header.getName().equals("Proc-Type")
          && header.getValue().contains("ENCRYPTED")) {
        return true;
      }
    }
    return false;
  }

  private static DkimKey pkcs8(PrivateKeyInfo info) throws IOException, DkimKeyException {
    ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
    if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return rsa(RSAPrivateKey.getInstance(info.parsePrivateKey()));
    }
    if (kind.equals(ED25519.getAlgorithm())) {
      return ed25519(info);
    }
    String name =
        kind.equals(X9ObjectIdentifiers.id_ecPublicKey)
            ? "an EC key"
            : kind.equals(X9ObjectIdentifiers.id_dsa) ? "a DSA key" : "a key of kind " + kind;
    throw new DkimKeyException(name + "; DKIM signs with RSA or Ed25519");
  }

  private static DkimKey rsa(RSAPrivateKey key) throws IOException, DkimKeyException {
    BigInteger modulus = key.getModulus();
    int bits = modulus.bitLength();
    if (bits < DkimKey.MIN_RSA_BITS) {
      // RFC 8301 3.2
      throw new DkimKeyException(
          "RSA key of " + bits + " bits; at least " + DkimKey.MIN_RSA_BITS + " are needed");
    }
    if (bits > DkimKey.MAX_RSA_BITS) {
      throw new DkimKeyException(
          "RSA key of " + bits + " bits; at most " + DkimKey.MAX_RSA_BITS + " are of use");
    }
    if (!isConsistent(key)) {
      throw new DkimKeyException("damaged: the numbers of the RSA key do not belong together");
    }
    byte[] pkcs8 = new PrivateKeyInfo(RSA, key).getEncoded(ASN1Encoding.DER);
    byte[] published =
        new SubjectPublicKeyInfo(RSA, new RSAPublicKey(modulus, key.getPublicExponent()))
            .getEncoded(ASN1Encoding.DER);
    return new DkimKey(Algorithm.RSA_SHA256, bits, pkcs8, published);
  }

  /** RFC 8017 3.2: a damaged number would make signatures that nobody can verify. */
  private static boolean isConsistent(RSAPrivateKey key) {
    BigInteger p = key.getPrime1();
    BigInteger q = key.getPrime2();
    BigInteger e = key.getPublicExponent();
    BigInteger d = key.getPrivateExponent();
    BigInteger p1 = p.subtract(BigInteger.ONE);
    BigInteger q1 = q.subtract(BigInteger.ONE);
    return p.signum() > 0
        && q.signum() > 0
        && p.multiply(q).equals(key.getModulus())
        && e.multiply(d).mod(p1).equals(BigInteger.ONE)
        && e.multiply(d).mod(q1).equals(BigInteger.ONE)
        && key.getExponent1().equals(d.mod(p1))
        && key.getExponent2().equals(d.mod(q1))
        && key.getCoefficient().multiply(q).mod(p).equals(BigInteger.ONE);
  }

  /** RFC 8410 7; a public key that stands beside the private one (version 2) must be its own. */
  private static DkimKey ed25519(PrivateKeyInfo info) throws IOException, DkimKeyException {
    byte[] seed = ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets();
    byte[] published = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    if (info.hasPublicKey() && !Arrays.equals(info.getPublicKeyData().getOctets(), published)) {
      throw new DkimKeyException("damaged: the two halves of the Ed25519 key do not match");
    }
    byte[] pkcs8 =
        new PrivateKeyInfo(ED25519, new DEROctetString(seed)).getEncoded(ASN1Encoding.DER);
    return new DkimKey(Algorithm.ED25519_SHA256, 256, pkcs8, published);
  }
}
