package dovetail.milter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.dkim.Algorithm;
import dovetail.dkim.DkimKey;
import dovetail.dkim.SigningKey;
import dovetail.keys.StoredKey;
import dovetail.mail.Domain;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys of files and of the database together. */
final class AllKeysTest {
  private static final Domain FILES = Domain.parse("files.example").orElseThrow();
  private static final Domain STORED = Domain.parse("stored.example").orElseThrow();
  private static final String ED25519 = generate(Algorithm.ED25519_SHA256);
  private static final String RSA = generate(Algorithm.RSA_SHA256);

  private final StoredKeys stored = new StoredKeys();
  private final SigningKeys keys = new AllKeys(AllKeysTest::ofFiles, Optional.of(stored));

  private static String generate(Algorithm algorithm) {
    return DkimKey.generate(algorithm, 2048, new SecureRandom());
  }

  private static List<SigningKey> ofFiles(Domain domain) {
    try {
      return domain.equals(FILES)
          ? List.of(
              new SigningKey(
                  FILES, "file", DkimKey.parse(ED25519.getBytes(StandardCharsets.US_ASCII))))
          : List.of();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static StoredKey key(Domain domain, String selector, StoredKey.State state, String pem) {
    return new StoredKey(domain, selector, "rsa", state, Instant.EPOCH, pem);
  }

  private List<String> selectors(Domain domain) {
    return keys.find(domain).stream().map(SigningKey::selector).toList();
  }

  @Test
  void nothingIsKnownBeforeTheDatabaseWasRead() {
    assertThat(keys.isKnown(STORED)).isFalse();
    assertThat(keys.find(STORED)).isEmpty();
    assertThat(keys.isKnown(FILES)).isTrue();
    stored.replace(List.of(), Map.of());
    assertThat(keys.isKnown(STORED)).isTrue();
    assertThat(new AllKeys(AllKeysTest::ofFiles, Optional.empty()).isKnown(STORED)).isTrue();
  }

  @Test
  void onlyActiveKeysSignAndFilesComeFirst() {
    stored.replace(
        List.of(
            key(STORED, "ed", StoredKey.State.ACTIVE, ED25519),
            key(STORED, "next", StoredKey.State.PENDING, RSA),
            key(STORED, "old", StoredKey.State.RETIRED, RSA),
            key(STORED, "rsa", StoredKey.State.ACTIVE, RSA),
            key(FILES, "rsa", StoredKey.State.ACTIVE, RSA)),
        Map.of());
    assertThat(selectors(STORED)).containsExactly("rsa", "ed");
    assertThat(selectors(FILES)).containsExactly("file");
    stored.replace(List.of(key(STORED, "next", StoredKey.State.ACTIVE, RSA)), Map.of());
    assertThat(selectors(STORED)).containsExactly("next");
  }

  @Test
  void aKeyThatCannotBeReadIsAFaultAndNotNoKey() {
    stored.replace(List.of(key(STORED, "bad", StoredKey.State.ACTIVE, "nonsense")), Map.of());
    assertThatThrownBy(() -> keys.find(STORED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("bad._domainkey.stored.example")
        .hasMessageNotContaining("nonsense");
  }

  @Test
  void mailOfADomainMayBeSignedByAnother() {
    Domain other = Domain.parse("other.example").orElseThrow();
    stored.replace(
        List.of(
            key(STORED, "rsa", StoredKey.State.ACTIVE, RSA),
            key(other, "own", StoredKey.State.ACTIVE, RSA)),
        Map.of(other, STORED, FILES, STORED));
    assertThat(keys.find(other))
        .singleElement()
        .satisfies(key -> assertThat(key.domain()).isEqualTo(STORED));
    assertThat(selectors(FILES)).containsExactly("file");
  }
}
