package dovetail.lookup;

import dovetail.lookup.wire.Reply;
import dovetail.lookup.wire.SocketmapClient;
import dovetail.server.Probe;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Looks a domain up that nobody has, as Postfix would. */
public final class LookupPing {
  private static final String MAP = "virtual_mailbox_domains";
  private static final String KEY = "ping.dovetail.invalid";

  private LookupPing() {}

  /**
   * Runs one conversation.
   *
   * @param patience how long it may take
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public static Probe.Result run(SocketAddress address, Duration patience, LongSupplier nanos)
      throws InterruptedException {
    return Probe.run(() -> converse(address, nanos), patience);
  }

  private static Probe.Result converse(SocketAddress address, LongSupplier nanos)
      throws IOException {
    long started = nanos.getAsLong();
    try (SocketmapClient client = SocketmapClient.connect(address)) {
      Reply reply = client.ask(MAP, KEY);
      Duration took = Duration.ofNanos(nanos.getAsLong() - started);
      return switch (reply) {
        case Reply.NotFound() -> new Probe.Good(took, "answers");
        case Reply.Ok _ -> new Probe.Bad("finds " + KEY + ", which nobody has");
        case Reply.Temp(String reason) -> new Probe.Bad("answers TEMP " + reason);
        case Reply.Perm(String reason) -> new Probe.Bad("answers PERM " + reason);
      };
    }
  }
}
