package dovetail.store.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file with the key for secrets: 32 octets in base64. It is made when it is first needed; hosts
 * that share a database share its content.
 */
public final class SecretKeyFile implements SecretBox.KeySource {
  private static final int KEY_BYTES = 32;

  private final Path file;
  private final SecureRandom random;
  private volatile byte @Nullable [] known;

  public SecretKeyFile(Path file, SecureRandom random) {
    this.file = file;
    this.random = random;
  }

  @Override
  public byte[] key() throws SQLException {
    byte[] key = known;
    if (key == null) {
      key = readOrMake();
      known = key;
    }
    return key;
  }

  private byte[] readOrMake() throws SQLException {
    try {
      try {
        return read();
      } catch (NoSuchFileException _) {
        make();
        return read();
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new SQLException("the key file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private byte[] read() throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    byte[] key = Base64.getDecoder().decode(text);
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("expected 32 octets in base64");
    }
    return key;
  }

  private void make() throws IOException {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    byte[] text =
        (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    // Under another name first: nobody finds half a key.
    Path fresh = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    try {
      Files.createLink(file, fresh); // fails if another process was faster, whose key then holds
    } catch (FileAlreadyExistsException _) {
      // That one is read.
    } finally {
      Files.delete(fresh);
    }
  }
}
