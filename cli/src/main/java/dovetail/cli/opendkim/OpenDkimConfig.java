package dovetail.cli.opendkim;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The settings of opendkim.conf. */
final class OpenDkimConfig {
  /** As opendkim has it. */
  private static final int MOST_INCLUDES = 5;

  private final Map<String, String> values = new HashMap<>();

  private OpenDkimConfig() {}

  static OpenDkimConfig read(Path file) throws OpenDkimException {
    OpenDkimConfig config = new OpenDkimConfig();
    config.add(file, 0);
    return config;
  }

  private void add(Path file, int depth) throws OpenDkimException {
    for (TextFile.Line line : TextFile.lines(file)) {
      String[] parts = line.text().split("\\s+", 2);
      String name = parts[0].toLowerCase(Locale.ROOT);
      String value = parts.length < 2 ? "" : parts[1].strip();
      if (!name.equals("include")) {
        values.put(name, value);
      } else if (depth == MOST_INCLUDES) {
        throw new OpenDkimException(line.place() + ": more includes than opendkim follows");
      } else {
        try {
          add(Path.of(value), depth + 1);
        } catch (InvalidPathException e) {
          throw new OpenDkimException(line.place() + ": no path", e);
        }
      }
    }
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)))
        .filter(value -> !value.isEmpty());
  }

  boolean flag(String name) {
    return get(name).map(value -> value.matches("(?i)(t|true|y|yes|1|on)")).orElse(false);
  }
}
