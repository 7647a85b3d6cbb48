package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileAccessTest {
  @TempDir private Path folder = Path.of("replaced");

  private record User(String getName) implements UserPrincipal {
    @Override
    public String getName() {
      return getName;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "rw-r-----", "r--r-----", "rwxr-x--x"})
  void safeModes(String mode) throws IOException, DkimKeyException {
    assertThat(DkimKey.read(file(mode)).bits()).isEqualTo(2048);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-----w-", "rw-rw----", "rw--w----"})
  void unsafeModes(String mode) throws IOException {
    Path file = file(mode);
    assertThatThrownBy(() -> DkimKey.read(file))
        .isInstanceOf(DkimKeyException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageEndingWith("; chmod 0640 or 0600");
  }

  @Test
  void linksAreFollowed() throws IOException, DkimKeyException {
    Path link = Files.createSymbolicLink(folder.resolve("link.pem"), file("rw-------"));
    assertThat(DkimKey.read(link).bits()).isEqualTo(2048);
    Path unsafe = Files.createSymbolicLink(folder.resolve("unsafe.pem"), file("rw-r--r--"));
    assertThatThrownBy(() -> DkimKey.read(unsafe)).isInstanceOf(DkimKeyException.class);
  }

  @Test
  void foldersThatEverybodyWritesTo() throws IOException, DkimKeyException {
    Path file = file("rw-------");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> DkimKey.read(file))
        .isInstanceOf(DkimKeyException.class)
        .hasMessageContaining("the folder " + folder.toRealPath() + " is writable for all");
    Files.setAttribute(folder, "unix:mode", 01777);
    assertThat(DkimKey.read(file).bits()).isEqualTo(2048);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
    assertThat(DkimKey.read(file).bits()).isEqualTo(2048);
  }

  @Test
  void owners() {
    User root = new User("root");
    User us = new User("dovetail");
    User other = new User("someone");
    assertThatCode(() -> KeyFileAccess.checkOwner(root, us)).doesNotThrowAnyException();
    assertThatCode(() -> KeyFileAccess.checkOwner(us, us)).doesNotThrowAnyException();
    assertThatCode(() -> KeyFileAccess.checkOwner(other, root)).doesNotThrowAnyException();
    assertThatThrownBy(() -> KeyFileAccess.checkOwner(other, us))
        .isInstanceOf(DkimKeyException.class)
        .hasMessage("it belongs to someone, neither to root nor to dovetail");
  }

  @Test
  void whatIsNoKeyFile() throws IOException {
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> DkimKey.read(missing))
        .isInstanceOf(DkimKeyException.class)
        .hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> DkimKey.read(folder))
        .isInstanceOf(DkimKeyException.class)
        .hasMessage(folder + ": not a regular file");
    Path huge = file("rw-------");
    Files.write(huge, new byte[70_000]);
    assertThatThrownBy(() -> DkimKey.read(huge))
        .isInstanceOf(DkimKeyException.class)
        .hasMessageContaining("larger than any key");
  }

  private Path file(String mode) throws IOException {
    Path file = Files.createTempFile(folder, "key", ".pem");
    Files.write(file, TestKeys.resource("keys/rsa2048-pkcs1.pem"));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
