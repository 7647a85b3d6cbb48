package dovetail.auth.password;

import static dovetail.auth.password.Passwords.WEAK;
import static dovetail.auth.password.Passwords.refused;
import static dovetail.auth.password.Passwords.secret;
import static dovetail.auth.password.Passwords.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Dovecot's own tool stores we verify, and the other way round. */
final class DoveadmTest {
  private static final Path DOVEADM = Path.of("/usr/bin/doveadm");
  private static final List<String> PASSWORDS =
      List.of("test", "correct horse battery staple", "p\u00e4ssw\u00f6rd \u20ac", "x".repeat(71));

  @TempDir private Path folder;

  @BeforeEach
  void isInstalled() throws IOException {
    assumeTrue(Files.isExecutable(DOVEADM), () -> "not installed: dovecot-core, for " + DOVEADM);
    Files.writeString(folder.resolve("dovecot.conf"), "ssl = no\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PLAIN",
        "CLEAR",
        "CLEARTEXT",
        "CRYPT",
        "BLF-CRYPT",
        "SHA256-CRYPT",
        "SHA512-CRYPT",
        "ARGON2I",
        "ARGON2ID",
        "SHA",
        "SHA1",
        "SHA256",
        "SHA512",
        "SSHA",
        "SSHA256",
        "SSHA512",
        "PBKDF2",
        "SCRAM-SHA-1",
        "SCRAM-SHA-256",
        "DES-CRYPT",
        "MD5",
        "MD5-CRYPT",
        "SMD5",
        "LDAP-MD5",
        "PLAIN-MD5",
        "PLAIN-MD4",
        "SHA256.hex",
        "SSHA512.b64",
        "PLAIN.hex",
        "CRYPT.b64",
      })
  void whatItStoresWeVerify(String scheme) throws Exception {
    for (String password : PASSWORDS) {
      String stored = doveadm("pw", "-s", scheme, "-p", password).strip();
      Verifier verifier = verifier(stored);
      assertThat(verifier.matches(secret(password))).as(stored).isTrue();
      // Before it, since crypt(3) of old looks at eight octets only.
      assertThat(verifier.matches(secret("T" + password))).as(stored).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256-CRYPT, 20000",
    "SHA512-CRYPT, 1000",
    "BLF-CRYPT, 10",
    "PBKDF2, 10000",
    "SCRAM-SHA-256, 20000",
  })
  void roundsMayBeMoreOrLess(String scheme, String rounds) throws Exception {
    String stored = doveadm("pw", "-s", scheme, "-r", rounds, "-p", "test").strip();
    assertThat(verifier(stored).matches(secret("test"))).as(stored).isTrue();
    assertThat(verifier(stored).matches(secret("Test"))).as(stored).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OTP", "CRAM-MD5", "HMAC-MD5", "DIGEST-MD5"})
  void whatIsForOtherMechanismsWeRefuse(String scheme) throws Exception {
    String stored = doveadm("pw", "-s", scheme, "-p", "test", "-u", "user@example.com").strip();
    assertThat(StoredPassword.parse(stored, WEAK))
        .isEqualTo(refused(Refusal.OTHER_MECHANISM, scheme));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARGON2ID", "SCRAM-SHA-1", "SCRAM-SHA-256"})
  void whatWeStoreItVerifies(String scheme) throws Exception {
    SecureRandom random = new SecureRandom();
    for (String password : PASSWORDS) {
      Secret secret = secret(password);
      String stored =
          switch (scheme) {
            case "ARGON2ID" -> new Argon2id(random).hash(secret);
            case "SCRAM-SHA-1" ->
                ScramKeys.generate(ScramMechanism.SHA_1, secret, 4096, random).stored();
            default -> ScramKeys.generate(ScramMechanism.SHA_256, secret, 5000, random).stored();
          };
      assertThat(doveadm("pw", "-t", stored, "-p", password)).contains(stored + " (verified)");
      assertThat(doveadm("pw", "-t", stored, "-p", password + "x")).contains("mismatch");
    }
  }

  private String doveadm(String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>(List.of(DOVEADM.toString(), "-c", "dovecot.conf"));
    Collections.addAll(command, arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
