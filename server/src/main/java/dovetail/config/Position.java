package dovetail.config;

/**
 * A place in a configuration file.
 *
 * @param file the file's name, or "built-in default"
 * @param line from 1; 0 when the whole file is meant
 * @param column from 1; 0 when the whole line or file is meant
 */
public record Position(String file, int line, int column) {
  static final Position BUILT_IN = new Position("built-in default", 0, 0);

  static Position file(String file) {
    return new Position(file, 0, 0);
  }

  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0
        ? "%s, line %d".formatted(file, line)
        : "%s, line %d, column %d".formatted(file, line, column);
  }
}
