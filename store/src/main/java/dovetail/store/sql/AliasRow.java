package dovetail.store.sql;

import dovetail.directory.Alias;
import dovetail.directory.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One of the rows of which an alias is made, with the place of its target among them. */
record AliasRow(long place, Alias.Kind kind, boolean active, String target) {
  /** Reads the columns {@code place}, {@code type}, {@code active} and {@code target}. */
  static AliasRow read(ResultSet row) throws SQLException {
    return new AliasRow(
        row.getLong("place"),
        row.getString("type").equals("list") ? Alias.Kind.LIST : Alias.Kind.ALIAS,
        row.getLong("active") != 0,
        row.getString("target"));
  }

  /**
   * The alias that these rows make, in whatever order they are; none if there are none.
   *
   * @throws SQLException if one has a target that is none
   */
  static Optional<Alias> joined(List<AliasRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Target> targets = new ArrayList<>();
    for (AliasRow row : rows.stream().sorted(Comparator.comparingLong(AliasRow::place)).toList()) {
      targets.add(
          Target.parse(row.target())
              .orElseThrow(
                  () -> new SQLException("the database holds no target: " + row.target())));
    }
    AliasRow one = rows.getFirst();
    return Optional.of(new Alias(one.kind(), one.active(), targets));
  }
}
