package dovetail.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * One value of a configuration file, with its name and place. The readers check what it is and say
 * what was expected when it is something else.
 */
public final class ConfigValue {
  private final String name;
  private final Position position;
  private final Content content;

  /** What a value can be; TOML's floats and dates have no use here and are kept as their text. */
  sealed interface Content {
    record Text(String text) implements Content {}

    record Whole(long number) implements Content {}

    record Truth(boolean truth) implements Content {}

    record Items(List<ConfigValue> items) implements Content {}

    record Table(SequencedMap<String, ConfigValue> entries) implements Content {}

    record Other(String kind) implements Content {}
  }

  ConfigValue(String name, Position position, Content content) {
    this.name = name;
    this.position = position;
    this.content = content;
  }

  /** The full name, for example "milter.listen[0].address". */
  public String name() {
    return name;
  }

  /** Where the value stands. */
  public Position position() {
    return position;
  }

  Content content() {
    return content;
  }

  /** A complaint about this value, to be thrown. */
  public ConfigException error(String message) {
    return new ConfigException(List.of(new Problem(position, "'" + name + "': " + message)));
  }

  private ConfigException expected(String what) {
    return error("expected " + what + ", found " + found());
  }

  private String found() {
    return switch (content) {
      case Content.Text(String text) -> "the string \"" + shortened(text) + "\"";
      case Content.Whole(long number) -> "the integer " + number;
      case Content.Truth(boolean truth) -> "the boolean " + truth;
      case Content.Items _ -> "a list";
      case Content.Table _ -> "a table";
      case Content.Other(String kind) -> kind;
    };
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  /** Whether the value is a string. */
  public boolean isString() {
    return content instanceof Content.Text;
  }

  /** Whether the value is a table. */
  public boolean isTable() {
    return content instanceof Content.Table;
  }

  /** The value as a string. */
  public String asString() throws ConfigException {
    if (content instanceof Content.Text(String text)) {
      return text;
    }
    throw expected("a string");
  }

  /** The value as an integer from min to max, both included. */
  public int asInteger(int min, int max) throws ConfigException {
    if (!(content instanceof Content.Whole(long number))) {
      throw expected("an integer");
    }
    if (number < min || number > max) {
      throw error("expected an integer from %d to %d, found %d".formatted(min, max, number));
    }
    return (int) number;
  }

  /** The value as a boolean. */
  public boolean asBoolean() throws ConfigException {
    if (content instanceof Content.Truth(boolean truth)) {
      return truth;
    }
    throw expected("true or false, without quotes");
  }

  /** The value as a span of time: a string of one number and one of ms, s, m, h, d. */
  public Duration asDuration() throws ConfigException {
    if (content instanceof Content.Whole(long number)) {
      // A bare number does not say its unit, and people guess wrong.
      throw expected("a duration with a unit such as \"%ds\" or \"5m\"".formatted(number));
    }
    if (content instanceof Content.Text(String text)) {
      return Units.duration(text)
          .orElseThrow(() -> expected("a duration such as \"20s\", \"5m\" or \"1h\""));
    }
    throw expected("a duration such as \"20s\", \"5m\" or \"1h\"");
  }

  /** The value as a number of bytes: a string of one number and one of B, KiB, MiB, GiB. */
  public long asSize() throws ConfigException {
    if (content instanceof Content.Whole(long number)) {
      throw expected("a size with a unit such as \"%dB\" or \"512KiB\"".formatted(number));
    }
    if (content instanceof Content.Text(String text)) {
      return Units.size(text).orElseThrow(() -> expected("a size such as \"512KiB\" or \"10MiB\""));
    }
    throw expected("a size such as \"512KiB\" or \"10MiB\"");
  }

  /** The value as a file's path. */
  public Path asPath() throws ConfigException {
    if (content instanceof Content.Text(String text) && !text.isEmpty()) {
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw error("not a path: " + e.getReason());
      }
    }
    throw expected("a path");
  }

  /**
   * The value as one of an enum's constants: in lower case, with '-' where the constant has '_'.
   */
  public <E extends Enum<E>> E asChoice(Class<E> type) throws ConfigException {
    E[] constants = type.getEnumConstants();
    for (E constant : constants) {
      if (content instanceof Content.Text(String text) && text.equals(word(constant))) {
        return constant;
      }
    }
    List<String> words = Arrays.stream(constants).map(ConfigValue::word).toList();
    String list = words.stream().map(w -> '"' + w + '"').collect(Collectors.joining(", "));
    String hint = content instanceof Content.Text(String text) ? Nearest.hint("", text, words) : "";
    throw error("expected one of " + list + ", found " + found() + hint);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The value as a list. */
  public List<ConfigValue> asList() throws ConfigException {
    if (content instanceof Content.Items(List<ConfigValue> items)) {
      return items;
    }
    throw expected("a list, written as [ … ]");
  }

  /** The value as a list, each element read by the given reader; all bad elements are reported. */
  public <T> List<T> asList(ValueReader<T> element) throws ConfigException {
    List<T> result = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (ConfigValue item : asList()) {
      try {
        result.add(element.read(item));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return List.copyOf(result);
  }

  /**
   * The value as a table in which only the named keys may stand.
   *
   * @param known the keys that are allowed
   */
  public ConfigTable asTable(String... known) throws ConfigException {
    if (content instanceof Content.Table(SequencedMap<String, ConfigValue> entries)) {
      return ConfigTable.of(this, entries, List.of(known));
    }
    throw expected("a table, written as { … }");
  }

  /** A value that stands in no file: a string, integer, boolean, or a list of such. */
  static ConfigValue builtIn(String name, Object raw) {
    Content content =
        switch (raw) {
          case String text -> new Content.Text(text);
          case Integer number -> new Content.Whole(number);
          case Boolean truth -> new Content.Truth(truth);
          case List<?> list -> {
            List<ConfigValue> items = new ArrayList<>();
            for (Object item : list) {
              items.add(builtIn(name + "[" + items.size() + "]", item));
            }
            yield new Content.Items(items);
          }
          default -> throw new IllegalArgumentException("no default of " + raw.getClass());
        };
    return new ConfigValue(name, Position.BUILT_IN, content);
  }

  static ConfigValue emptyTable(String name, Position position) {
    return new ConfigValue(name, position, new Content.Table(new LinkedHashMap<>()));
  }
}
