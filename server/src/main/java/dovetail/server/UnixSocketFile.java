package dovetail.server;

import dovetail.observe.Libc;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a unix-domain socket. It is bound under a name that nobody knows, gets its group and
 * mode there, and is then renamed over the final path: nobody can connect before the rights are
 * right, and a new process takes over from an old one with no moment in between.
 */
final class UnixSocketFile {
  private static final Logger LOG = LoggerFactory.getLogger(UnixSocketFile.class);
  private static final int OWNER_ONLY = 0177;
  private static final int TYPE_BITS = 0170000;
  private static final int SOCKET_TYPE = 0140000;
  private static final int ATTEMPTS = 100;

  private final Path path;
  private final Path fresh;
  private final Object fileKey;

  private UnixSocketFile(Path path, Path fresh, Object fileKey) {
    this.path = path;
    this.fresh = fresh;
    this.fileKey = fileKey;
  }

  /**
   * Binds the channel beside the path, under a name of its own.
   *
   * @param permissions octal digits
   * @throws IOException when something that is no socket has the path, the folder is missing, the
   *     group is unknown or may not be given
   */
  static UnixSocketFile bind(
      ServerSocketChannel channel,
      Path path,
      Optional<String> group,
      String permissions,
      int backlog)
      throws IOException {
    refuseOtherKinds(path);
    Path fresh = bindFresh(channel, path, backlog);
    try {
      if (group.isPresent()) {
        // The group first: the mode must not open the door to the group that it had.
        view(fresh).setGroup(group(fresh, group.get()));
      }
      Files.setAttribute(fresh, "unix:mode", Integer.parseInt(permissions, 8));
      return new UnixSocketFile(path, fresh, key(fresh));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static GroupPrincipal group(Path file, String name) throws IOException {
    try {
      return file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
    } catch (UserPrincipalNotFoundException e) {
      throw new IOException("there is no group '" + name + "'", e);
    }
  }

  private static void refuseOtherKinds(Path path) throws IOException {
    if (!Files.isDirectory(Objects.requireNonNull(path.getParent()))) {
      throw new IOException("the folder " + path.getParent() + " does not exist");
    }
    try {
      if (!isSocket(path)) {
        throw new IOException(path + " exists and is not a socket");
      }
    } catch (NoSuchFileException _) {
      return;
    }
    if (isAnswering(path)) {
      LOG.warn("another process still answers on {}; its new connections come here now", path);
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    // Not followed: a link is no socket, wherever it leads.
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & TYPE_BITS) == SOCKET_TYPE;
  }

  private static boolean isAnswering(Path path) {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // A full queue must not hold us up.
      probe.configureBlocking(false);
      return probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException _) {
      return false;
    }
  }

  private static Path bindFresh(ServerSocketChannel channel, Path path, int backlog)
      throws IOException {
    String prefix = ".d" + Long.toString(ProcessHandle.current().pid(), 36) + "-";
    // Leftovers of a killed process, or another one in a container with the same id, are passed by.
    for (int i = 0; i < ATTEMPTS; i++) {
      Path fresh = path.resolveSibling(prefix + i);
      if (!Files.exists(fresh, LinkOption.NOFOLLOW_LINKS) && bound(channel, fresh, backlog)) {
        return fresh;
      }
    }
    throw new IOException("too many leftover sockets " + path.resolveSibling(prefix) + "*");
  }

  /** Under a mask of the whole process; other threads' files get narrower rights at worst. */
  private static boolean bound(ServerSocketChannel channel, Path fresh, int backlog)
      throws IOException {
    synchronized (UnixSocketFile.class) {
      int before = Libc.umask(OWNER_ONLY);
      try {
        channel.bind(UnixDomainSocketAddress.of(fresh), backlog);
        return true;
      } catch (BindException e) {
        if (Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
          return false;
        }
        throw e;
      } finally {
        Libc.umask(before);
      }
    }
  }

  private static Object key(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return Objects.requireNonNull(attributes.fileKey(), "a file system without inode numbers");
  }

  /** Puts the socket at its final path, over a socket that stands there. */
  void publish() throws IOException {
    try {
      if (!isSocket(path)) {
        throw new IOException(path + " exists and is not a socket");
      }
    } catch (NoSuchFileException _) {
      // The usual case.
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes the socket, unless another process has put its own there. */
  void remove() {
    for (Path file : new Path[] {path, fresh}) {
      try {
        if (key(file).equals(fileKey)) {
          Files.delete(file);
        }
      } catch (NoSuchFileException _) {
        // Already gone.
      } catch (IOException e) {
        LOG.warn("the socket {} cannot be removed: {}", file, e.getMessage());
      }
    }
  }
}
