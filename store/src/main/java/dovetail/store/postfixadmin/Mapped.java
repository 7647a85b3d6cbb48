package dovetail.store.postfixadmin;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.MalformedFieldException;
import dovetail.directory.edit.Row;
import dovetail.store.postfixadmin.Survey.Taken;
import java.util.Map;

/** What becomes of a row. */
sealed interface Mapped {
  /** It is added. */
  record Add(Row row, Taken as) implements Mapped {}

  /** It is left out, as it should be. */
  record Leave() implements Mapped {}

  /** It should be added and cannot be. */
  record Bad(String why) implements Mapped {}

  /** The row with those fields, if they can be its. */
  static Mapped of(Kind kind, Map<String, String> texts, Taken as) {
    try {
      return new Add(Row.read(kind, texts), as);
    } catch (MalformedFieldException e) {
      return new Bad(String.valueOf(e.getMessage()));
    }
  }

  /** Text for people, in the form that a field takes. */
  static String cleaned(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]+", " ").strip();
    return line.length() <= MOST ? line : line.substring(0, MOST).strip();
  }

  /** Characters; PostfixAdmin has 255. */
  int MOST = 255;
}
