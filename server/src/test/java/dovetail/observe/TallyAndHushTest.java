package dovetail.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TallyAndHushTest {
  private final AtomicLong now = new AtomicLong(-7); // a monotonic clock may be negative

  private void pass(long nanos) {
    now.addAndGet(nanos);
  }

  @Test
  void tellsAtOnceAndThenAllTogether() {
    Tally tally = new Tally(Duration.ofNanos(10), now::get);
    assertThat(tally.add()).isEqualTo(1);
    assertThat(tally.add()).isZero();
    assertThat(tally.add()).isZero();
    pass(9);
    assertThat(tally.add()).isZero();
    pass(1);
    assertThat(tally.add()).isEqualTo(4);
    assertThat(tally.add()).isZero();
    pass(1_000);
    assertThat(tally.add()).isEqualTo(2);
  }

  @Test
  void eachThingIsSaidOnceInAWhile() {
    Hush hush = new Hush(Duration.ofNanos(10), 100, now::get);
    assertThat(hush.speaks("a")).isTrue();
    assertThat(hush.speaks("a")).isFalse();
    pass(5);
    assertThat(hush.speaks("b")).isTrue();
    pass(5);
    assertThat(hush.speaks("a")).isTrue();
    assertThat(hush.speaks("b")).isFalse();
    assertThat(hush.speaks("a")).isFalse();
    pass(5);
    assertThat(hush.speaks("b")).isTrue();
  }

  @Test
  void allTogetherAreNotTooMany() {
    Hush hush = new Hush(Duration.ofNanos(10), 3, now::get);
    int said = 0;
    for (int i = 0; i < 100; i++) {
      said += hush.speaks("thing " + i) ? 1 : 0;
    }
    assertThat(said).isEqualTo(3);
    pass(10);
    assertThat(hush.speaks("thing 99")).isTrue();
  }
}
