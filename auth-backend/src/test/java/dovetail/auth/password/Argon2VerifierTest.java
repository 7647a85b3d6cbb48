package dovetail.auth.password;

import static dovetail.auth.password.Passwords.WEAK;
import static dovetail.auth.password.Passwords.matches;
import static dovetail.auth.password.Passwords.refused;
import static dovetail.auth.password.Passwords.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Argon2 with parameters of all kinds. */
final class Argon2VerifierTest {
  private static final String END = "$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";

  @ParameterizedTest
  @ValueSource(strings = {"m=256,t=2,p=2", "p=2,t=2,m=256", "t=2,m=256,p=2"})
  void parametersStandInAnyOrder(String parameters) {
    assertThat(matches("{ARGON2ID}$argon2id$v=19$" + parameters + END, "password")).isTrue();
    assertThat(matches("{ARGON2I}$argon2id$v=19$" + parameters + END, "passworD")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=256,t=2" + END,
        "$argon2id$v=19$m=256,t=2,p=2,p=2" + END,
        "$argon2id$v=19$m=256,t=2,p=2,data=x" + END,
        "$argon2id$v=19$m=256,t=2,p=2," + END,
        "$argon2id$v=19$m=15,t=2,p=2" + END,
        "$argon2id$v=19$m=256,t=0,p=2" + END,
        "$argon2id$v=19$m=256,t=2,p=0" + END,
        "$argon2id$v=19$m=0x100,t=2,p=2" + END,
        "$argon2id$v=18$m=256,t=2,p=2" + END,
        "$argon2id$v=19$v=19$m=256,t=2,p=2" + END,
        "$argon2d$v=19$m=256,t=2,p=2" + END,
        "$argon2ii$v=19$m=256,t=2,p=2" + END,
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXM$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDX",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ=$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhb$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "$2y$05$11ipvo5dR6CwkzwmhwM26OXgzXwhV2PyPuLV.Qi31ILcRcThQpEiW",
        "",
      })
  void refusesWhatNobodyWrites(String data) {
    assertThat(StoredPassword.parse("{ARGON2}" + data, WEAK))
        .isEqualTo(refused(Refusal.MALFORMED, "ARGON2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=65537,t=1,p=1",
        "m=4194304,t=1,p=1",
        "m=9999999999,t=1,p=1",
        "m=65536,t=33,p=1",
        "m=8,t=262145,p=1",
        "m=256,t=4294967295,p=1",
        "m=4096,t=1,p=256",
      })
  void refusesToWorkForLong(String parameters) {
    assertThat(StoredPassword.parse("{ARGON2ID}$argon2id$v=19$" + parameters + END, WEAK))
        .isEqualTo(refused(Refusal.TOO_DEAR, "ARGON2ID"));
  }

  @Test
  void theMostIsStillWorkedFor() {
    Verifier verifier = verifier("{ARGON2ID}$argon2id$v=19$m=65536,t=32,p=255" + END);
    assertThat(verifier.memoryBytes()).isEqualTo(64L << 20);
    assertThat(verifier.cheap()).isFalse();
    String large = "{ARGON2ID}$argon2id$v=19$m=262144,t=1,p=1" + END;
    assertThat(StoredPassword.parse(large, SchemeLimits.DEFAULT))
        .isInstanceOf(StoredPassword.Usable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          argon2id$v=19$m=19456,t=2,p=1 false
          argon2id$v=19$m=65536,t=1,p=4 false
          argon2id$v=19$m=19456,t=1,p=1 true
          argon2id$v=19$m=16384,t=9,p=1 true
          argon2id$m=19456,t=2,p=1 true
          argon2i$v=19$m=65536,t=4,p=1 true
          """)
  void whatIsWeakerThanOursIsOutdated(String setting, boolean outdated) {
    assertThat(verifier("{ARGON2ID}$" + setting + END).outdated()).isEqualTo(outdated);
  }
}
