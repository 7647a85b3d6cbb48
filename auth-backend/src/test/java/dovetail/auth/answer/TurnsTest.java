package dovetail.auth.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for whom. */
final class TurnsTest {
  private static final long LONG = Duration.ofSeconds(30).toNanos();

  private final Turns turns = new Turns();

  @Test
  void twoOfAnAccountAtATime() {
    assertThat(turns.take("joe@example.com", 0)).isTrue();
    assertThat(turns.take("joe@example.com", 0)).isTrue();
    assertThat(turns.take("joe@example.com", 5_000_000)).isFalse();
    assertThat(turns.take("ann@example.com", 0)).isTrue();
    turns.giveBack("joe@example.com");
    assertThat(turns.take("joe@example.com", 0)).isTrue();
  }

  @Test
  void whoWaitsIsNextWhenOneIsDone() {
    turns.take("joe@example.com", 0);
    turns.take("joe@example.com", 0);
    CompletableFuture<Boolean> third =
        CompletableFuture.supplyAsync(() -> turns.take("joe@example.com", LONG));
    assertThat(third).isNotDone();
    turns.giveBack("joe@example.com");
    assertThat(third.join()).isTrue();
  }

  @Test
  void whoIsInterruptedHasNoTurn() {
    Thread.currentThread().interrupt();
    assertThat(turns.take("joe@example.com", LONG)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
