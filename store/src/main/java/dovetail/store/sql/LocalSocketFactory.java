package dovetail.store.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Makes the sockets for a database on this host. MariaDB's driver makes it, by its name in the
 * URL's {@code socketFactory}, and tells it the file in {@value #OPTION}.
 */
public final class LocalSocketFactory extends ConfigurableSocketFactory {
  static final String OPTION = "dovetailLocalSocket";

  private @Nullable UnixDomainSocketAddress address;

  /** For the driver. */
  public LocalSocketFactory() {}

  @Override
  public void setConfiguration(Configuration configuration, String host) {
    address =
        UnixDomainSocketAddress.of(Path.of(configuration.nonMappedOptions().getProperty(OPTION)));
  }

  @Override
  public Socket createSocket() throws IOException {
    UnixDomainSocketAddress known = address;
    if (known == null) {
      throw new IOException("the URL names no " + OPTION);
    }
    return new LocalSocket(known);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected();
  }

  private Socket connected() throws IOException {
    Socket socket = createSocket();
    socket.connect(null, 0);
    return socket;
  }
}
