package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Tables come to be, however often and by whomever they are made. */
abstract class SchemaCases extends OnEachDatabase {
  @Test
  void nothingIsMissingAfterwards() throws UnavailableException {
    assertThat(store.missingSteps()).isEmpty();
    assertThat(store.migrate()).isZero();
  }

  @Test
  void killedBetweenAnyTwoStepsItIsFinishedLater() throws Exception {
    Dialect dialect = Database.open(settings, new SecureRandom()).dialect();
    List<String> steps = Schema.steps(dialect);
    Path beside = folder; // SQLite takes no path of more than 512 bytes
    for (int made = 0; made <= steps.size(); made++) {
      folder = Files.createTempDirectory(beside, "k");
      DatabaseSettings half = fresh();
      int count = made;
      try (Database database = Database.open(half, new SecureRandom())) {
        database.<Boolean, UnavailableException>write(sql -> {
          sql.execute(Schema.notes(dialect));
          // The last one is made, but the process ends before it is noted.
          for (int step = 1; step <= count; step++) {
            sql.execute(steps.get(step - 1));
            if (step < count) {
              sql.update("INSERT INTO schema_steps (step, made) VALUES (?, 0)", step);
            }
          }
          return true;
        });
        Migrations migrations = new Migrations(database, InstantSource.fixed(NOW));
        assertThat(migrations.migrate()).isEqualTo(steps.size() - Math.max(0, count - 1));
        assertThat(migrations.missing()).isEmpty();
      }
    }
  }

  @Test
  void twoWhoMakeThemAtOnceAreNotInOneAnothersWay() throws Exception {
    folder = Files.createTempDirectory(folder, "t");
    DatabaseSettings both = fresh();
    Callable<Integer> migrate =
        () -> {
          try (Store one = open(both)) {
            return one.migrate();
          }
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      int sum = 0;
      for (var made : threads.invokeAll(List.of(migrate, migrate))) {
        sum += made.get();
      }
      assertThat(sum).isBetween(steps(), 2 * steps());
    }
    try (Store one = open(both)) {
      assertThat(one.missingSteps()).isEmpty();
    }
  }

  @Test
  void missingTablesAreToldAndNotAFault() throws Exception {
    folder = Files.createTempDirectory(folder, "m");
    try (Store empty = open(fresh())) {
      assertThat(empty.missingSteps()).hasSize(steps());
    }
  }

  @Test
  void namesAreComparedOctetByOctet() throws Exception {
    add(domain("example.com"));
    add(
        mailbox("jose@example.com"),
        mailbox("jos\u00e9@example.com"),
        mailbox("\"jose \"@example.com"),
        mailbox("\"jose  \"@example.com"));
    assertThat(all(Kind.MAILBOX)).hasSize(4);
  }
}
