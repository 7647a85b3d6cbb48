package dovetail.directory;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a lookup brought. Not to know is never the same as to know that there is nothing: the first
 * defers mail, the second refuses it.
 */
public sealed interface Lookup<T> {
  /** It is there. */
  record Found<T>(T value) implements Lookup<T> {}

  /** It is not there, for sure. */
  record Absent<T>() implements Lookup<T> {}

  /**
   * Nobody can say at the moment.
   *
   * @param why for the log
   */
  record Unavailable<T>(String why) implements Lookup<T> {}

  /** What is there or not, from something that is known. */
  static <T> Lookup<T> known(Optional<T> value) {
    return value.<Lookup<T>>map(Found::new).orElseGet(Absent::new);
  }

  /** The answer about something that depends on this one alone. */
  default <R> Lookup<R> map(Function<T, R> next) {
    return flatMap(value -> new Found<>(next.apply(value)));
  }

  /** The answer about something that is looked up only if this is there. */
  default <R> Lookup<R> flatMap(Function<T, Lookup<R>> next) {
    return switch (this) {
      case Found<T>(T value) -> next.apply(value);
      case Absent<T>() -> new Absent<>();
      case Unavailable<T>(String why) -> new Unavailable<>(why);
    };
  }

  /** What is there; where nothing is, the other value; unknown stays unknown. */
  default Lookup<T> orElse(T other) {
    return this instanceof Absent<T> ? new Found<>(other) : this;
  }
}
