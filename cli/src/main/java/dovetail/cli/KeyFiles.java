package dovetail.cli;

import dovetail.cli.opendkim.Signing;
import dovetail.mail.Domain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes private keys. */
final class KeyFiles {
  private KeyFiles() {}

  /** Whether a folder of keys has one of that domain. */
  static boolean any(Path folder, Domain domain) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder.resolve(domain.ascii()), "[!.]*.pem")) {
      return files.iterator().hasNext();
    } catch (NoSuchFileException | NotDirectoryException _) {
      return false;
    }
  }

  /**
   * Creates a key file with mode 0600, and folders above it with 0700 where they are missing. What
   * root creates belongs to whom the folder above belongs to, since the service reads it.
   *
   * @throws FileAlreadyExistsException if the file is there; it is left as it is
   */
  static void create(Path file, String pem) throws IOException {
    createFolder(folder(file));
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(pem.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    inheritOwner(file);
  }

  /**
   * Creates the files of several keys, all or none.
   *
   * @param folder the folder of the keys
   * @param dryRun only look whether they could be
   * @throws FailureException if one is there or cannot be made; no file is left then
   */
  static void createAll(Path folder, List<Signing.Key> keys, boolean dryRun)
      throws FailureException {
    List<String> there =
        keys.stream()
            .map(key -> file(folder, key))
            .filter(Files::exists)
            .map(file -> file + " exists")
            .toList();
    if (!there.isEmpty()) {
      throw new FailureException(Exit.NO, String.join("\n", there) + "\nnothing was changed");
    }
    Deque<Path> made = new ArrayDeque<>();
    for (Signing.Key key : dryRun ? List.<Signing.Key>of() : keys) {
      Path file = file(folder, key);
      try {
        if (Files.notExists(folder(file))) {
          made.push(folder(file));
        }
        made.push(file);
        create(file, key.pem());
      } catch (IOException e) {
        made.forEach(KeyFiles::remove);
        throw new FailureException(
            Exit.NO, "cannot write " + file + ": " + e + "; nothing was changed", e);
      }
    }
  }

  private static Path file(Path folder, Signing.Key key) {
    return folder.resolve(key.key().domain().ascii()).resolve(key.key().selector() + ".pem");
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // What went wrong before is what is told.
    }
  }

  private static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (Files.exists(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    createFolder(folder(folder));
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    inheritOwner(folder);
  }

  /** The folder that something is in; the root's is itself. */
  private static Path folder(Path path) {
    Path absolute = path.toAbsolutePath();
    return Optional.ofNullable(absolute.getParent()).orElse(absolute);
  }

  /** Of the name itself: whom the folder belongs to may have put a link in its place. */
  static void inheritOwner(Path path) throws IOException {
    PosixFileAttributes above = Files.readAttributes(folder(path), PosixFileAttributes.class);
    PosixFileAttributes own =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (own.owner().getName().equals("root") && !above.owner().getName().equals("root")) {
      PosixFileAttributeView view =
          Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      view.setGroup(above.group());
      view.setOwner(above.owner());
    }
  }
}
