package dovetail.policy;

import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.PolicyClient;
import dovetail.policy.wire.Request;
import dovetail.server.Probe;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Asks about a stage that no rule knows, as Postfix would. */
public final class PolicyPing {
  private PolicyPing() {}

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
    Request request =
        new Request.Builder()
            .put(Attribute.REQUEST, Request.KIND)
            .put(Attribute.PROTOCOL_STATE, "PING")
            .build();
    long started = nanos.getAsLong();
    try (PolicyClient client = PolicyClient.connect(address)) {
      String action = client.ask(request);
      Duration took = Duration.ofNanos(nanos.getAsLong() - started);
      return action.equals("DUNNO")
          ? new Probe.Good(took, "answers")
          : new Probe.Bad("answers " + action);
    }
  }
}
