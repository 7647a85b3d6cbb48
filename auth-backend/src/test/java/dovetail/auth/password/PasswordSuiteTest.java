package dovetail.auth.password;

import static dovetail.auth.password.Passwords.WEAK;
import static dovetail.auth.password.Passwords.octets;
import static dovetail.auth.password.Passwords.secret;
import static dovetail.auth.password.Passwords.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The hashes of Dovecot's own tests and of the reference implementation of Argon2. */
final class PasswordSuiteTest {
  private static final Set<String> WEAK_SCHEMES =
      Set.of("CRYPT", "MD5", "MD5-CRYPT", "SMD5", "LDAP-MD5", "PLAIN-MD4");
  private static final Set<String> OTHERS = Set.of("OTP", "CRAM-MD5", "DIGEST-MD5");
  private static final Set<String> REST =
      Set.of(
          "PLAIN",
          "SHA1",
          "SHA256",
          "SHA512",
          "SSHA",
          "PBKDF2",
          "SCRAM-SHA-1",
          "SCRAM-SHA-256",
          "BLF-CRYPT",
          "ARGON2I",
          "ARGON2ID");

  @Test
  void dovecotsOwn() throws IOException {
    Map<String, String> schemes = new TreeMap<>();
    for (Map<String, String> row : rows("dovecot-test-libpassword.jsonl")) {
      schemes.put(text(row, "scheme"), text(row, "hash"));
      String password = text(row, "password");
      judge(text(row, "scheme"), text(row, "hash"), password);
    }
    assertThat(schemes.keySet())
        .containsAll(WEAK_SCHEMES)
        .containsAll(OTHERS)
        .containsAll(REST)
        .hasSize(20);
  }

  private static void judge(String scheme, String hash, String password) {
    StoredPassword usual = StoredPassword.parse(hash, SchemeLimits.DEFAULT);
    if (OTHERS.contains(scheme)) {
      assertThat(usual).isEqualTo(Passwords.refused(Refusal.OTHER_MECHANISM, scheme));
      assertThat(StoredPassword.parse(hash, WEAK)).isEqualTo(usual);
      return;
    }
    if (WEAK_SCHEMES.contains(scheme)) {
      assertThat(usual).isEqualTo(Passwords.refused(Refusal.WEAK_SCHEME, scheme));
    } else {
      assertThat(usual).isInstanceOf(StoredPassword.Usable.class);
    }
    assertOnly(hash, password);
  }

  @Test
  void argon2() throws IOException {
    int count = 0;
    int first = 0;
    for (Map<String, String> row : rows("phc-argon2.jsonl")) {
      String hash = text(row, "hash");
      String scheme = hash.startsWith("$argon2id$") ? "{ARGON2ID}" : "{ARGON2I}";
      assertOnly(scheme + hash, text(row, "password"));
      count++;
      if (text(row, "argon2_version").equals("v16")) {
        first++;
      }
    }
    assertThat(count).isEqualTo(21);
    assertThat(first).isEqualTo(7);
  }

  private static void assertOnly(String hash, String password) {
    Verifier verifier = verifier(hash);
    assertThat(verifier.matches(secret(password))).as(hash).isTrue();
    assertThat(verifier.matches(secret(password + "\u00e4"))).as(hash).isFalse();
    assertThat(verifier.matches(octets(password + "\0"))).as(hash).isFalse();
    assertThat(verifier.matches(octets(password + "\0x"))).as(hash).isFalse();
    assertThat(verifier.toString()).isEqualTo(hash.substring(0, hash.indexOf('}') + 1));
  }

  private static List<Map<String, String>> rows(String name) throws IOException {
    Path file = Path.of(System.getProperty("dovetail.suites", "."), "password", name);
    assumeTrue(Files.exists(file), () -> "no conformance cases at " + file);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Map<String, String> row = new HashMap<>();
      try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          row.put(key, parser.getString());
        }
      }
      assertThat(row).containsEntry("expect", "true");
      rows.add(row);
    }
    System.out.println("password/" + name + ": " + rows.size() + " cases");
    return rows;
  }

  private static String text(Map<String, String> row, String key) {
    return row.getOrDefault(key, "");
  }
}
