package dovetail.serve;

import dovetail.config.Settings;
import dovetail.store.sql.SecretBox;
import dovetail.store.sql.SecretKeyFile;
import dovetail.store.sql.Store;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Opens the store that a configuration names. */
public final class Stores {
  private Stores() {}

  /** Makes ready to use it; nothing is asked yet. */
  public static Store open(Configuration configuration) {
    Settings settings = configuration.settings();
    // Read by the driver before its first use: where its native library is unpacked.
    System.setProperty("org.sqlite.tmpdir", Crypto.folder(configuration).toString());
    SecureRandom random = new SecureRandom();
    return Store.open(
        DatabaseConfig.database(settings),
        new SecretBox(new SecretKeyFile(settings.get(DatabaseConfig.KEY_FILE), random), random),
        InstantSource.system());
  }
}
