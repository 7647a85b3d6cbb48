package dovetail.bench;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The messages that all clients together send, one after the other and then from the start again,
 * laid out for filters by what they have agreed to. For any number of threads.
 */
final class Outgoing {
  private final List<Letter> letters;
  private final boolean once;
  private final AtomicInteger next = new AtomicInteger();
  private final ConcurrentMap<Integer, List<Script>> scripts = new ConcurrentHashMap<>();

  /**
   * @param letters at least one
   * @param once whether each is sent only once
   */
  Outgoing(List<Letter> letters, boolean once) {
    this.letters = List.copyOf(letters);
    this.once = once;
  }

  /** The number of the next message; nothing when all have been sent. */
  OptionalInt next() {
    int number = next.getAndUpdate(old -> old + 1 == letters.size() && !once ? 0 : old + 1);
    return number < letters.size() ? OptionalInt.of(number) : OptionalInt.empty();
  }

  Letter letter(int number) {
    return letters.get(number);
  }

  /** How a message is sent to a filter with these event flags. */
  Script script(int number, int agreed) {
    return scripts(agreed).get(number);
  }

  /** Lays out all of them, which takes its time with many. */
  List<Script> scripts(int agreed) {
    return scripts.computeIfAbsent(
        agreed, flags -> letters.stream().map(letter -> Script.of(letter, flags)).toList());
  }
}
