package dovetail.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One key of a section: its name, its type, its default and what it is for. The documentation text
 * becomes the comment in the default file and the entry in the man page.
 */
public final class Key<T> {
  /** How the values of several files combine. */
  enum Merge {
    LAST_WINS,
    APPEND
  }

  private final String name;
  private final String type;
  private final String doc;
  private final String defaultText;
  private final T defaultValue;
  private final ValueReader<T> reader;
  private final Merge merge;

  private Key(Names names, T defaultValue, ValueReader<T> reader, Merge merge) {
    this.name = names.name();
    this.type = names.type();
    this.doc = names.doc();
    this.defaultText = names.defaultText();
    this.defaultValue = defaultValue;
    this.reader = reader;
    this.merge = merge;
  }

  private record Names(String name, String type, String doc, String defaultText) {}

  /**
   * A key of a type that the reader knows. The default is read by the same reader as a value from a
   * file, so that it cannot differ.
   *
   * @param type what may stand there, in words
   * @param raw the default as it would stand in the file: a string, integer, boolean, or a list
   */
  public static <T> Key<T> of(String name, String type, Object raw, String doc, ValueReader<T> r) {
    try {
      T value = r.read(ConfigValue.builtIn(name, raw));
      return new Key<>(new Names(name, type, doc, toml(raw)), value, r, Merge.LAST_WINS);
    } catch (ConfigException e) {
      throw new IllegalArgumentException("the default of " + name + " does not fit", e);
    }
  }

  /** A string. */
  public static Key<String> string(String name, String defaultValue, String doc) {
    return of(name, "string", defaultValue, doc, ConfigValue::asString);
  }

  /** An integer from min to max, both included. */
  public static Key<Integer> integer(String name, int defaultValue, int min, int max, String doc) {
    String type = "integer, %d to %d".formatted(min, max);
    return of(name, type, defaultValue, doc, value -> value.asInteger(min, max));
  }

  /** A boolean. */
  public static Key<Boolean> bool(String name, boolean defaultValue, String doc) {
    return of(name, "boolean", defaultValue, doc, ConfigValue::asBoolean);
  }

  /** A span of time, its default written as in the file: "20s". */
  public static Key<Duration> duration(String name, String defaultValue, String doc) {
    return of(name, "duration", defaultValue, doc, ConfigValue::asDuration);
  }

  /** A number of bytes, its default written as in the file: "512KiB". */
  public static Key<Long> size(String name, String defaultValue, String doc) {
    return of(name, "size", defaultValue, doc, ConfigValue::asSize);
  }

  /** A file's path. */
  public static Key<Path> path(String name, String defaultValue, String doc) {
    return of(name, "path", defaultValue, doc, ConfigValue::asPath);
  }

  /** A list of strings. */
  public static Key<List<String>> strings(String name, List<String> defaultValue, String doc) {
    return list(name, defaultValue, ConfigValue::asString, doc);
  }

  /** One of an enum's constants, written in lower case with '-' for '_'. */
  public static <E extends Enum<E>> Key<E> choice(
      String name, Class<E> type, E defaultValue, String doc) {
    String words =
        Arrays.stream(type.getEnumConstants())
            .map(ConfigValue::word)
            .collect(Collectors.joining(" | "));
    return of(name, words, ConfigValue.word(defaultValue), doc, value -> value.asChoice(type));
  }

  /**
   * A list, each element read by the reader.
   *
   * @param defaultValue the default's elements as they would stand in the file, all strings
   */
  public static <T> Key<List<T>> list(
      String name, List<String> defaultValue, ValueReader<T> element, String doc) {
    return of(name, "list", defaultValue, doc, value -> value.asList(element));
  }

  /** Tables, written as {@code [[section.name]]}; those of all files are taken. Default: none. */
  public static <T> Key<List<T>> tables(String name, ValueReader<T> row, String doc) {
    Names names = new Names(name, "tables", doc, "[]");
    return new Key<>(names, List.of(), value -> value.asList(row), Merge.APPEND);
  }

  /**
   * A key with a lower bound, for types that have an order.
   *
   * @param least the least value, written as in the file: "1s"
   */
  public static <T extends Comparable<? super T>> Key<T> atLeast(String least, Key<T> key) {
    T bound;
    try {
      bound = key.read(ConfigValue.builtIn(key.name, least));
    } catch (ConfigException e) {
      throw new IllegalArgumentException("the bound of " + key.name + " does not fit", e);
    }
    ValueReader<T> bounded =
        value -> {
          T read = key.read(value);
          if (read.compareTo(bound) < 0) {
            throw value.error("expected at least \"" + least + "\"");
          }
          return read;
        };
    Names names = new Names(key.name, key.type + ", at least " + least, key.doc, key.defaultText);
    return new Key<>(names, key.defaultValue, bounded, key.merge);
  }

  /** This key with no default: empty unless a file sets it. What was the default is an example. */
  public Key<Optional<T>> optional() {
    Names names = new Names(name, type + "; not set", doc, defaultText);
    return new Key<>(
        names, Optional.empty(), value -> Optional.of(reader.read(value)), Merge.LAST_WINS);
  }

  /** The name inside its section. */
  public String name() {
    return name;
  }

  /** What may stand there, in words. */
  public String type() {
    return type;
  }

  /** What the key is for. */
  public String doc() {
    return doc;
  }

  /** The default in TOML; an example where the key is not set by default. */
  public String defaultText() {
    return defaultText;
  }

  /** The value when no file sets the key. */
  public T defaultValue() {
    return defaultValue;
  }

  T read(ConfigValue value) throws ConfigException {
    return reader.read(value);
  }

  Merge merge() {
    return merge;
  }

  private static String toml(Object raw) {
    return switch (raw) {
      case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case List<?> list -> list.stream().map(Key::toml).collect(Collectors.joining(", ", "[", "]"));
      default -> raw.toString();
    };
  }
}
