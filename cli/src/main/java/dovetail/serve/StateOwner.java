package dovetail.serve;

import dovetail.observe.Libc;
import dovetail.store.sql.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Goes on as the owner of the embedded database's folder where root has started us: a file beside
 * the database that root has made would lock the service out.
 */
public final class StateOwner {
  private StateOwner() {}

  /**
   * Becomes that owner, for good; does nothing where that is root, where we are not, or where there
   * is no embedded database.
   *
   * @throws IOException if the system refuses
   */
  public static void become(Configuration configuration) throws IOException {
    Optional<Path> folder = ofAnother(configuration);
    if (folder.isPresent()) {
      int user = (int) Files.getAttribute(folder.get(), "unix:uid");
      int group = (int) Files.getAttribute(folder.get(), "unix:gid");
      Libc.becomeUser(Files.getOwner(folder.get()).getName(), user, group);
    }
  }

  /** Whether {@link #become} would change who we are. */
  public static boolean isNeeded(Configuration configuration) throws IOException {
    return ofAnother(configuration).isPresent();
  }

  /** The folder, where we are root and it is not root's. */
  private static Optional<Path> ofAnother(Configuration configuration) throws IOException {
    DatabaseSettings database = DatabaseConfig.database(configuration.settings());
    Optional<Path> folder = database.file().map(Path::getParent).filter(Files::isDirectory);
    return folder.isPresent()
            && Libc.isRoot()
            && (int) Files.getAttribute(folder.get(), "unix:uid") != 0
        ? folder
        : Optional.empty();
  }
}
