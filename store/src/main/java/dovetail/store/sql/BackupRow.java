package dovetail.store.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One row of a table as it stands there: secrets are encrypted.
 *
 * @param table the table's name
 * @param columns what is in it by column, a {@link String} or a {@link Long}; a column with nothing
 *     in it is left out
 */
public record BackupRow(String table, SequencedMap<String, Object> columns) {
  /** Takes a copy of the map. */
  public BackupRow {
    columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(columns));
  }
}
