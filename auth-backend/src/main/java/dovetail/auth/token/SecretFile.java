package dovetail.auth.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A file whose one line is a secret. */
final class SecretFile {
  /** As many as a digest of SHA-256 has (RFC 7518 3.2). */
  private static final int LEAST_OCTETS = 32;

  private static final int MOST_OCTETS = 4096;

  private SecretFile() {}

  static byte[] read(Path file) throws UnusableKeysException {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      if (mode.contains(PosixFilePermission.OTHERS_READ)
          || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new UnusableKeysException(file, "everybody can read or write it; chmod 0640 or 0600");
      }
      if (Files.size(file) > MOST_OCTETS) {
        throw new UnusableKeysException(file, "expected one line, the secret");
      }
      return checked(Files.readString(file, StandardCharsets.ISO_8859_1).stripTrailing(), file);
    } catch (NoSuchFileException e) {
      throw new UnusableKeysException(file, "there is no such file", e);
    } catch (IOException e) {
      throw new UnusableKeysException(file, e.toString(), e);
    }
  }

  private static byte[] checked(String line, Path file) throws UnusableKeysException {
    if (!line.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new UnusableKeysException(
          file, "expected one line, the secret, in ASCII without blanks and control characters");
    }
    if (line.length() < LEAST_OCTETS) {
      throw new UnusableKeysException(
          file, "expected a secret of at least %d characters".formatted(LEAST_OCTETS));
    }
    return line.getBytes(StandardCharsets.US_ASCII);
  }
}
