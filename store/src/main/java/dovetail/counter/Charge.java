package dovetail.counter;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What was charged; {@link Counters#refund} takes it back, once. */
public final class Charge {
  static final Charge NOTHING = new Charge(List.of());

  private final List<Part> parts;
  private final AtomicBoolean refunded = new AtomicBoolean();

  /**
   * What one window was charged.
   *
   * @param most of the window at that time
   * @param mark what {@link WindowState#add} gave
   */
  record Part(Counter counter, WindowState state, long amount, long most, long mark) {}

  Charge(List<Part> parts) {
    this.parts = parts;
  }

  /** What is to be taken back; nothing from the second call on. */
  List<Part> take() {
    return refunded.compareAndSet(false, true) ? parts : List.of();
  }
}
