package dovetail.auth.password;

import static dovetail.auth.password.Passwords.WEAK;
import static dovetail.auth.password.Passwords.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is stored matches its password and no other, and what was changed matches none. */
class StoredPasswordProperties {
  /** Hashes of "test" that take little time. */
  private static final List<String> STORED =
      List.of(
          "{PLAIN}test",
          "{PLAIN.b64}dGVzdA==",
          "{SHA1}qUqP5cyxm6YcTAhz05Hph5gvu9M=",
          "{SHA1.hex}a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
          "{SSHA}H/zrDv8FXUu1JmwvVYijfrYEF34jVZcO",
          "{SMD5}JTu1KRwptKZJg/RLd+6Vn5GUd0M=",
          "{LDAP-MD5}CY9rzUYh03PK3k6DJie09g==",
          "{PLAIN-MD4}db346d691d7acc4dc2625db19f9e3f52",
          "{PBKDF2}$1$bUnT4Pl7yFtYX0KU$5000$50a83cafdc517b9f46519415e53c6a858908680a",
          "{SCRAM-SHA-1}4096,GetyLXdBuHzf1FWf8SLz2Q==,NA/OqmF4hhrsrB9KR7po+dliTGM=,"
              + "QBiURvQaE6H6qYTmeghDHLANBFQ=",
          "{CRYPT}//EsnG9FLTKjo",
          "{CRYPT}$1$wmyrgRuV$kImF6.9MAFQNHe23kq5vI/",
          "{CRYPT}$2y$04$abcdefghijklmnopqrstuuoD8yw7MmybLKVooaTGGZAt3HXugv2.a",
          "{CRYPT}$5$ab+c=$GbGIBhxeJyYetx/7M6goPzHdZKqIIxIv9IXcHNT3Ne6",
          "{ARGON2ID}$argon2id$v=19$m=64,t=1,p=1$VuWw42bmyc1e9LKop0LbIA"
              + "$G2FUJtRwn913KG0RnzRGkVmYeAwGkGlx3VFbG57r5DM");

  private static final Map<String, String> DIGESTS =
      Map.of(
          "PLAIN-MD5", "MD5",
          "LDAP-MD5", "MD5",
          "SHA", "SHA-1",
          "SHA1", "SHA-1",
          "SHA256", "SHA-256",
          "SHA512", "SHA-512");

  private static final Map<String, String> SALTED =
      Map.of("SMD5", "MD5", "SSHA", "SHA-1", "SSHA256", "SHA-256", "SSHA512", "SHA-512");

  @Property(seed = "20261122", tries = 300)
  void digestsGoRound(
      @ForAll("passwords") byte[] password,
      @ForAll("passwords") byte[] other,
      @ForAll("salts") byte[] salt)
      throws NoSuchAlgorithmException {
    for (Map.Entry<String, String> each : DIGESTS.entrySet()) {
      byte[] digest = MessageDigest.getInstance(each.getValue()).digest(password);
      String hex = "{" + each.getKey() + "}" + HexFormat.of().formatHex(digest);
      assertOnly(hex, password, other);
      assertOnly(
          "{" + each.getKey() + "}" + Base64.getEncoder().encodeToString(digest), password, other);
    }
    for (Map.Entry<String, String> each : SALTED.entrySet()) {
      MessageDigest digest = MessageDigest.getInstance(each.getValue());
      digest.update(password);
      byte[] stored = concatenated(digest.digest(salt), salt);
      assertOnly(
          "{" + each.getKey() + "}" + Base64.getEncoder().encodeToString(stored), password, other);
      assertOnly("{" + each.getKey() + ".hex}" + HexFormat.of().formatHex(stored), password, other);
    }
    assertOnly("{PLAIN.hex}" + HexFormat.of().formatHex(password), password, other);
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Property(seed = "20261123", tries = 20)
  void ourOwnGoRound(@ForAll("passwords") byte[] password, @ForAll("passwords") byte[] other) {
    SecureRandom random = new SecureRandom();
    Secret secret = Secret.of(password);
    assertOnly(new Argon2id(random).hash(secret), password, other);
    assertOnly(
        ScramKeys.generate(ScramMechanism.SHA_256, secret, 4096, random).stored(), password, other);
  }

  private static void assertOnly(String stored, byte[] password, byte[] other) {
    Verifier verifier = verifier(stored);
    assertThat(verifier.matches(Secret.of(password))).as(stored).isTrue();
    assertThat(verifier.matches(Secret.of(other)))
        .as(stored)
        .isEqualTo(Arrays.equals(password, other));
  }

  @Property(seed = "20261124", tries = 600)
  void aChangedOneMatchesNoMore(
      @ForAll("stored") String stored, @ForAll int place, @ForAll("characters") char character) {
    int begin = stored.indexOf('}') + 1;
    int at = begin + Math.floorMod(place, stored.length() - begin);
    char before = stored.charAt(at);
    char after = at + 1 < stored.length() ? stored.charAt(at + 1) : '=';
    // What stands last in base64 has bits that do not count, '=' may be missing, and hexadecimal
    // digits have two cases.
    boolean counts = before != '=' && "=,$".indexOf(after) < 0;
    if (!counts || Character.toLowerCase(before) == Character.toLowerCase(character)) {
      return;
    }
    String changed = stored.substring(0, at) + character + stored.substring(at + 1);
    if (StoredPassword.parse(changed, WEAK) instanceof StoredPassword.Usable(Verifier verifier)) {
      assertThat(verifier.matches(Passwords.secret("test"))).as(changed).isFalse();
    }
  }

  @Property(seed = "20261125", tries = 2000)
  void aShortenedOneMatchesNoMore(
      @ForAll("stored") String stored, @ForAll @IntRange(min = 3, max = 40) int less) {
    int end = Math.max(stored.length() - less, 0);
    if (StoredPassword.parse(stored.substring(0, end), WEAK)
        instanceof StoredPassword.Usable(Verifier verifier)) {
      assertThat(verifier.matches(Passwords.secret("test"))).isFalse();
    }
  }

  @Property(seed = "20261126", tries = 2000)
  void anythingIsRead(@ForAll String any, @ForAll("stored") String stored) {
    String name = stored.substring(0, stored.indexOf('}') + 1);
    assertThat(StoredPassword.parse(any, WEAK)).isNotNull();
    assertThat(StoredPassword.parse(name + any, WEAK)).isNotNull();
  }

  @Provide
  Arbitrary<String> stored() {
    return Arbitraries.of(STORED);
  }

  @Provide
  Arbitrary<Character> characters() {
    return Arbitraries.chars().with("./09AZaz$=,+:{} \n\u00e4");
  }

  @Provide
  Arbitrary<byte[]> passwords() {
    return Arbitraries.bytes().filter(octet -> octet != 0).array(byte[].class).ofMaxSize(100);
  }

  @Provide
  Arbitrary<byte[]> salts() {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(20);
  }
}
