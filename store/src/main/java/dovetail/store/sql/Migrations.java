package dovetail.store.sql;

import dovetail.directory.edit.UnavailableException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Brings the tables to what this release needs. */
final class Migrations {
  private final Database database;
  private final InstantSource clock;

  Migrations(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Makes the steps that are missing, each in a transaction of its own; two who do that at once are
   * not in one another's way.
   *
   * @return how many were made
   */
  int migrate() throws UnavailableException {
    List<String> steps = Schema.steps(database.dialect());
    database.<Boolean, UnavailableException>write(sql -> {
      sql.execute(Schema.notes(database.dialect()));
      return true;
    });
    int made = 0;
    for (int step : missing()) {
      database.<Boolean, UnavailableException>write(sql -> {
        sql.execute(steps.get(step - 1));
        note(sql, step);
        return true;
      });
      made++;
    }
    return made;
  }

  private void note(Statements sql, int step) throws SQLException {
    long now = clock.instant().getEpochSecond();
    try {
      sql.update("INSERT INTO schema_steps (step, made) VALUES (?, ?)", step, now);
    } catch (SQLException e) {
      if (!database.dialect().isDuplicate(e)) {
        throw e;
      }
      // Another one made the step at the same time.
    }
  }

  /** The numbers of the steps that have not been made, in their order. */
  List<Integer> missing() throws UnavailableException {
    Set<Integer> made =
        database.<Set<Integer>, UnavailableException>read(sql ->
            sql.number(database.dialect().countTables(), "schema_steps") == 0
                ? Set.of()
                : new HashSet<>(sql.all("SELECT step FROM schema_steps", row -> row.getInt(1))));
    return IntStream.rangeClosed(1, Schema.steps(database.dialect()).size())
        .filter(step -> !made.contains(step))
        .boxed()
        .toList();
  }
}
