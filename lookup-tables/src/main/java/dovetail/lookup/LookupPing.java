package dovetail.lookup;

import dovetail.lookup.wire.Reply;
import dovetail.lookup.wire.SocketmapClient;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Looks a domain up that nobody has, as Postfix would. */
public final class LookupPing {
  private static final String MAP = "virtual_mailbox_domains";
  private static final String KEY = "ping.dovetail.invalid";

  /** How it went. */
  public sealed interface Result {}

  /**
   * The tables answer.
   *
   * @param took from the connection to the answer
   * @param reply what they answered
   */
  public record Good(Duration took, String reply) implements Result {}

  /** They do not. */
  public record Bad(String why) implements Result {}

  private LookupPing() {}

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
    try (SocketmapClient client = SocketmapClient.connect(address)) {
      Reply reply = client.ask(MAP, KEY);
      Duration took = Duration.ofNanos(nanos.getAsLong() - started);
      return switch (reply) {
        case Reply.NotFound() -> new Good(took, "answers");
        case Reply.Ok _ -> new Bad("finds " + KEY + ", which nobody has");
        case Reply.Temp(String reason) -> new Bad("answers TEMP " + reason);
        case Reply.Perm(String reason) -> new Bad("answers PERM " + reason);
      };
    }
  }
}
