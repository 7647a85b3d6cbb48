package dovetail.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where to listen, in the form that Postfix uses for its peers. */
public sealed interface ListenAddress {

  /**
   * An internet socket.
   *
   * @param host "localhost", "*", or an address in digits (IPv6 without brackets)
   * @param port 0 to let the system choose
   */
  record Inet(String host, int port) implements ListenAddress {

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
      return host.equals("localhost")
          || (!host.equals("*") && Network.parseAddress(host).isLoopbackAddress());
    }

    /** What to bind: for localhost every loopback address that this machine has, IPv6 first. */
    public List<InetSocketAddress> socketAddresses() {
      return switch (host) {
        case "*" -> List.of(new InetSocketAddress(port));
        case "localhost" ->
            loopbacks().stream().map(address -> new InetSocketAddress(address, port)).toList();
        default -> List.of(new InetSocketAddress(Network.parseAddress(host), port));
      };
    }

    private static List<InetAddress> loopbacks() {
      List<InetAddress> all = new ArrayList<>();
      try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
        List<InetAddress> present =
            interfaces.flatMap(NetworkInterface::inetAddresses).map(Inet::withoutZone).toList();
        for (String text : List.of("::1", "127.0.0.1")) {
          InetAddress address = Network.parseAddress(text);
          if (present.contains(address)) {
            all.add(address);
          }
        }
      } catch (SocketException _) {
        // No list of interfaces: IPv4 is the safest guess.
        all.clear();
      }
      return all.isEmpty() ? List.of(Network.parseAddress("127.0.0.1")) : all;
    }

    /** "::1%lo" and "::1" are one address. */
    private static InetAddress withoutZone(InetAddress address) {
      try {
        return InetAddress.getByAddress(address.getAddress());
      } catch (java.net.UnknownHostException e) {
        throw new IllegalStateException("an address has 4 or 16 bytes", e);
      }
    }

    @Override
    public String toString() {
      return "inet:" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /**
   * A unix-domain socket.
   *
   * @param path absolute
   */
  record Unix(Path path) implements ListenAddress {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * Reads "inet:localhost:8891", "inet:[::1]:8891", "inet:*:8891" or "unix:/path". Never asks DNS.
   *
   * @throws IllegalArgumentException with a text that says what is wrong
   */
  static ListenAddress parse(String text) {
    if (text.startsWith("inet:")) {
      return parseInet(text);
    }
    if (text.startsWith("unix:")) {
      return parseUnix(text);
    }
    throw new IllegalArgumentException(
        "expected \"inet:HOST:PORT\" or \"unix:/PATH\", found \"" + text + "\"");
  }

  private static ListenAddress parseUnix(String text) {
    try {
      Path path = Path.of(text.substring("unix:".length()));
      if (path.isAbsolute() && path.getFileName() != null) {
        return new Unix(path.normalize());
      }
    } catch (InvalidPathException _) {
      // Said below.
    }
    throw new IllegalArgumentException("a unix socket needs an absolute path: \"" + text + "\"");
  }

  private static ListenAddress parseInet(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < "inet:".length() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw new IllegalArgumentException(
          "expected \"inet:HOST:PORT\" with a port from 0 to 65535, found \"" + text + "\"");
    }
    String host = text.substring("inet:".length(), colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("an IPv6 address needs brackets: \"" + text + "\"");
    }
    if (!host.equals("localhost") && !host.equals("*")) {
      Network.parseAddress(host);
    }
    return new Inet(host, Integer.parseInt(port));
  }
}
