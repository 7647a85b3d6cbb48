package dovetail.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A short conversation with a running service, as its peers have them, under a time limit. */
public final class Probe {
  /** How it went. */
  public sealed interface Result {}

  /**
   * The service works.
   *
   * @param took from the connection to the answer
   * @param reply what it answered
   */
  public record Good(Duration took, String reply) implements Result {}

  /** The service does not work. */
  public record Bad(String why) implements Result {}

  /** The conversation; interrupted when the time is over. */
  @FunctionalInterface
  public interface Conversation {
    /** Speaks with the service. */
    Result run() throws IOException;
  }

  private Probe() {}

  /**
   * Runs a conversation; whatever fails in it is a bad result.
   *
   * @param patience how long it may take
   */
  public static Result run(Conversation conversation, Duration patience)
      throws InterruptedException {
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                result.complete(conversation.run());
              } catch (IOException | RuntimeException e) {
                result.complete(new Bad(String.valueOf(e.getMessage())));
              }
            });
    try {
      return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      thread.interrupt(); // closes its channel
      return new Bad("no answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed so", e);
    }
  }
}
