package dovetail.directory.edit;

import java.util.ArrayList;
import java.util.List;

/** Addresses in one text, apart by commas, spaces or both; a quoted local part is kept whole. */
public final class TargetList {
  private TargetList() {}

  /** The parts, as they are written. */
  public static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!quoted && (c == ',' || c == ' ' || c == '\n')) {
        add(parts, part);
        continue;
      }
      part.append(c);
      if (quoted && c == '\\' && i + 1 < text.length()) {
        i++;
        part.append(text.charAt(i));
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    add(parts, part);
    return parts;
  }

  private static void add(List<String> parts, StringBuilder part) {
    if (!part.isEmpty()) {
      parts.add(part.toString());
      part.setLength(0);
    }
  }
}
