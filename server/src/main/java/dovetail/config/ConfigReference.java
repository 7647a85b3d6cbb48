package dovetail.config;

import java.util.List;

/**
 * Writes the file that says nothing new: every section and key with what it is for, its type and
 * its default, commented out. It is made from the table that reads real files, so the two cannot
 * differ.
 */
public final class ConfigReference {
  private static final int WIDTH = 100;

  private ConfigReference() {}

  /** The whole file as TOML. */
  public static String toml(List<Section> sections) {
    StringBuilder toml = new StringBuilder();
    for (Section section : sections) {
      if (!toml.isEmpty()) {
        toml.append('\n');
      }
      comment(toml, section.doc());
      toml.append('[').append(section.name()).append("]\n");
      section.keys().forEach(key -> append(toml, key));
    }
    return toml.toString();
  }

  private static void append(StringBuilder toml, Key<?> key) {
    toml.append('\n');
    comment(toml, key.doc());
    comment(toml, "(" + key.type() + ")");
    toml.append('#').append(key.name()).append(" = ").append(key.defaultText()).append('\n');
  }

  private static void comment(StringBuilder toml, String text) {
    StringBuilder line = new StringBuilder("#");
    for (String word : text.split(" ", -1)) {
      if (line.length() > 1 && line.length() + 1 + word.length() > WIDTH) {
        toml.append(line).append('\n');
        line.setLength(1);
      }
      line.append(' ').append(word);
    }
    toml.append(line).append('\n');
  }
}
