package dovetail.auth.token;

import com.nimbusds.jose.JWSHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of who issues tokens. For any thread. */
public final class TokenKeys {
  /** Each may be tried for a token that names none. */
  private static final int MOST = 64;

  private final List<TokenKey> keys;

  TokenKeys(List<TokenKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads them.
   *
   * @param files JWK sets (RFC 7517 5), or public keys and certificates in PEM
   * @param secret a file whose one line is a secret that the issuer shares with us
   * @throws UnusableKeysException if a file cannot be read, has no key, or one that must not be
   *     there
   */
  public static TokenKeys read(List<Path> files, Optional<Path> secret)
      throws UnusableKeysException {
    List<TokenKey> keys = new ArrayList<>();
    for (Path file : files) {
      keys.addAll(KeyFile.read(file));
      if (keys.size() > MOST) {
        throw new UnusableKeysException(file, "more than " + MOST + " keys with this");
      }
    }
    if (secret.isPresent()) {
      keys.add(TokenKey.of(SecretFile.read(secret.get())));
    }
    return new TokenKeys(keys);
  }

  /** Those that sign in a way. */
  List<TokenKey> of(JWSHeader header) {
    return keys.stream().filter(key -> key.algorithms().contains(header.getAlgorithm())).toList();
  }

  @Override
  public String toString() {
    return keys.size() + " keys";
  }
}
