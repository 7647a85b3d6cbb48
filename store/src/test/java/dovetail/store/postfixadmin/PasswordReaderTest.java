package dovetail.store.postfixadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which PostfixAdmin has stored passwords. */
final class PasswordReaderTest {
  private static final String BCRYPT =
      "$2y$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde";

  private static PasswordReader.Stored read(BarePasswords bare, String text) {
    return new PasswordReader(bare, password -> "{HASHED}" + new String(password)).read(text);
  }

  @ParameterizedTest
  @CsvSource({
    "$6$salt$hash, {SHA512-CRYPT}$6$salt$hash, ",
    "$6$rounds=9000$salt$hash, {SHA512-CRYPT}$6$rounds=9000$salt$hash, ",
    "$5$salt$hash, {SHA256-CRYPT}$5$salt$hash, ",
    "$1$salt$hash, {MD5-CRYPT}$1$salt$hash, WEAK_HASH",
    "$argon2id$v=19$m=1$x, {ARGON2ID}$argon2id$v=19$m=1$x, ",
    "$argon2i$v=19$m=1$x, {ARGON2I}$argon2i$v=19$m=1$x, ",
    "$y$j9T$salt$hash, {CRYPT}$y$j9T$salt$hash, ",
    "{SHA512-CRYPT}$6$s$h, {SHA512-CRYPT}$6$s$h, ",
    "{sha512-crypt.b64}JDYk, {SHA512-CRYPT.B64}JDYk, ",
    "{BLF-CRYPT}$2y$05$x, {BLF-CRYPT}$2y$05$x, ",
    "{CRYPT}$6$s$h, {CRYPT}$6$s$h, ",
    "{CRYPT}$1$s$h, {CRYPT}$1$s$h, WEAK_HASH",
    "{CRYPT}abCDefGHij12., {CRYPT}abCDefGHij12., WEAK_HASH",
    "{SSHA256}abc=, {SSHA256}abc=, ",
    "{SHA}abc=, {SHA}abc=, WEAK_HASH",
    "{PLAIN-MD5}5f4d, {PLAIN-MD5}5f4d, WEAK_HASH",
    "{PLAIN}se cret, {HASHED}se cret, CLEARTEXT",
    "{CLEARTEXT}{x}y, {HASHED}{x}y, CLEARTEXT",
    "{PLAIN.B64}eA==, , UNKNOWN_PASSWORD",
    "{PLAIN}, , NO_PASSWORD",
    "{NTLM}abcd, , UNKNOWN_PASSWORD",
    "{md5raw}abcd, , UNKNOWN_PASSWORD",
    "$9$what, , UNKNOWN_PASSWORD",
    "secret, , UNKNOWN_PASSWORD",
    "abCDefGHij12., , UNKNOWN_PASSWORD",
    "!, , UNKNOWN_PASSWORD",
    "'', , NO_PASSWORD"
  })
  void marksEachWithItsScheme(String text, String stored, String note) {
    PasswordReader.Stored read = read(BarePasswords.UNKNOWN, text);
    assertThat(read.stored()).isEqualTo(Optional.ofNullable(stored));
    assertThat(read.note().map(Note::name)).isEqualTo(Optional.ofNullable(note));
  }

  @Test
  void bcryptIsKnownByItsShape() {
    assertThat(read(BarePasswords.UNKNOWN, BCRYPT).stored()).hasValue("{BLF-CRYPT}" + BCRYPT);
    assertThat(read(BarePasswords.UNKNOWN, BCRYPT + "x").stored()).isEmpty();
  }

  @Test
  void whatBarePasswordsAreSomebodyHasToSay() {
    assertThat(read(BarePasswords.CLEARTEXT, "abCDefGHij12.").stored())
        .hasValue("{HASHED}abCDefGHij12.");
    assertThat(read(BarePasswords.CLEARTEXT, "$ecret").stored()).hasValue("{HASHED}$ecret");
    assertThat(read(BarePasswords.CLEARTEXT, "$6$s$h").stored()).hasValue("{SHA512-CRYPT}$6$s$h");
    assertThat(read(BarePasswords.DES_CRYPT, "abCDefGHij12.").stored())
        .hasValue("{DES-CRYPT}abCDefGHij12.");
    assertThat(read(BarePasswords.DES_CRYPT, "secret").stored()).isEmpty();
    assertThat(read(BarePasswords.MD5_HEX, "5f4dcc3b5aa765d61d8327deb882cf99").stored())
        .hasValue("{PLAIN-MD5}5f4dcc3b5aa765d61d8327deb882cf99");
    assertThat(read(BarePasswords.MD5_HEX, "abCDefGHij12.").stored()).isEmpty();
  }

  @Test
  void whatCannotBeStoredIsNotCut() {
    assertThat(read(BarePasswords.UNKNOWN, "$6$" + "x".repeat(500)).stored()).isEmpty();
    assertThat(read(BarePasswords.UNKNOWN, "$6$x\ny").stored()).isEmpty();
  }
}
