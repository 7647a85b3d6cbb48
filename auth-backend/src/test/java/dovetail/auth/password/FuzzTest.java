package dovetail.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run of this module's fuzz target. */
@Timeout(120)
class FuzzTest {
  @Test
  void storedPassword() throws Exception {
    assertThat(ShortRun.of(new StoredPasswordTarget(), 4_000))
        .contains(
            "{ARGON2ID} matches",
            "{ARGON2ID} differs",
            "{BLF-CRYPT} matches",
            "{CRYPT} matches",
            "{CRYPT} differs",
            "{SHA512-CRYPT} matches",
            "{DES-CRYPT} matches",
            "{SSHA} matches",
            "{SMD5} differs",
            "{PLAIN-MD4} matches",
            "{PBKDF2} matches",
            "{SCRAM-SHA-256} matches",
            "{PLAIN} matches")
        .contains(
            Refusal.NO_SCHEME.text(),
            Refusal.UNKNOWN_SCHEME.text(),
            Refusal.UNKNOWN_CRYPT.text(),
            Refusal.MALFORMED.text(),
            Refusal.OTHER_MECHANISM.text(),
            Refusal.TOO_DEAR.text())
        .doesNotContain(Refusal.WEAK_SCHEME.text());
  }
}
