package dovetail.auth.password;

import static dovetail.auth.password.Passwords.matches;
import static dovetail.auth.password.Passwords.octets;
import static dovetail.auth.password.Passwords.refused;
import static dovetail.auth.password.Passwords.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Crypt of old, with hashes of libxcrypt's. */
final class OldCryptTest {
  @ParameterizedTest
  @CsvSource({
    "test, $1$abcdefgh$irWbblnpmw.5z7wgBnprh0",
    "'', $1$a$8CfZSfErbeskipdhZHtvu.",
    "\u00e4, $1$a$ULdCFmvPUgfi86ArnzdlK1",
  })
  void md5(String password, String hash) {
    for (String scheme : new String[] {"{MD5}", "{MD5-CRYPT}", "{CRYPT}"}) {
      assertThat(matches(scheme + hash, password)).isTrue();
      assertThat(matches(scheme + hash, password + "x")).isFalse();
      assertThat(verifier(scheme + hash).outdated()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "test, abgOeLfPimXQo",
    "12345678, /.HRN5uKZbDhw",
    "\u00e4, aZrjHiXUdu0/k",
    "'', zz6dpSdr.LHZw",
  })
  void des(String password, String hash) {
    for (String scheme : new String[] {"{DES-CRYPT}", "{CRYPT}"}) {
      assertThat(matches(scheme + hash, password)).isTrue();
      assertThat(matches(scheme + hash, "x" + password)).isFalse();
      assertThat(verifier(scheme + hash).matches(octets("test\0"))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$1$abcdefgh$irWbblnpmw.5z7wgBnprh0",
        "abgOeLfPimXQo",
      })
  void areRefusedUnlessAllowed(String hash) {
    assertThat(StoredPassword.parse("{CRYPT}" + hash, SchemeLimits.DEFAULT))
        .isEqualTo(refused(Refusal.WEAK_SCHEME, "CRYPT"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$1$abcdefgh$irWbblnpmw.5z7wgBnprh",
        "$1$abcdefghi$irWbblnpmw.5z7wgBnprh0",
        "$1$$irWbblnpmw.5z7wgBnprh0",
        "$1$a:c$irWbblnpmw.5z7wgBnprh0",
        "$1$",
        "abgOeLfPimXQ",
        "abgOeLfPimXQoo",
        "abgOeLfPimXQ\u00e4",
        "ab",
        "!",
        "*",
        "",
      })
  void refusesWhatCryptDoesNotWrite(String hash) {
    assertThat(StoredPassword.parse("{CRYPT}" + hash, Passwords.WEAK))
        .isEqualTo(refused(Refusal.MALFORMED, "CRYPT"));
  }
}
