package dovetail.milter.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What proves that a message was copied to an archive by us; never shown. For any thread. */
public final class ArchiveKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int OCTETS = 32;
  private static final int SHORTEST = 32;
  private static final int MOST_OCTETS = 4096;

  private final SecretKeySpec key;

  private ArchiveKey(byte[] octets) {
    this.key = new SecretKeySpec(octets, ALGORITHM);
  }

  /** One that nobody else has, and that is gone when the process ends. */
  public static ArchiveKey random(RandomGenerator random) {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return new ArchiveKey(octets);
  }

  /**
   * Reads the one line of a file.
   *
   * @throws IOException saying why it cannot be used, without a word of what is in it
   */
  public static ArchiveKey read(Path file) throws IOException {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      if (mode.contains(PosixFilePermission.OTHERS_READ)
          || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new IOException(file + ": everybody can read or write it; chmod 0640 or 0600");
      }
      if (Files.size(file) > MOST_OCTETS) {
        throw new IOException(file + ": expected one line, the secret");
      }
      return of(Files.readString(file, StandardCharsets.ISO_8859_1).stripTrailing(), file);
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + ": there is no such file; \"openssl rand -hex 24\" makes a secret", e);
    }
  }

  private static ArchiveKey of(String line, Path file) throws IOException {
    if (!line.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IOException(
          file + ": expected one line, the secret, in ASCII without blanks and control characters");
    }
    if (line.length() < SHORTEST) {
      throw new IOException(
          "%s: expected a secret of at least %d characters".formatted(file, SHORTEST));
    }
    return new ArchiveKey(line.getBytes(StandardCharsets.US_ASCII));
  }

  /** A computation under way, for one thread. */
  public Mac begin() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("a JDK without " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
