package dovetail.cli.opendkim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A data set of opendkim (opendkim(8), "DATA SETS"): keys with values.
 *
 * @param patterns whether the keys are patterns, of which the first that fits counts
 */
record Dataset(boolean patterns, List<Entry> entries) {
  /**
   * One row.
   *
   * @param place where it stands
   */
  record Entry(String place, String key, String value) {}

  /**
   * Reads a data set.
   *
   * @param name {@code file:}, {@code refile:} or {@code csl:} and what is named; a bare path or
   *     list, too
   * @throws OpenDkimException if it is of another kind or cannot be read
   */
  static Dataset read(String name) throws OpenDkimException {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? "" : name.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = name.substring(colon + 1);
    return switch (kind) {
      case "file" -> new Dataset(false, rows(Path.of(rest)));
      case "refile" -> new Dataset(true, rows(Path.of(rest)));
      case "csl" -> new Dataset(false, list(rest));
      case "" ->
          name.startsWith("/")
              ? new Dataset(false, rows(Path.of(name)))
              : new Dataset(false, list(name));
      default ->
          throw new OpenDkimException(
              "'%s': a data set of the kind %s is not read; file, refile and csl are"
                  .formatted(name, kind));
    };
  }

  private static List<Entry> rows(Path file) throws OpenDkimException {
    List<Entry> entries = new ArrayList<>();
    for (TextFile.Line line : TextFile.lines(file)) {
      String[] parts = line.text().split("\\s+", 2);
      entries.add(new Entry(line.place(), parts[0], parts.length < 2 ? "" : parts[1].strip()));
    }
    return entries;
  }

  private static List<Entry> list(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String key = (equals < 0 ? part : part.substring(0, equals)).strip();
      if (!key.isEmpty()) {
        entries.add(new Entry(key, key, equals < 0 ? "" : part.substring(equals + 1).strip()));
      }
    }
    return entries;
  }
}
