package dovetail.auth.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** Hashes passwords with Argon2id (RFC 9106) as Dovecot's scheme ARGON2ID writes it. */
public final class Argon2id {
  static final int SALT_BYTES = 16;

  private static final String SCHEME = "{ARGON2ID}";
  private static final int HASH_BYTES = 32;
  private static final Argon2Function FUNCTION = Argon2Function.USUAL;

  private final SecureRandom random;

  public Argon2id(SecureRandom random) {
    this.random = random;
  }

  /**
   * The hash of a password with a fresh salt; takes some ten milliseconds and 19 MiB.
   *
   * @param password is left as it is; the caller may overwrite it
   */
  public String hash(char[] password) {
    byte[] octets = octets(password);
    String stored = hash(octets);
    Arrays.fill(octets, (byte) 0);
    return stored;
  }

  /**
   * The same, of octets.
   *
   * @throws IllegalArgumentException if no login could ever have the password
   */
  public String hash(Secret password) {
    requirePossible(password);
    return password.read(this::hash);
  }

  /**
   * A hash with keys for SCRAM-SHA-256 beside it; takes a few milliseconds more.
   *
   * @throws IllegalArgumentException if no login could ever have the password
   */
  public StoredParts hashWithKeys(Secret password) {
    return StoredParts.of(
        hash(password),
        ScramKeys.generate(ScramMechanism.SHA_256, password, ScramKeys.LEAST_ITERATIONS, random));
  }

  /** The same, of characters. */
  public StoredParts hashWithKeys(char[] password) {
    byte[] octets = octets(password);
    try (Secret secret = Secret.of(octets)) {
      return hashWithKeys(secret);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** The memory that takes, in bytes. */
  static long memoryBytes() {
    return FUNCTION.memoryBytes();
  }

  static void requirePossible(Secret password) {
    if (!password.possible()) {
      throw new IllegalArgumentException("no password: it has a NUL or is too long");
    }
  }

  private String hash(byte[] password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return "%s$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            SCHEME,
            FUNCTION.version(),
            FUNCTION.memoryKib(),
            FUNCTION.passes(),
            FUNCTION.lanes(),
            base64(salt),
            base64(FUNCTION.hash(password, salt, HASH_BYTES)));
  }

  static byte[] octets(char[] password) {
    // Room for the longest encoding, so that no other array holds the password for a while.
    ByteBuffer encoded = ByteBuffer.allocate(password.length * 4);
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), encoded, true);
    byte[] octets = Arrays.copyOf(encoded.array(), encoded.position());
    Arrays.fill(encoded.array(), (byte) 0);
    return octets;
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().withoutPadding().encodeToString(octets);
  }
}
