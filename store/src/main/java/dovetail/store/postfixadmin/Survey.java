package dovetail.store.postfixadmin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is in a database: what will be taken, what is not and why. */
public final class Survey {
  private final Map<Taken, Long> taken = new EnumMap<>(Taken.class);
  private final Map<Note, List<String>> notes = new EnumMap<>(Note.class);
  private final Map<String, Long> tables = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /** What rows become. */
  public enum Taken {
    DOMAINS,
    RELAY_DOMAINS,
    ALIAS_DOMAINS,
    MAILBOXES,
    ALIASES,
    FORWARDINGS,
    CATCH_ALLS;

    /** Its name for people. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A row that cannot be taken.
   *
   * @param row the table and what names the row, with the line of a dump
   */
  public record Problem(String row, String why) {
    @Override
    public String toString() {
      return row + ": " + why;
    }
  }

  Survey() {}

  void take(Taken what) {
    taken.merge(what, 1L, Long::sum);
  }

  void note(Note note, String row) {
    notes.computeIfAbsent(note, _ -> new ArrayList<>()).add(row);
  }

  void problem(String row, String why) {
    problems.add(new Problem(row, why));
  }

  void leaveTable(String table, long rows) {
    tables.put(table, rows);
  }

  /** How many of each there are. */
  public Map<Taken, Long> taken() {
    return Collections.unmodifiableMap(taken);
  }

  /** What is not as it was, with all rows that each is about. */
  public Map<Note, List<String>> notes() {
    return Collections.unmodifiableMap(notes);
  }

  /** Tables of which nothing is taken, with the number of their rows. */
  public Map<String, Long> tables() {
    return Collections.unmodifiableMap(tables);
  }

  /** Rows that cannot be taken. */
  public List<Problem> problems() {
    return Collections.unmodifiableList(problems);
  }
}
