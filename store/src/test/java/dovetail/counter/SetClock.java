package dovetail.counter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when it is told to. For any thread. */
final class SetClock implements InstantSource {
  private volatile Instant now;

  SetClock(Instant now) {
    this.now = now;
  }

  void set(Instant when) {
    now = when;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
