package dovetail.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/** One bound socket. A listener on localhost may be two of them. */
final class Listener {
  private static final int BACKLOG = 1024;
  private static final String FOR_OWNER = "0600";
  private static final String FOR_GROUP = "0660";

  /** What makes two listeners the same socket, so that it can stay across a reload. */
  sealed interface Place {
    record Inet(InetSocketAddress address) implements Place {}

    record Unix(Path path, Optional<String> group, String permissions) implements Place {}
  }

  private final Place place;
  private final ServerSocketChannel channel;
  private final Optional<UnixSocketFile> file;
  private final SocketAddress address;
  private volatile ListenSpec spec;

  private Listener(
      Place place, ServerSocketChannel channel, Optional<UnixSocketFile> file, ListenSpec spec)
      throws IOException {
    this.place = place;
    this.channel = channel;
    this.file = file;
    this.spec = spec;
    this.address =
        switch (place) {
          case Place.Inet _ -> channel.getLocalAddress();
          case Place.Unix unix -> UnixDomainSocketAddress.of(unix.path());
        };
  }

  static Place place(ListenAddress.Unix unix, ListenSpec spec) {
    // Who names a group wants it to connect.
    String usual = spec.group().isPresent() ? FOR_GROUP : FOR_OWNER;
    return new Place.Unix(unix.path(), spec.group(), spec.permissions().orElse(usual));
  }

  /**
   * Binds an internet socket.
   *
   * @param bind what to bind, which differs from the place when the port is to be that of a sibling
   */
  static Listener bind(Place.Inet place, InetSocketAddress bind, ListenSpec spec)
      throws IOException {
    ServerSocketChannel channel = open(bind.getAddress());
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.configureBlocking(false);
      channel.bind(bind, BACKLOG);
      return new Listener(place, channel, Optional.empty(), spec);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw new IOException(failure(printable(bind), e), e);
    }
  }

  /** One for all: the wildcard takes IPv6 and IPv4 where the machine has both. */
  private static ServerSocketChannel open(InetAddress address) throws IOException {
    if (address.isAnyLocalAddress()) {
      return ServerSocketChannel.open();
    }
    ProtocolFamily family =
        address instanceof Inet4Address
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    return ServerSocketChannel.open(family);
  }

  /** Binds a unix socket; it is not at its path before {@link #publish}. */
  static Listener bind(Place.Unix place, ListenSpec spec) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      UnixSocketFile file =
          UnixSocketFile.bind(channel, place.path(), place.group(), place.permissions(), BACKLOG);
      return new Listener(place, channel, Optional.of(file), spec);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw new IOException(failure("unix:" + place.path(), e), e);
    }
  }

  /** A socket of somebody else's, who has given it its group and mode and keeps it at its path. */
  static Listener handedOver(ServerSocketChannel channel, Place.Unix place, ListenSpec spec)
      throws IOException {
    channel.configureBlocking(false);
    return new Listener(place, channel, Optional.empty(), spec);
  }

  private static String failure(String where, Exception e) {
    return "cannot listen on %s: %s".formatted(where, e.getMessage());
  }

  void publish() {
    if (file.isPresent()) {
      try {
        file.get().publish();
      } catch (IOException e) {
        throw new UncheckedIOException(failure("unix:" + unixPath(), e), e);
      }
    }
  }

  /** Whether it is somebody else's socket at that path. */
  boolean isHandedOverAt(Path path) {
    return file.isEmpty() && place instanceof Place.Unix unix && unix.path().equals(path);
  }

  ServerSocketChannel channel() {
    return channel;
  }

  Place place() {
    return place;
  }

  SocketAddress address() {
    return address;
  }

  ListenSpec spec() {
    return spec;
  }

  /** The same socket with other words about it. */
  void spec(ListenSpec next) {
    spec = next;
  }

  /** The peer of a connection that came in here, for log lines. */
  String peer(SocketAddress remote) {
    return remote instanceof InetSocketAddress inet ? printable(inet) : "unix:" + unixPath();
  }

  private String unixPath() {
    return switch (place) {
      case Place.Unix unix -> unix.path().toString();
      case Place.Inet _ -> "";
    };
  }

  static String printable(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    int zone = host.indexOf('%');
    String plain = zone < 0 ? host : host.substring(0, zone);
    return (plain.indexOf(':') < 0 ? plain : "[" + shortened(plain) + "]")
        + ":"
        + address.getPort();
  }

  /** Java writes every group of zeros; loopback is the one that people see all day. */
  private static String shortened(String ipv6) {
    return ipv6.equals("0:0:0:0:0:0:0:1") ? "::1" : ipv6;
  }

  void close() {
    file.ifPresent(UnixSocketFile::remove);
    try {
      channel.close();
    } catch (IOException _) {
      // The descriptor is gone either way.
    }
  }
}
