package dovetail.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever is stored, with whatever password: it is read or refused, nothing throws, and what is
 * compared keeps within its memory and with the password that it is of, and no other.
 */
public final class StoredPasswordTarget implements FuzzTarget {
  private static final SchemeLimits LIMITS = new SchemeLimits(true, 1 << 20);

  private static final List<String> ALPHABET =
      List.of(
          "{PLAIN}",
          "{CRYPT}",
          "{BLF-CRYPT}",
          "{SHA512-CRYPT}",
          "{DES-CRYPT}",
          "{ARGON2ID}",
          "{ARGON2I}",
          "{SSHA}",
          "{SHA256}",
          "{SMD5}",
          "{MD5}",
          "{LDAP-MD5}",
          "{PLAIN-MD4}",
          "{PBKDF2}",
          "{SCRAM-SHA-1}",
          "{SCRAM-SHA-256}",
          " {SCRAM-SHA-256}",
          "{OTP}",
          ".hex}",
          ".b64}",
          "{",
          "}",
          "$1$",
          "$2y$04$",
          "$5$",
          "$6$",
          "rounds=1000$",
          "$argon2id$",
          "$argon2i$",
          "v=16$",
          "v=19$",
          "m=8",
          "t=1",
          "p=1",
          ",",
          "$",
          "=",
          "==",
          "0",
          "1",
          "4096,",
          "99999999999",
          "-1",
          "abcdefghijklmnop",
          "./",
          "+/",
          "dGVzdHRlc3Q",
          "\0",
          "\n",
          "\303\244",
          "\377");

  @Override
  public String name() {
    return "stored-password";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  /** The stored password up to a line feed, and a password behind that. */
  @Override
  public String run(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String stored = end < 0 ? text : text.substring(0, end);
    String password = end < 0 ? "test" : text.substring(end + 1);
    return switch (StoredPassword.parse(stored, LIMITS)) {
      case StoredPassword.Refused(Refusal refusal, String scheme) -> {
        assertThat(stored.toUpperCase(java.util.Locale.ROOT)).contains(scheme);
        yield refusal.text();
      }
      case StoredPassword.Usable(Verifier verifier) -> outcome(verifier, password);
    };
  }

  private static String outcome(Verifier verifier, String password) {
    assertThat(verifier.memoryBytes()).isLessThanOrEqualTo(LIMITS.memoryBytes());
    byte[] octets = password.getBytes(StandardCharsets.UTF_8);
    boolean same;
    try (Secret secret = Secret.of(octets)) {
      same = verifier.matches(secret);
      assertThat(verifier.matches(secret)).isEqualTo(same);
    }
    assertThat(octets).isEqualTo(password.getBytes(StandardCharsets.UTF_8));
    return verifier + (same ? " matches" : " differs");
  }
}
