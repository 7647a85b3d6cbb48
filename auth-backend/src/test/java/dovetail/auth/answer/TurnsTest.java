package dovetail.auth.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for whom. */
final class TurnsTest {
  private final Turns turns = new Turns();

  private static long in(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  @Test
  void twoOfAnAccountAtATime() {
    assertThat(turns.take("joe@example.com", in(Duration.ZERO))).isTrue();
    assertThat(turns.take("joe@example.com", in(Duration.ZERO))).isTrue();
    assertThat(turns.take("joe@example.com", in(Duration.ofMillis(5)))).isFalse();
    assertThat(turns.take("ann@example.com", in(Duration.ZERO))).isTrue();
    turns.giveBack("joe@example.com");
    assertThat(turns.take("joe@example.com", in(Duration.ZERO))).isTrue();
  }

  @Test
  void whoWaitsIsNextWhenOneIsDone() {
    turns.take("joe@example.com", in(Duration.ZERO));
    turns.take("joe@example.com", in(Duration.ZERO));
    CompletableFuture<Boolean> third =
        CompletableFuture.supplyAsync(
            () -> turns.take("joe@example.com", in(Duration.ofSeconds(30))));
    assertThat(third).isNotDone();
    turns.giveBack("joe@example.com");
    assertThat(third.join()).isTrue();
  }

  @Test
  void whoIsInterruptedHasNoTurn() {
    Thread.currentThread().interrupt();
    assertThat(turns.take("joe@example.com", in(Duration.ofSeconds(30)))).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
