package dovetail.observe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the process is doing, as sd_notify(3) describes it. Does nothing when nobody
 * asks for it.
 */
public final class ServiceManager {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

  private final Optional<byte[]> address;
  private final AtomicBoolean warned = new AtomicBoolean();

  private ServiceManager(Optional<byte[]> address) {
    this.address = address;
  }

  /** Looks for NOTIFY_SOCKET: a path, or an abstract name after '@'. */
  public static ServiceManager from(Map<String, String> environment) {
    String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (socket.isEmpty()) {
      return new ServiceManager(Optional.empty());
    }
    byte[] address = socket.getBytes(StandardCharsets.UTF_8);
    if (address[0] == '@') {
      address[0] = 0;
    } else if (address[0] != '/') {
      LOG.warn("NOTIFY_SOCKET is neither a path nor an abstract name: {}", socket);
      return new ServiceManager(Optional.empty());
    }
    return new ServiceManager(Optional.of(address));
  }

  /** All listeners are up; also ends a reload. */
  public void ready() {
    send("READY=1");
  }

  /** A reload has begun; {@link #ready} ends it. */
  public void reloading() {
    if (address.isPresent()) {
      send("RELOADING=1\nMONOTONIC_USEC=" + Libc.monotonicMicros());
    }
  }

  /** The process is about to end. */
  public void stopping() {
    send("STOPPING=1");
  }

  /** One line for "systemctl status". */
  public void status(String text) {
    StringBuilder line = new StringBuilder("STATUS=");
    LogText.append(line, text);
    send(line.toString());
  }

  private void send(String message) {
    if (address.isEmpty()) {
      return;
    }
    try {
      Libc.sendUnixDatagram(address.get(), message.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      if (!warned.getAndSet(true)) {
        LOG.warn("the service manager cannot be told: {}", e.getMessage());
      }
    }
  }
}
