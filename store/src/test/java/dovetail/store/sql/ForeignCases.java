package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.store.foreign.ForeignRow;
import dovetail.store.foreign.ForeignTables;
import dovetail.store.foreign.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Our own tables, read as if they were somebody else's. */
abstract class ForeignCases extends OnEachDatabase {
  private static List<ForeignRow> rows(ForeignTables tables, String table, String... columns) {
    List<ForeignRow> rows = new ArrayList<>();
    try (ForeignTables.Cursor cursor = tables.rows(table, List.of(columns))) {
      for (Optional<ForeignRow> row = cursor.next(); row.isPresent(); row = cursor.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }

  @Test
  void tablesAreReadRowByRow() throws Exception {
    add(domain("b.example", "max-mailboxes", "3"), domain("a.example", "description", "Zoë"));
    try (ForeignTables tables = ForeignDatabase.open(settings)) {
      assertThat(tables.tables()).contains("domains", "mailboxes");
      assertThat(tables.columns("domains")).contains("domain", "max_mailboxes");
      assertThat(tables.columns("none")).isEmpty();
      assertThat(tables.count("domains")).isEqualTo(2);
      assertThat(tables.count("none")).isZero();
      List<ForeignRow> rows =
          rows(tables, "domains", "domain", "description", "none", "max_mailboxes", "active");
      assertThat(rows.getFirst().values())
          .isEqualTo(java.util.Map.of("domain", "a.example", "description", "Zoë", "active", "1"));
      assertThat(rows.getLast().number("max_mailboxes")).hasValue(3);
      assertThat(rows.getLast().flag("active", false)).isTrue();
      assertThatThrownBy(() -> tables.rows("none", List.of("x")))
          .isInstanceOf(UnreadableException.class);
    }
  }

  @Test
  void whatOthersChangeMeanwhileIsNotSeen() throws Exception {
    add(domain("a.example"));
    try (ForeignTables tables = ForeignDatabase.open(settings)) {
      assertThat(rows(tables, "domains", "domain")).hasSize(1);
      add(domain("b.example"));
      assertThat(rows(tables, "domains", "domain")).hasSize(1);
    }
    try (ForeignTables tables = ForeignDatabase.open(settings)) {
      assertThat(rows(tables, "domains", "domain")).hasSize(2);
    }
  }
}
