package dovetail.serve;

import dovetail.config.Settings;
import dovetail.store.sql.SecretBox;
import dovetail.store.sql.SecretKeyFile;
import dovetail.store.sql.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Opens the store that a configuration names. */
public final class Stores {
  private Stores() {}

  /**
   * Whether the milter finds keys in the database, too: where one is configured, or the usual one
   * has its folder. Else a host that only signs with files would put mail off for want of it.
   */
  public static boolean isUsed(Configuration configuration) {
    return isUsed(configuration.settings());
  }

  /** The same by the values of all keys. */
  static boolean isUsed(Settings settings) {
    return settings.position(DatabaseConfig.URL).isPresent()
        || DatabaseConfig.database(settings)
            .file()
            .map(Path::getParent)
            .filter(Files::isDirectory)
            .isPresent();
  }

  /** Makes ready to use it; nothing is asked yet. */
  public static Store open(Configuration configuration) {
    Settings settings = configuration.settings();
    placeLibrary(configuration);
    SecureRandom random = new SecureRandom();
    return Store.open(
        DatabaseConfig.database(settings),
        new SecretBox(new SecretKeyFile(settings.get(DatabaseConfig.KEY_FILE), random), random),
        InstantSource.system());
  }

  /**
   * Says where SQLite's native library is unpacked, which its driver reads before its first use.
   */
  public static void placeLibrary(Configuration configuration) {
    System.setProperty("org.sqlite.tmpdir", Crypto.folder(configuration).toString());
  }
}
