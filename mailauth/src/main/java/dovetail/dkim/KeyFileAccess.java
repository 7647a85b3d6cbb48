package dovetail.dkim;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a key file is safe from others than root, the account that runs this process and the
 * file's group: nobody else may read the file, nobody but its owner may write it, it belongs to
 * root or to that account, and no folder above it lets everybody exchange it. Thus 0600 and 0640
 * are fine, 0644 and 0660 are not. As root any owner will do: the service that root looks after has
 * an account of its own.
 *
 * <p>Links are followed; the file that counts is the one at their end. OpenDKIM's RequireSafeKeys
 * checks the same, except that a folder may be writable for its group here.
 */
final class KeyFileAccess {
  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_ALL = 0002;

  private KeyFileAccess() {}

  static void check(Path file) throws IOException, DkimKeyException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    Path real = file.toRealPath();
    PosixFileAttributes attributes = Files.readAttributes(real, PosixFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new DkimKeyException("not a regular file");
    }
    checkMode(attributes.permissions());
    checkOwner(attributes.owner(), us());
    Optional<Path> folder = Optional.ofNullable(real.getParent());
    while (folder.isPresent()) {
      checkFolder(folder.get(), (Integer) Files.getAttribute(folder.get(), "unix:mode"));
      folder = Optional.ofNullable(folder.get().getParent());
    }
  }

  /** The effective user of this process. */
  private static UserPrincipal us() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self)
        ? Files.getOwner(self)
        : FileSystems.getDefault()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name", "root"));
  }

  static void checkMode(Set<PosixFilePermission> mode) throws DkimKeyException {
    if (mode.contains(PosixFilePermission.OTHERS_READ)
        || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new DkimKeyException("everybody can read or write it; chmod 0640 or 0600");
    }
    if (mode.contains(PosixFilePermission.GROUP_WRITE)) {
      throw new DkimKeyException("its group can write it; chmod 0640 or 0600");
    }
  }

  static void checkOwner(UserPrincipal owner, UserPrincipal us) throws DkimKeyException {
    if (!us.getName().equals("root")
        && !owner.getName().equals("root")
        && !owner.getName().equals(us.getName())) {
      throw new DkimKeyException(
          "it belongs to " + owner.getName() + ", neither to root nor to " + us.getName());
    }
  }

  static void checkFolder(Path folder, int mode) throws DkimKeyException {
    if ((mode & WRITABLE_BY_ALL) != 0 && (mode & STICKY) == 0) {
      throw new DkimKeyException(
          "everybody can exchange it: the folder " + folder + " is writable for all");
    }
  }
}
