package dovetail.auth.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * The parameters of a line, in their order: {@code name=value}, or {@code name} alone, which is the
 * same as an empty value. Values may be passwords: none is shown.
 *
 * @param all by name; no name is empty or has a = in it
 */
public record Fields(SequencedMap<String, String> all) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  /** No parameters. */
  public static final Fields NONE = new Fields(Collections.emptyNavigableMap());

  /**
   * Those parameters.
   *
   * @throws IllegalArgumentException if one has a name that none can have
   */
  public Fields {
    for (String name : all.keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new IllegalArgumentException("no name of a parameter");
      }
    }
    all = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(all));
  }

  /** One parameter. */
  public static Fields of(String name, String value) {
    return NONE.with(name, value);
  }

  /** These, and one more at the end; or these with another value for it. */
  public Fields with(String name, String value) {
    SequencedMap<String, String> more = new LinkedHashMap<>(all);
    more.put(name, value);
    return new Fields(more);
  }

  /** The value of a parameter; empty text if it has none, nothing if it is not there. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(all.get(name));
  }

  /** Whether it is there, with a value or without. */
  public boolean has(String name) {
    return all.containsKey(name);
  }

  /** Names alone, and of those only what looks like one: a line that is broken may hide more. */
  @Override
  public String toString() {
    return all.keySet().stream()
        .map(name -> NAME.matcher(name).matches() ? name : "?")
        .toList()
        .toString();
  }
}
