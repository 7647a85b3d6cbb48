package dovetail.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A configuration in a folder, with ports that nobody has.
 *
 * @param folder where it all is
 * @param milterPort where the milter is to listen
 * @param httpPort where metrics and health are to be
 */
public record Site(Path folder, int milterPort, int httpPort) {
  /** A configuration that works, in an empty folder, without keys. */
  public static Site in(Path folder) {
    Site site = new Site(folder, freePort(), freePort());
    site.configure("");
    try {
      // In a file of its own, so that tests may count the lines of the other one.
      Files.createDirectory(folder.resolve("conf.d"));
      Files.createDirectory(site.keys());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return site.store(folder.resolve("dovetail.db"), "enabled = false");
  }

  /** A port on which nobody listens. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the configuration; the lines go to the end of {@code [milter]}. */
  public Site configure(String lines) {
    return configure("\"inet:127.0.0.1:" + milterPort + "\"", lines);
  }

  /** The same, with other addresses of the milter. */
  public Site configure(String listen, String lines) {
    write(
        """
        [server]
        hostname = "mx.example.com"
        [http]
        listen = ["inet:127.0.0.1:%d"]
        [milter]
        listen = [%s]
        keys = "%s"
        %s
        """
            .formatted(httpPort, listen, keys(), lines));
    return this;
  }

  /** Keeps the database in that file, has those lines in {@code [lookup]}, and no policy daemon. */
  public Site store(Path database, String lookup) {
    try {
      Files.writeString(
          folder.resolve("conf.d").resolve("store.toml"),
          """
          [database]
          url = "jdbc:sqlite:%s"
          key_file = "%s"
          [policy]
          enabled = false
          [lookup]
          %s
          """
              .formatted(database, folder.resolve("secret.key"), lookup));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes the configuration but for what {@link #store} has written. */
  public void write(String text) {
    try {
      Files.writeString(config(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The configuration file. */
  public Path config() {
    return folder.resolve("dovetail.toml");
  }

  /** The folder of the keys. */
  public Path keys() {
    return folder.resolve("keys");
  }

  /** The configuration as it is read. */
  public Configuration load() throws Configuration.UnusableException {
    return Configuration.load(Optional.of(config()), "mx.example.com");
  }
}
