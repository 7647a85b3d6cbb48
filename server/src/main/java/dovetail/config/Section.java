package dovetail.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A section of the configuration: its keys and what must hold between them.
 *
 * @param name as between the brackets, for example "milter"; may have dots
 * @param doc what the section is for
 * @param keys in the order in which the documentation shows them
 * @param checks run on values that are each right by themselves
 * @param condition when it does not hold (a service is switched off), the checks are not run
 */
public record Section(
    String name, String doc, List<Key<?>> keys, List<Check> checks, Predicate<Settings> condition) {

  /** What must hold between keys. */
  @FunctionalInterface
  public interface Check {
    /** Looks at settings and reports what does not fit together. */
    void check(Settings settings, Complaints complaints);
  }

  /** Where a check puts what it found. */
  @FunctionalInterface
  public interface Complaints {
    /** Reports a problem at the place where the key is set. */
    void at(Key<?> key, String message);
  }

  public Section {
    keys = List.copyOf(keys);
    checks = List.copyOf(checks);
  }

  /** A section without checks. */
  public static Section of(String name, String doc, List<Key<?>> keys) {
    return new Section(name, doc, keys, List.of(), _ -> true);
  }

  /** This section with one more check. */
  public Section check(Check check) {
    List<Check> more = new ArrayList<>(checks);
    more.add(check);
    return new Section(name, doc, keys, more, condition);
  }

  /** This section with its checks run only where the condition holds. */
  public Section when(Predicate<Settings> holds) {
    return new Section(name, doc, keys, checks, holds);
  }

  List<String> keyNames() {
    return keys.stream().<String>map(Key::name).toList();
  }
}
