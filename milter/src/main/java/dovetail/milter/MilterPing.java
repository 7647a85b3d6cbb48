package dovetail.milter;

import dovetail.mail.HeaderField;
import dovetail.milter.wire.MilterClient;
import dovetail.milter.wire.Reply;
import dovetail.server.Probe;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** Asks a running milter for its word on a small message, as Postfix would. */
public final class MilterPing {
  private MilterPing() {}

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
    try (MilterClient client = MilterClient.connect(address)) {
      client.negotiate();
      client.macros('C', Map.of("{daemon_name}", "ping"));
      // A stranger, so that metrics do not count it with the mail for which a key is missing; but
      // without an address, since nothing is to be asked of the DNS.
      client.connect("ping");
      client.helo("localhost");
      client.macros('M', Map.of("i", "ping"));
      client.mail("<ping@dovetail.invalid>");
      client.recipient("<ping@dovetail.invalid>");
      client.data();
      client.header(HeaderField.of("From", " ping@dovetail.invalid"));
      client.header(HeaderField.of("Subject", " ping"));
      client.endOfHeaders();
      client.body("ping\r\n".getBytes(StandardCharsets.US_ASCII));
      Reply reply = client.endOfMessage().reply();
      client.quit();
      Duration took = Duration.ofNanos(nanos.getAsLong() - started);
      return switch (reply) {
        case Reply.Accept _, Reply.Continue _ -> new Probe.Good(took, "accepts");
        case Reply.Refuse refuse ->
            new Probe.Bad(
                "answers " + refuse.code() + " " + refuse.enhanced() + " " + refuse.text());
      };
    }
  }
}
