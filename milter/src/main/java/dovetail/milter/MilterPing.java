package dovetail.milter;

import dovetail.mail.HeaderField;
import dovetail.milter.wire.MilterClient;
import dovetail.milter.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Asks a running milter for its word on a small message, as Postfix would. */
public final class MilterPing {
  /** How it went. */
  public sealed interface Result {}

  /**
   * The milter works.
   *
   * @param took from the connection to the answer
   * @param reply what it answered
   */
  public record Good(Duration took, String reply) implements Result {}

  /** The milter does not work. */
  public record Bad(String why) implements Result {}

  private MilterPing() {}

  /**
   * Runs one conversation.
   *
   * @param patience how long it may take
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public static Result run(SocketAddress address, Duration patience, LongSupplier nanos)
      throws InterruptedException {
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread conversation =
        Thread.ofVirtual()
            .start(() -> {
              try {
                result.complete(converse(address, nanos));
              } catch (IOException | RuntimeException e) {
                result.complete(new Bad(String.valueOf(e.getMessage())));
              }
            });
    try {
      return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      conversation.interrupt(); // closes its channel
      return new Bad("no answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed so", e);
    }
  }

  private static Result converse(SocketAddress address, LongSupplier nanos) throws IOException {
    long started = nanos.getAsLong();
    try (MilterClient client = MilterClient.connect(address)) {
      client.negotiate();
      client.macros('C', Map.of("{daemon_name}", "ping"));
      // A stranger, so that metrics do not count it with the mail for which a key is missing.
      client.connect("ping", new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 0));
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
        case Reply.Accept _, Reply.Continue _ -> new Good(took, "accepts");
        case Reply.Refuse refuse ->
            new Bad("answers " + refuse.code() + " " + refuse.enhanced() + " " + refuse.text());
      };
    }
  }
}
