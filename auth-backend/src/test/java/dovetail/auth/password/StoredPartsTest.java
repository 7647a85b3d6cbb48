package dovetail.auth.password;

import static dovetail.auth.password.Passwords.secret;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is split and what is not, and what is compared of it. */
final class StoredPartsTest {
  private static final String KEYS = keys("sesame");
  private static final String MD5 = "{PLAIN-MD5}c8dae1c50e092f3d877192fc555b1dcf";
  private static final Argon2id ARGON2ID = new Argon2id(new SecureRandom());

  private static String keys(String password) {
    return ScramKeys.generate(ScramMechanism.SHA_256, secret(password), 4096, new SecureRandom())
        .stored();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{ARGON2ID}$argon2id$v=19$x", "{SSHA}", "{ssha256.hex}00", "{SCRAM-SHA-1}a,b"})
  void keysStandBehindAHash(String hash) {
    for (String behind : List.of(KEYS, KEYS.replace("SCRAM-SHA", "Scram-sha"))) {
      StoredParts parts = StoredParts.of(hash + " " + behind);
      assertThat(parts).isEqualTo(new StoredParts(hash, Optional.of(behind)));
      assertThat(parts.scramKeys()).isPresent();
      assertThat(parts.text()).isEqualTo(hash + " " + behind);
      assertThat(parts.withHash("{X}y").text()).isEqualTo("{X}y " + behind);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{PLAIN}a",
        "{plain}",
        "{Clear}a",
        "{CLEARTEXT}{X}a",
        "{PLAIN.b64}YQ==",
        "",
        "a",
        "{X",
        "{X}a b",
        "{X}a "
      })
  void aPasswordItselfIsNeverSplit(String stored) {
    String all = stored + " " + KEYS;
    assertThat(StoredParts.of(all)).isEqualTo(new StoredParts(all, Optional.empty()));
    assertThat(StoredParts.of(all).scramKeys()).isEmpty();
  }

  @Test
  void otherThingsBehindAHashAreNoKeys() {
    for (String behind : List.of(" {SCRAM-SHA-1}x", " {SCRAM-SHA-256}", " x", "  " + KEYS, " ")) {
      String all = "{SSHA}x" + behind;
      assertThat(StoredParts.of(all).all()).containsExactly(all);
    }
    assertThat(StoredParts.of("{SSHA}x {SCRAM-SHA-256}y").scramKeys()).isEmpty();
    assertThat(StoredParts.of(KEYS).scramKeys()).isPresent();
    assertThat(StoredParts.of(KEYS.replace("-256", "-1")).scramKeys()).isEmpty();
  }

  @Property
  void aPlainPasswordMayHaveAnythingInIt(@ForAll String password) {
    String stored = "{PLAIN}" + password;
    assertThat(StoredParts.of(stored).all()).containsExactly(stored);
    assertThat(StoredParts.of(stored + " " + KEYS).all()).hasSize(1);
  }

  @Property(tries = 20)
  void whatIsMadeIsReadAgain(@ForAll String password) {
    try (Secret secret = secret(password.replace('\0', ' '))) {
      StoredParts made = ARGON2ID.hashWithKeys(secret);
      assertThat(StoredParts.of(made.text())).isEqualTo(made);
      assertThat(made.all()).hasSize(2).allMatch(part -> Passwords.verifier(part).matches(secret));
      assertThat(made.text().length()).as("what the column takes").isLessThan(500);
    }
  }

  @Test
  void whatIsMadeOfCharactersIsTheSame() {
    StoredParts made = ARGON2ID.hashWithKeys("p\u00e4ss".toCharArray());
    assertThat(made.all()).allMatch(part -> Passwords.matches(part, "p\u00e4ss"));
    assertThat(made).hasToString("(stored)");
  }

  @Test
  void theFirstIsComparedAndTheNextIfThatIsRefused() {
    HashSettings settings = new HashSettings(1, 4, 64L << 20, Duration.ofSeconds(30), false);
    try (HashThreads threads = new HashThreads(settings, ARGON2ID, System::nanoTime)) {
      String both = threads.hashWithKeys(secret("sesame")).orElseThrow().text();
      assertThat(threads.check(both, secret("sesame"), threads.deadline()))
          .isEqualTo(new Verdict.Matches(false));
      assertThat(threads.check(both, secret("other"), threads.deadline()))
          .isEqualTo(new Verdict.Differs());
      // Those of another password are not asked while there is a hash.
      String mixed = StoredParts.of(both).hash() + " " + keys("other");
      assertThat(threads.check(mixed, secret("sesame"), threads.deadline()))
          .isEqualTo(new Verdict.Matches(false));
      assertThat(threads.check(mixed, secret("other"), threads.deadline()))
          .isEqualTo(new Verdict.Differs());
      // Weak: to be stored anew.
      assertThat(threads.check(MD5 + " " + KEYS, secret("sesame"), threads.deadline()))
          .isEqualTo(new Verdict.Matches(true));
      assertThat(threads.check(MD5 + " " + KEYS, secret("x"), threads.deadline()))
          .isEqualTo(new Verdict.Differs());
      assertThat(threads.check(MD5 + " {SCRAM-SHA-256}x", secret("sesame"), threads.deadline()))
          .isEqualTo(new Verdict.Refused(Refusal.WEAK_SCHEME, "PLAIN-MD5"));
      assertThat(threads.check(KEYS, secret("sesame"), threads.deadline()))
          .isEqualTo(new Verdict.Matches(false));
    }
  }
}
