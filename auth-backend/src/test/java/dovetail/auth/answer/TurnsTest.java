package dovetail.auth.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
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
  void whoWaitsIsNextWhenOneIsDone() throws Exception {
    turns.take("joe@example.com", 0);
    turns.take("joe@example.com", 0);
    AtomicBoolean taken = new AtomicBoolean();
    Thread third = Thread.ofPlatform().start(() -> taken.set(turns.take("joe@example.com", LONG)));
    while (third.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(taken).isFalse();
    turns.giveBack("joe@example.com");
    third.join();
    assertThat(taken).isTrue();
    assertThat(turns.take("joe@example.com", 0)).isFalse();
  }

  @Test
  void whoIsInterruptedHasNoTurn() {
    Thread.currentThread().interrupt();
    assertThat(turns.take("joe@example.com", LONG)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
