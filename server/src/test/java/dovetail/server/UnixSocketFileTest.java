package dovetail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketFileTest {
  @TempDir private Path folder;
  private Path path = Path.of("/");

  @BeforeEach
  void name() {
    path = folder.resolve("socket");
  }

  private Listener listen(Optional<String> group, String permissions) throws IOException {
    Listener.Place.Unix place = new Listener.Place.Unix(path, group, permissions);
    return Listener.bind(place, ListenSpec.of("unix:" + path));
  }

  private Listener published() throws IOException {
    Listener listener = listen(Optional.empty(), "0600");
    listener.publish();
    return listener;
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private boolean reaches(Listener listener) throws IOException {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
        SocketChannel accepted = listener.channel().accept()) {
      return client.isConnected() && accepted != null;
    }
  }

  @Test
  void nothingIsAtThePathBeforePublishing() throws IOException {
    Listener listener = listen(Optional.empty(), "0660");

    assertThat(path).doesNotExist();
    listener.publish();
    assertThat(permissions(path)).isEqualTo("rw-rw----");
    assertThat(reaches(listener)).isTrue();
    listener.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void onlyTheOwnerUnlessToldOtherwise() throws IOException {
    Listener listener = published();

    assertThat(permissions(path)).isEqualTo("rw-------");
    listener.close();
  }

  @Test
  void aGroupThatIsNamedMayConnect() {
    ListenAddress.Unix unix = new ListenAddress.Unix(path);
    Optional<String> group = Optional.of("postfix");
    ListenSpec spec = new ListenSpec(unix, Optional.empty(), group, Optional.empty(), List.of());
    assertThat(Listener.place(unix, spec)).isEqualTo(new Listener.Place.Unix(path, group, "0660"));
  }

  @Test
  void theMaskOfTheProcessIsAsBefore() throws IOException {
    Path before = Files.createFile(folder.resolve("before"));
    Listener listener = published();
    Path after = Files.createFile(folder.resolve("after"));

    assertThat(permissions(after)).isEqualTo(permissions(before));
    listener.close();
  }

  @Test
  void theGroupIsSet() throws IOException {
    String own = Files.readAttributes(folder, PosixFileAttributes.class).group().getName();
    Listener listener = listen(Optional.of(own), "0660");
    listener.publish();

    assertThat(Files.readAttributes(path, PosixFileAttributes.class).group()).hasToString(own);
    listener.close();
  }

  @Test
  void anUnknownGroupLeavesNothingBehind() {
    assertThatThrownBy(() -> listen(Optional.of("no-such-group-here"), "0660"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-group-here");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aStaleSocketIsReplaced() throws IOException {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(path).exists();

    Listener listener = published();

    assertThat(reaches(listener)).isTrue();
    listener.close();
  }

  @Test
  void aLiveSocketIsTakenOverAndItsOldOwnerRemovesNothing() throws IOException {
    Listener old = published();
    Listener next = published();

    assertThat(reaches(next)).isTrue();
    old.close();
    assertThat(reaches(next)).isTrue();
    next.close();
    assertThat(path).doesNotExist();
  }

  @Test
  void whatIsNoSocketStays() throws IOException {
    Files.writeString(path, "precious");
    assertThatThrownBy(this::published).hasMessageContaining("is not a socket");
    assertThat(path).hasContent("precious");
  }

  @Test
  void aLinkToASocketIsNotFollowed() throws IOException {
    Path real = folder.resolve("real");
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(real));
      Files.createSymbolicLink(path, real);

      assertThatThrownBy(this::published).hasMessageContaining("is not a socket");
      assertThat(path).isSymbolicLink();
      assertThat(real).exists();
    }
  }

  @Test
  void aFileThatAppearedMeanwhileStays() throws IOException {
    Listener listener = listen(Optional.empty(), "0600");
    Files.writeString(path, "precious");

    assertThatThrownBy(listener::publish).hasMessageContaining("is not a socket");
    listener.close();
    assertThat(path).hasContent("precious");
    assertThat(folder.toFile().list()).containsExactly("socket");
  }

  @Test
  void aMissingFolderIsNamed() {
    path = folder.resolve("none").resolve("socket");
    assertThatThrownBy(this::published)
        .hasMessageContaining("the folder " + folder.resolve("none") + " does not exist");
  }
}
