package dovetail.server;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A unix socket that whoever started this process listens on, and goes on to when it ends: systemd
 * does with a socket unit and {@code StandardInput=socket}. Who connects during a restart waits
 * instead of being refused. For one thread at a time.
 */
public final class HandedOver {
  /** None. */
  public static final HandedOver NOTHING = new HandedOver(Optional.empty());

  private Optional<ServerSocketChannel> channel;

  private HandedOver(Optional<ServerSocketChannel> channel) {
    this.channel = channel;
  }

  /**
   * What stands where standard input is usually; Java can take over no other descriptor.
   *
   * @throws IOException if the system does not say what is there
   */
  public static HandedOver find() throws IOException {
    Channel found = System.inheritedChannel();
    return found instanceof ServerSocketChannel server
            && server.getLocalAddress() instanceof UnixDomainSocketAddress
        ? of(server)
        : NOTHING;
  }

  static HandedOver of(ServerSocketChannel listening) {
    return new HandedOver(Optional.of(listening));
  }

  /** The path of the socket that nobody has taken yet. */
  public Optional<Path> path() {
    try {
      return channel.isPresent()
              && channel.get().getLocalAddress() instanceof UnixDomainSocketAddress address
          ? Optional.of(address.getPath())
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // it was closed
    }
  }

  /** Takes the socket, if it is at that path. */
  Optional<ServerSocketChannel> take(Path wanted) {
    if (path().filter(wanted::equals).isEmpty()) {
      return Optional.empty();
    }
    Optional<ServerSocketChannel> taken = channel;
    channel = Optional.empty();
    return taken;
  }
}
