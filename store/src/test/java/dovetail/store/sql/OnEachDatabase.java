package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.MalformedFieldException;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What tests on a store have in common; each class below runs them on another database. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class OnEachDatabase {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder = Path.of(".");
  DatabaseSettings settings = DatabaseSettings.sqlite(Path.of("/nowhere"));
  Store store = open(settings);

  /** A fresh database. */
  abstract DatabaseSettings fresh() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    store.close();
    settings = fresh();
    store = open(settings);
    assertThat(store.migrate()).isEqualTo(steps());
  }

  int steps() {
    return Schema.steps(Database.open(settings, new SecureRandom()).dialect()).size();
  }

  @AfterEach
  void end() {
    store.close();
  }

  Store open(DatabaseSettings which) {
    SecureRandom random = new SecureRandom();
    return Store.open(
        which,
        new SecretBox(new SecretKeyFile(folder.resolve("secret.key"), random), random),
        InstantSource.fixed(NOW));
  }

  static Row row(Kind kind, String... namesAndValues) {
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      texts.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    try {
      return Row.read(kind, texts);
    } catch (MalformedFieldException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Row domain(String name, String... more) {
    return with(Kind.DOMAIN, "domain", name, more);
  }

  static Row mailbox(String address, String... more) {
    return with(Kind.MAILBOX, "address", address, more);
  }

  static Row alias(String address, String targets) {
    return row(Kind.ALIAS, "address", address, "targets", targets);
  }

  private static Row with(Kind kind, String key, String name, String... more) {
    String[] all = new String[more.length + 2];
    all[0] = key;
    all[1] = name;
    System.arraycopy(more, 0, all, 2, more.length);
    return row(kind, all);
  }

  void add(Row... rows) throws RefusedException, UnavailableException {
    apply(List.of(rows).stream().<Change>map(Change.Add::new).toList());
  }

  void apply(List<Change> changes) throws RefusedException, UnavailableException {
    assertThat(store.administration().apply(changes, "tester", _ -> {})).isEqualTo(changes.size());
  }

  List<Row> all(Kind kind) throws UnavailableException {
    List<Row> rows = new ArrayList<>();
    store.administration().list(kind, Optional.empty(), rows::add);
    return rows;
  }
}
