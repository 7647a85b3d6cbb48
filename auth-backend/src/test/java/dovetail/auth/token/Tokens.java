package dovetail.auth.token;

import com.nimbusds.jose.JWSAlgorithm;
import dovetail.auth.password.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who issues tokens, by the letter of the RFCs and with nothing of ours or of the library's. */
public final class Tokens {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final String ISSUER = "https://login.example.com/";
  public static final String AUDIENCE = "mail.example.com";
  public static final String SECRET = "a secret of thirty-two characters".replace(' ', '-');

  static final KeyPair RSA = pair("RSA", "");
  static final KeyPair P256 = pair("EC", "secp256r1");
  static final KeyPair P384 = pair("EC", "secp384r1");
  static final KeyPair P521 = pair("EC", "secp521r1");
  static final KeyPair EDWARDS = pair("Ed25519", "");

  /** Not one of the issuer's. */
  static final KeyPair OTHER = pair("RSA", "");

  /** The issuer's keys, by name. */
  static final TokenKeys KEYS =
      new TokenKeys(
          Stream.of(
                  TokenKey.of(Optional.of("rsa"), RSA.getPublic()),
                  TokenKey.of(Optional.of("p256"), P256.getPublic()),
                  TokenKey.of(Optional.of("p384"), P384.getPublic()),
                  TokenKey.of(Optional.of("p521"), P521.getPublic()),
                  TokenKey.of(Optional.of("edwards"), EDWARDS.getPublic()))
              .flatMap(Optional::stream)
              .toList());

  public static final TokenRules RULES = rules(KEYS, List.of());

  private Tokens() {}

  static TokenRules rules(TokenKeys keys, List<String> scope) {
    return new TokenRules(keys, ISSUER, Set.of(AUDIENCE, "other.example.com"), "email", scope);
  }

  /** The rules that hold, and demand a scope. */
  public static TokenRules scoped() {
    return rules(KEYS, List.of("mail", "send"));
  }

  /** The issuer's key of RSA, as a file has it. */
  public static String publicKeys() {
    return pem("PUBLIC KEY", RSA.getPublic().getEncoded());
  }

  private static KeyPair pair(String kind, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (kind.equals("RSA")) {
        generator.initialize(2048);
      } else if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** What a token of joe's says that is good. */
  public static String claims(String user) {
    return """
    {"iss":"%s","aud":"%s","exp":%d,"iat":%d,"email":"%s","email_verified":true}\
    """
        .formatted(ISSUER, AUDIENCE, NOW.getEpochSecond() + 300, NOW.getEpochSecond() - 300, user);
  }

  /** A good token. */
  public static String of(String user) {
    return signed("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"at+jwt\"}", claims(user));
  }

  /** A token that was good once. */
  public static String expired(String user) {
    return signed(
        "{\"alg\":\"RS256\"}",
        claims(user).replace(NOW.getEpochSecond() + 300 + "", NOW.getEpochSecond() - 61 + ""));
  }

  /** A token that somebody else has signed. */
  public static String forged(String user) {
    return token("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", claims(user), "RS256", OTHER.getPrivate());
  }

  /** A token signed with the key of RSA. */
  public static String signed(String header, String claims) {
    return token(header, claims, "RS256", RSA.getPrivate());
  }

  /** A token with any header, signed as that says. */
  static String token(String header, String claims, String algorithm, PrivateKey key) {
    String signed = base64(header) + "." + base64(claims);
    return signed + "." + base64(signature(algorithm, key, octets(signed)));
  }

  /** A token signed with a secret. */
  static String macced(String header, String claims, byte[] secret) {
    String signed = base64(header) + "." + base64(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return signed + "." + base64(mac.doFinal(octets(signed)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] signature(String algorithm, PrivateKey key, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(name(algorithm));
      if (algorithm.startsWith("PS")) {
        int bits = Integer.parseInt(algorithm.substring(2));
        signature.setParameter(
            new PSSParameterSpec(
                "SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), bits / 8, 1));
      }
      signature.initSign(key);
      signature.update(signed);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(String algorithm) {
    String digest = "SHA" + algorithm.substring(2);
    return switch (algorithm.substring(0, 2)) {
      case "RS" -> digest + "withRSA";
      case "PS" -> "RSASSA-PSS";
      case "ES" -> digest + "withECDSAinP1363Format";
      default -> "Ed25519";
    };
  }

  static PrivateKey key(String algorithm) {
    return switch (algorithm) {
      case "ES256" -> P256.getPrivate();
      case "ES384" -> P384.getPrivate();
      case "ES512" -> P521.getPrivate();
      case "EdDSA", "Ed25519" -> EDWARDS.getPrivate();
      default -> RSA.getPrivate();
    };
  }

  static Set<JWSAlgorithm> algorithms(PublicKey key) {
    return TokenKey.of(Optional.empty(), key).orElseThrow().algorithms();
  }

  /** A key as a JWK set lists it. */
  static String jwk(PublicKey key, String more) {
    return switch (key) {
      case RSAPublicKey rsa ->
          "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\"%s}"
              .formatted(base64(rsa.getModulus(), 256), base64(rsa.getPublicExponent(), 3), more);
      case ECPublicKey ec -> {
        int octets = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        yield "{\"kty\":\"EC\",\"crv\":\"P-%d\",\"x\":\"%s\",\"y\":\"%s\"%s}"
            .formatted(
                ec.getParams().getCurve().getField().getFieldSize(),
                base64(ec.getW().getAffineX(), octets),
                base64(ec.getW().getAffineY(), octets),
                more);
      }
      default -> {
        byte[] encoded = key.getEncoded();
        byte[] x = new byte[32];
        System.arraycopy(encoded, encoded.length - 32, x, 0, 32);
        yield "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"%s}".formatted(base64(x), more);
      }
    };
  }

  static String pem(String kind, byte[] octets) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(octets), kind);
  }

  private static String base64(BigInteger number, int octets) {
    byte[] shortest = number.toByteArray();
    byte[] padded = new byte[octets];
    int from = Math.max(0, shortest.length - octets);
    int length = shortest.length - from;
    System.arraycopy(shortest, from, padded, octets - length, length);
    return base64(padded);
  }

  static String base64(String text) {
    return base64(octets(text));
  }

  static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static TokenVerdict judged(String token, TokenRules rules) {
    try (Secret secret = Secret.of(octets(token))) {
      return TokenVerifier.verify(secret, rules, NOW);
    }
  }
}
