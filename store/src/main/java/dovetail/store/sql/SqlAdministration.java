package dovetail.store.sql;

import dovetail.directory.edit.Administration;
import dovetail.directory.edit.Attempt;
import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Administration of what is kept in a database. */
final class SqlAdministration implements Administration {
  private static final long PROGRESS_STEP = 1000;

  private final Database database;
  private final Cells cells;
  private final InstantSource clock;

  SqlAdministration(Database database, SecretBox secrets, InstantSource clock) {
    this.database = database;
    this.cells = new Cells(secrets);
    this.clock = clock;
  }

  @Override
  public long apply(Iterable<Change> changes, String actor, Progress progress)
      throws RefusedException, UnavailableException {
    return database.<Long, RefusedException>write(sql -> {
      Editor editor = new Editor(sql, cells, actor, clock.instant().getEpochSecond());
      long made = 0;
      for (Change change : changes) {
        try {
          editor.make(change);
        } catch (Editor.Refusal e) {
          throw new RefusedException(change.row() + ": " + e.getMessage(), made);
        }
        made++;
        if (made % PROGRESS_STEP == 0) {
          progress.made(made);
        }
      }
      editor.finish();
      return made;
    });
  }

  /** Ends a transaction whose changes are not kept. */
  private static final class Undone extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Attempt attempt;

    Undone(Attempt attempt) {
      this.attempt = attempt;
    }
  }

  @Override
  public Attempt attempt(
      Iterable<Change> changes, String actor, Predicate<Attempt> keep, Progress progress)
      throws UnavailableException {
    try {
      return database.<Attempt, Undone>write(sql -> {
        Editor editor = new Editor(sql, cells, actor, clock.instant().getEpochSecond());
        List<Attempt.Refused> refused = new ArrayList<>();
        long made = 0;
        for (Change change : changes) {
          // A refusal may come when something has been written already.
          sql.execute("SAVEPOINT one");
          try {
            editor.make(change);
            made++;
          } catch (Editor.Refusal e) {
            sql.execute("ROLLBACK TO SAVEPOINT one");
            refused.add(new Attempt.Refused(change.row(), String.valueOf(e.getMessage())));
          }
          sql.execute("RELEASE SAVEPOINT one");
          if (made % PROGRESS_STEP == 0) {
            progress.made(made);
          }
        }
        Attempt attempt = new Attempt(made, refused);
        if (!keep.test(attempt)) {
          throw new Undone(attempt);
        }
        editor.finish();
        return attempt;
      });
    } catch (Undone e) {
      return e.attempt;
    }
  }

  @Override
  public Optional<Row> find(Kind kind, List<String> key) throws UnavailableException {
    return database.<Optional<Row>, UnavailableException>browse(
        sql -> new RowReader(sql, cells).find(kind, key));
  }

  @Override
  public void list(Kind kind, Optional<String> domain, Consumer<Row> rows)
      throws UnavailableException {
    database.<Boolean, UnavailableException>browse(sql -> {
      new RowReader(sql, cells).list(kind, domain, rows);
      return true;
    });
  }

  @Override
  public List<AuditEntry> audit(int count) throws UnavailableException {
    return database.<List<AuditEntry>, UnavailableException>browse(sql ->
        sql.all(
            "SELECT made, actor, action, kind, object, detail FROM audit ORDER BY id DESC LIMIT ?",
            row ->
                new AuditEntry(
                    Instant.ofEpochSecond(row.getLong(1)),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    Optional.ofNullable(row.getString(6)).orElse("")),
            count));
  }
}
