package dovetail.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values of all keys of a configuration, defaults included. Immutable. */
public final class Settings {
  private final Map<Key<?>, Entry<?>> entries;

  private record Entry<T>(T value, Optional<Position> position) {}

  private Settings(Map<Key<?>, Entry<?>> entries) {
    this.entries = entries;
  }

  /**
   * The value of a key.
   *
   * @throws IllegalArgumentException when the key is in none of the sections that were loaded: a
   *     mistake in the program
   */
  // Builder.put is the only writer, and it takes a key with a value of the key's own type.
  @SuppressWarnings("unchecked")
  public <T> T get(Key<T> key) {
    return (T) entry(key).value();
  }

  /** Where the key is set; empty when its default holds. */
  public Optional<Position> position(Key<?> key) {
    return entry(key).position();
  }

  private Entry<?> entry(Key<?> key) {
    Entry<?> entry = entries.get(key);
    if (entry == null) {
      throw new IllegalArgumentException("the key '" + key.name() + "' was not loaded");
    }
    return entry;
  }

  static final class Builder {
    private final Map<Key<?>, Entry<?>> entries = new HashMap<>();

    <T> void put(Key<T> key, T value, Position position) {
      entries.put(key, new Entry<>(value, Optional.of(position)));
    }

    <T> void putDefault(Key<T> key) {
      entries.put(key, new Entry<>(key.defaultValue(), Optional.empty()));
    }

    Settings build() {
      return new Settings(new HashMap<>(entries));
    }
  }
}
