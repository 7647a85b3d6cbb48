package dovetail.auth.token;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file of public keys. Of a JWK set those are left out that are not for signatures or of a kind
 * that is not known here, since issuers list them, too.
 */
final class KeyFile {
  private static final int MOST_OCTETS = 1 << 20;
  private static final String KEYS = "keys";

  /** Those of ECDSA (RFC 7518 3.4). */
  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

  private final Path file;

  private KeyFile(Path file) {
    this.file = file;
  }

  static List<TokenKey> read(Path file) throws UnusableKeysException {
    try {
      if (Files.size(file) > MOST_OCTETS) {
        throw new UnusableKeysException(file, "larger than 1 MiB");
      }
      // What is read of it is ASCII, or stands in JSON for something that nobody looks at.
      String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      KeyFile reader = new KeyFile(file);
      List<TokenKey> keys = text.startsWith("{") ? reader.json(text) : reader.pem(text);
      if (keys.isEmpty()) {
        throw new UnusableKeysException(file, "there is no key in it that signs tokens");
      }
      return keys;
    } catch (NoSuchFileException e) {
      throw new UnusableKeysException(file, "there is no such file", e);
    } catch (IOException e) {
      throw new UnusableKeysException(file, e.toString(), e);
    } catch (IllegalArgumentException e) {
      throw new UnusableKeysException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private List<TokenKey> json(String text) throws UnusableKeysException {
    List<TokenKey> keys = new ArrayList<>();
    for (JWK jwk : jwks(text)) {
      if (jwk.getKeyType().equals(KeyType.OCT)) {
        throw new UnusableKeysException(
            file, "there is a secret in it, which belongs into 'oauth_secret_file'");
      }
      if (jwk.isPrivate()) {
        throw new UnusableKeysException(
            file, "there is a private key in it: only its issuer may have that");
      }
      if (isForSignatures(jwk)) {
        key(jwk).ifPresent(keys::add);
      }
    }
    return keys;
  }

  private List<JWK> jwks(String text) throws UnusableKeysException {
    try {
      Map<String, Object> json = JSONObjectUtils.parse(text);
      return json.containsKey(KEYS) ? JWKSet.parse(json).getKeys() : List.of(JWK.parse(json));
    } catch (ParseException e) {
      throw new UnusableKeysException(
          file, "no JWK set (RFC 7517), or one with a key that cannot be read", e);
    }
  }

  /** RFC 7517 4.2, 4.3. */
  private static boolean isForSignatures(JWK jwk) {
    boolean use = Optional.ofNullable(jwk.getKeyUse()).stream().allMatch(KeyUse.SIGNATURE::equals);
    return use
        && Optional.ofNullable(jwk.getKeyOperations()).stream()
            .allMatch(operations -> operations.contains(KeyOperation.VERIFY));
  }

  private Optional<TokenKey> key(JWK jwk) throws UnusableKeysException {
    Optional<String> id = Optional.ofNullable(jwk.getKeyID());
    return publicKey(jwk)
        .flatMap(key -> TokenKey.of(id, key))
        .flatMap(key -> narrowed(key, Optional.ofNullable(jwk.getAlgorithm())));
  }

  /** RFC 7517 4.4: for the one algorithm that it names, if it does. */
  private static Optional<TokenKey> narrowed(TokenKey key, Optional<Algorithm> algorithm) {
    if (algorithm.isEmpty()) {
      return Optional.of(key);
    }
    return key.algorithms().stream()
        .filter(one -> one.getName().equals(algorithm.get().getName()))
        .findFirst()
        .map(one -> new TokenKey(key.id(), alike(one, key.algorithms()), key.check()));
  }

  /** EdDSA has two names. */
  private static Set<JWSAlgorithm> alike(JWSAlgorithm one, Set<JWSAlgorithm> all) {
    return all.contains(JWSAlgorithm.EdDSA) ? all : Set.of(one);
  }

  private Optional<PublicKey> publicKey(JWK jwk) throws UnusableKeysException {
    try {
      return switch (jwk) {
        case OctetKeyPair pair ->
            pair.getCurve().equals(Curve.Ed25519)
                ? Optional.of(PemKeys.edwards(pair.getDecodedX()))
                : Optional.empty();
        case ECKey key when !CURVES.contains(key.getCurve()) -> Optional.empty();
        case AsymmetricJWK key -> Optional.of(key.toPublicKey());
        default -> Optional.empty();
      };
    } catch (JOSEException e) {
      // Such as a curve that the JDK has not.
      throw new UnusableKeysException(file, "a key in it cannot be used: " + jwk.getKeyType(), e);
    }
  }

  private List<TokenKey> pem(String text) throws UnusableKeysException {
    List<TokenKey> keys = new ArrayList<>();
    for (PublicKey key : PemKeys.read(text)) {
      keys.add(
          TokenKey.of(Optional.empty(), key)
              .orElseThrow(() ->
                  new UnusableKeysException(
                      file, "tokens are not verified with keys of " + key.getAlgorithm())));
    }
    return keys;
  }
}
