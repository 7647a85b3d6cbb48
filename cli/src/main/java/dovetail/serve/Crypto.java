package dovetail.serve;

import dovetail.dkim.CryptoProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Chooses who computes signatures. */
public final class Crypto {
  private Crypto() {}

  /** The fastest provider that works here; takes a moment the first time. */
  public static CryptoProvider load(Configuration configuration) {
    return CryptoProvider.load(folder(configuration));
  }

  /** Where native code is unpacked. */
  static Path folder(Configuration configuration) {
    return configuration
        .settings()
        .get(ServerConfig.NATIVE_FOLDER)
        .orElseGet(() -> usualFolder(System.getenv()));
  }

  /** The unit's cache folder (systemd.exec(5)); /tmp is often mounted noexec. */
  private static Path usualFolder(Map<String, String> environment) {
    String cache = environment.getOrDefault("CACHE_DIRECTORY", "");
    Path folder = Path.of(cache.isEmpty() ? System.getProperty("java.io.tmpdir", "/tmp") : cache);
    return Files.isDirectory(folder) ? folder : Path.of("/tmp");
  }
}
