package dovetail.auth.password;

import static dovetail.auth.password.Passwords.WEAK;
import static dovetail.auth.password.Passwords.matches;
import static dovetail.auth.password.Passwords.octets;
import static dovetail.auth.password.Passwords.refused;
import static dovetail.auth.password.Passwords.secret;
import static dovetail.auth.password.Passwords.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemes, their encodings, and what is refused and why. */
final class StoredPasswordTest {
  private static final String SHA1_HEX = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3";

  private static StoredPassword parse(String stored) {
    return StoredPassword.parse(stored, SchemeLimits.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{PLAIN}test",
        "{Clear}test",
        "{cleartext}test",
        "{PLAIN.hex}74657374",
        "{PLAIN.B64}dGVzdA==",
        "{PLAIN.base64}dGVzdA==",
        "{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=",
        "{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M",
        "{SHA1}" + SHA1_HEX,
        "{sha1.hex}A94A8FE5CCB19BA61C4C0873D391E987982FBBD3",
        "{SHA1.b64}qUqP5cyxm6YcTAhz05Hph5gvu9M=",
        "{SHA256}9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "{SSHA.hex}6081c552321c7ee18af283dd27ef7108063d177bb68253ee",
        "{CRYPT.B64}JDJ5JDA1JHJHVzBvQUZLT1o3Yi9malZCbDNGb2UzRTg3dncuSWk1WW9obTRxSTRrdUY2"
            + "M3NvYzQwaXZL",
      })
  void dataAreEncodedInSeveralWays(String stored) {
    assertThat(matches(stored, "test")).isTrue();
    assertThat(matches(stored, "Test")).isFalse();
    assertThat(parse(stored)).isInstanceOf(StoredPassword.Usable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN-MD4, db346d691d7acc4dc2625db19f9e3f52",
    "PLAIN-MD5, 098f6bcd4621d373cade4e832627b4f6",
    "PLAIN-MD5.b64, CY9rzUYh03PK3k6DJie09g==",
    "PLAIN-MD5, CY9rzUYh03PK3k6DJie09g==",
    "LDAP-MD5, CY9rzUYh03PK3k6DJie09g==",
    "LDAP-MD5, 098f6bcd4621d373cade4e832627b4f6",
    "MD5, 098f6bcd4621d373cade4e832627b4f6",
    "MD5, CY9rzUYh03PK3k6DJie09g==",
    "MD5.hex, 3039386636626364343632316433373363616465346538333236323762346636",
    "SMD5, MDfcev25auKKoMOtqViGrEiqU9I=",
    "DES-CRYPT, NSQuRKGNxIEbw",
    "MD5-CRYPT, $1$wmyrgRuV$kImF6.9MAFQNHe23kq5vI/",
  })
  void weakSchemesNeedASetting(String scheme, String data) {
    String stored = "{" + scheme + "}" + data;
    String name = scheme.replaceAll("[.].*", "");
    assertThat(parse(stored)).isEqualTo(refused(Refusal.WEAK_SCHEME, name));
    assertThat(matches(stored, "test")).isTrue();
    assertThat(matches(stored, "Test")).isFalse();
    assertThat(verifier(stored).outdated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"OTP", "SKEY", "CRAM-MD5", "hmac-md5", "DIGEST-MD5", "NTLM", "LANMAN", "RPA"})
  void schemesOfOtherMechanismsAreNamed(String scheme) {
    assertThat(StoredPassword.parse("{" + scheme + "}x", WEAK))
        .isEqualTo(refused(Refusal.OTHER_MECHANISM, scheme.toUpperCase(java.util.Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "test", "}", "{", "{PLAIN", " {PLAIN}test", "$6$a$b", "x{PLAIN}test"})
  void withoutASchemeNothingIsGuessed(String stored) {
    assertThat(StoredPassword.parse(stored, WEAK)).isEqualTo(refused(Refusal.NO_SCHEME, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}test", "{hunter2}", "{PLAIN }x", "{PLA\u0131N}x", "{.hex}74", "{{PLAIN}}x"})
  void whatIsNoSchemeMightBeASecret(String stored) {
    assertThat(StoredPassword.parse(stored, WEAK)).isEqualTo(refused(Refusal.UNKNOWN_SCHEME, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{PLAIN.}x", "{PLAIN.utf8}x", "{SSHA.hex.b64}x", "{MD5.x}x"})
  void encodingsAreKnownToo(String stored) {
    assertThat(StoredPassword.parse(stored, WEAK)).isEqualTo(refused(Refusal.UNKNOWN_SCHEME, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$y$j9T$abcd$Yoq0u", "$7$x", "$argon2id$v=19$x", "$", "_J9..abcdx/cgK8gMibw"})
  void otherCryptsAreNamed(String data) {
    assertThat(StoredPassword.parse("{CRYPT}" + data, WEAK))
        .isEqualTo(refused(Refusal.UNKNOWN_CRYPT, "CRYPT"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PLAIN.hex:7",
        "PLAIN.hex:7x",
        "PLAIN.b64:%%%%",
        "SHA:",
        "SHA:qUqP5cyxm6YcTAhz05Hph5gvu9",
        "SHA:qUqP5cyxm6YcTAhz05Hph5gvu9MA",
        "SHA:\u00e4\u00e4\u00e4\u00e4",
        "SHA256:qUqP5cyxm6YcTAhz05Hph5gvu9M=",
        "SHA1.hex:qUqP5cyxm6YcTAhz05Hph5gvu9M=",
        "SSHA:qUqP5cyxm6YcTAhz05Hph5gvu9M=",
        "SSHA:" + SHA1_HEX + "0",
        "SSHA256:",
        "PBKDF2:$1$salt$0$50a83cafdc517b9f46519415e53c6a858908680a",
        "PBKDF2:$1$salt$-1$50a83cafdc517b9f46519415e53c6a858908680a",
        "PBKDF2:$1$salt$5000$50a83cafdc517b9f46519415e53c6a858908680",
        "PBKDF2:$2$salt$5000$50a83cafdc517b9f46519415e53c6a858908680a",
        "PBKDF2:$1$sa$lt$5000$50a83cafdc517b9f46519415e53c6a858908680a",
        "SCRAM-SHA-1:",
        "SCRAM-SHA-1:4095,c2FsdA==,NA/OqmF4hhrsrB9KR7po+dliTGM=,QBiURvQaE6H6qYTmeghDHLANBFQ=",
        "SCRAM-SHA-1:4096,,NA/OqmF4hhrsrB9KR7po+dliTGM=,QBiURvQaE6H6qYTmeghDHLANBFQ=",
        "SCRAM-SHA-1:4096,%,NA/OqmF4hhrsrB9KR7po+dliTGM=,QBiURvQaE6H6qYTmeghDHLANBFQ=",
        "SCRAM-SHA-1:4096,c2FsdA==,NA/OqmF4hhrsrB9KR7po+dliTA==,QBiURvQaE6H6qYTmeghDHLANBFQ=",
        "SCRAM-SHA-1:4096,c2FsdA==,NA/OqmF4hhrsrB9KR7po+dliTGM=,QBiURvQaE6H6qYTmeghDHLANBA==",
        "SCRAM-SHA-1:4096,c2FsdA==,NA/OqmF4hhrsrB9KR7po+dliTGM=",
        "SCRAM-SHA-256:4096,c2FsdA==,NA/OqmF4hhrsrB9KR7po+dliTGM=,QBiURvQaE6H6qYTmeghDHLANBFQ=",
        "BLF-CRYPT:$6$saltstring$x",
        "BLF-CRYPT:$2y$03$11ipvo5dR6CwkzwmhwM26OXgzXwhV2PyPuLV.Qi31ILcRcThQpEiW",
        "BLF-CRYPT:$2y$32$11ipvo5dR6CwkzwmhwM26OXgzXwhV2PyPuLV.Qi31ILcRcThQpEiW",
        "BLF-CRYPT:$2z$05$11ipvo5dR6CwkzwmhwM26OXgzXwhV2PyPuLV.Qi31ILcRcThQpEiW",
        "BLF-CRYPT:$2y$05$11ipvo5dR6CwkzwmhwM26OXgzXwhV2PyPuLV.Qi31ILcRcThQpEi",
        "BLF-CRYPT:",
      })
  void malformedDataAreRefused(String row) {
    String scheme = row.substring(0, row.indexOf(':'));
    assertThat(parse("{" + scheme + "}" + row.substring(row.indexOf(':') + 1)))
        .isEqualTo(refused(Refusal.MALFORMED, scheme.replaceAll("[.].*", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PBKDF2:$1$salt$1000001$50a83cafdc517b9f46519415e53c6a858908680a",
        "PBKDF2:$1$salt$9999999999$50a83cafdc517b9f46519415e53c6a858908680a",
        "SCRAM-SHA-1:1000001,c2FsdA==,NA/OqmF4hhrsrB9KR7po+dliTGM=,QBiURvQaE6H6qYTmeghDHLANBFQ=",
        "BLF-CRYPT:$2y$15$11ipvo5dR6CwkzwmhwM26OXgzXwhV2PyPuLV.Qi31ILcRcThQpEiW",
        "BLF-CRYPT:$2y$31$11ipvo5dR6CwkzwmhwM26OXgzXwhV2PyPuLV.Qi31ILcRcThQpEiW",
      })
  void workWithoutEndIsRefusedForNow(String row) {
    String scheme = row.substring(0, row.indexOf(':'));
    assertThat(parse("{" + scheme + "}" + row.substring(row.indexOf(':') + 1)))
        .isEqualTo(refused(Refusal.TOO_DEAR, scheme));
  }

  @Test
  void onlyWhatIsTooDearMayPass() {
    for (Refusal refusal : Refusal.values()) {
      assertThat(refusal.temporary()).isEqualTo(refusal == Refusal.TOO_DEAR);
      assertThat(refusal.text()).isNotBlank();
    }
  }

  @Test
  void nothingIsReadThatIsVeryLong() {
    assertThat(parse("{PLAIN}" + "x".repeat(4097))).isEqualTo(refused(Refusal.MALFORMED, "PLAIN"));
    assertThat(parse("{SSHA}" + "x".repeat(5_000_000)))
        .isEqualTo(refused(Refusal.MALFORMED, "SSHA"));
    assertThat(parse("{" + "x".repeat(5_000_000) + "}"))
        .isEqualTo(refused(Refusal.UNKNOWN_SCHEME, ""));
  }

  @Test
  void passwordsAreOctets() {
    assertThat(matches("{PLAIN}p\u00e4ss", "p\u00e4ss")).isTrue();
    assertThat(verifier("{PLAIN}p\u00e4ss").matches(octets("p\u00e4ss"))).isFalse();
    assertThat(verifier("{PLAIN.hex}70e47373").matches(octets("p\u00e4ss"))).isTrue();
    assertThat(matches("{PLAIN}", "")).isTrue();
    assertThat(matches("{PLAIN}}{x}", "}{x}")).isTrue();
  }

  @Test
  void anImpossiblePasswordIsNobodys() {
    String long1025 = "x".repeat(1025);
    assertThat(matches("{PLAIN}" + long1025, long1025)).isFalse();
    assertThat(verifier("{PLAIN.hex}740074").matches(octets("t\0t"))).isFalse();
    // HMAC takes NULs at the end of a key for nothing.
    String stored = "{PBKDF2}$1$bUnT4Pl7yFtYX0KU$5000$50a83cafdc517b9f46519415e53c6a858908680a";
    assertThat(verifier(stored).matches(octets("test"))).isTrue();
    assertThat(verifier(stored).matches(octets("test\0"))).isFalse();
  }

  @Test
  void saysWhatItCosts() {
    assertThat(verifier("{PLAIN}x").cheap()).isTrue();
    assertThat(verifier("{SHA}" + SHA1_HEX).cheap()).isTrue();
    assertThat(verifier("{SMD5}MDfcev25auKKoMOtqViGrEiqU9I=").cheap()).isTrue();
    Verifier bcrypt =
        verifier("{CRYPT}$2y$14$11ipvo5dR6CwkzwmhwM26OXgzXwhV2PyPuLV.Qi31ILcRcThQpEiW");
    assertThat(bcrypt.cheap()).isFalse();
    assertThat(bcrypt.memoryBytes()).isZero();
    for (String stored : List.of("{PLAIN}x", "{SHA}" + SHA1_HEX)) {
      assertThat(verifier(stored).outdated()).isTrue();
    }
    assertThat(bcrypt.outdated()).isTrue();
    assertThat(bcrypt).hasToString("{CRYPT}");
    assertThat(verifier("{PLAIN}test").matches(secret("test"))).isTrue();
  }
}
