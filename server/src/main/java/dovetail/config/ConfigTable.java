package dovetail.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A table whose keys have been checked, as {@link ConfigValue#asTable} makes it. */
public final class ConfigTable {
  private final ConfigValue whole;
  private final SequencedMap<String, ConfigValue> entries;

  private ConfigTable(ConfigValue whole, SequencedMap<String, ConfigValue> entries) {
    this.whole = whole;
    this.entries = entries;
  }

  static ConfigTable of(
      ConfigValue whole, SequencedMap<String, ConfigValue> entries, Collection<String> known)
      throws ConfigException {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : entries.entrySet()) {
      if (!known.contains(entry.getKey())) {
        String hint = Nearest.hint("", entry.getKey(), known);
        problems.add(
            new Problem(
                entry.getValue().position(),
                "unknown key '" + entry.getKey() + "' in '" + whole.name() + "'" + hint));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new ConfigTable(whole, entries);
  }

  /** The value of a key, if it is there. */
  public Optional<ConfigValue> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The value of a key that must be there. */
  public ConfigValue require(String key) throws ConfigException {
    return get(key).orElseThrow(() -> whole.error("the key '" + key + "' is missing"));
  }

  /** The value of a key read by the reader, if it is there. */
  public <T> Optional<T> get(String key, ValueReader<? extends T> reader) throws ConfigException {
    Optional<ConfigValue> value = get(key);
    return value.isPresent() ? Optional.of(reader.read(value.get())) : Optional.empty();
  }

  /** A complaint about the table as a whole, to be thrown. */
  public ConfigException error(String message) {
    return whole.error(message);
  }
}
