package dovetail.house;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The table of docs/rfc.md. */
final class RfcTable {
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  private RfcTable() {}

  /**
   * A row.
   *
   * @param sections the sections that the code obeys
   * @param state done, partly or not yet
   * @param where the classes that do
   */
  record Row(List<String> sections, String state, List<String> where) {}

  /** The rows by number; whatever is no row of five cells is text around them. */
  static Map<Integer, Row> read(String markdown) {
    Map<Integer, Row> rows = new TreeMap<>();
    for (String line : markdown.lines().toList()) {
      String[] cells = line.split("\\|", -1);
      if (cells.length != 7 || !cells[1].strip().matches("\\d{3,5}")) {
        continue;
      }
      List<String> where =
          NAME.matcher(cells[5]).results().map((MatchResult name) -> name.group(1)).toList();
      Row row = new Row(split(cells[3]), cells[4].strip(), where);
      if (rows.put(Integer.valueOf(cells[1].strip()), row) != null) {
        throw new IllegalArgumentException("twice: " + line);
      }
    }
    return rows;
  }

  private static List<String> split(String cell) {
    return Arrays.stream(cell.split(",", -1))
        .map(String::strip)
        .filter(section -> !section.isEmpty())
        .toList();
  }

  /** The links that the table does not list. */
  static List<RfcLinks.Link> unlisted(Iterable<RfcLinks.Link> links, Map<Integer, Row> rows) {
    List<RfcLinks.Link> unlisted = new ArrayList<>();
    for (RfcLinks.Link link : links) {
      Row row = rows.get(link.rfc());
      boolean listed =
          row != null && (link.section().isEmpty() || row.sections().contains(link.section()));
      if (!listed) {
        unlisted.add(link);
      }
    }
    return unlisted;
  }
}
