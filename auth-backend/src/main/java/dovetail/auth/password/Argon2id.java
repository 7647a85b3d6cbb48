package dovetail.auth.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Hashes passwords with Argon2id (RFC 9106) as Dovecot's scheme ARGON2ID writes it. */
public final class Argon2id {
  private static final String SCHEME = "{ARGON2ID}";

  // OWASP's first choice for Argon2id: as dear for an attacker as more memory and fewer passes.
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

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
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(PASSES)
            .withParallelism(LANES)
            .withSalt(salt)
            .build();
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] hash = new byte[HASH_BYTES];
    byte[] text = octets(password);
    generator.generateBytes(text, hash);
    Arrays.fill(text, (byte) 0);
    return "%s$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            SCHEME,
            Argon2Parameters.ARGON2_VERSION_13,
            MEMORY_KIB,
            PASSES,
            LANES,
            base64(salt),
            base64(hash));
  }

  private static byte[] octets(char[] password) {
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
