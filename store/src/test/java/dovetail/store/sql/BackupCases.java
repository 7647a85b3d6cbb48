package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.counter.GreylistEntry;
import dovetail.counter.Standing;
import dovetail.directory.Lookup;
import dovetail.directory.Usage;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.AppPasswordUse;
import dovetail.directory.login.Block;
import dovetail.directory.login.LastLogin;
import dovetail.keys.StoredKey;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy of all that is kept, and what becomes of it elsewhere. */
abstract class BackupCases extends OnEachDatabase {
  private static final Domain DOMAIN = Domain.parse("example.com").orElseThrow();

  /** Another fresh database of the same kind. */
  private Store another() throws Exception {
    Store other = open(fresh("other"));
    other.migrate();
    return other;
  }

  /** Another database. */
  abstract DatabaseSettings fresh(String name) throws Exception;

  @Override
  DatabaseSettings fresh() throws Exception {
    return fresh("dovetail");
  }

  @BeforeEach
  void fill() throws Exception {
    add(
        domain("example.com", "description", "Zoë's \"%;'\\"),
        mailbox("joe@example.com", "quota", "5G", "password", "{ARGON2ID}$argon2id$x"),
        mailbox("kim@example.com", "totp", "JBSWY3DPEHPK3PXPJBSWY3DPEH", "networks", "192.0.2.1"),
        AccountRowCases.appPassword("joe@example.com", "phone", "expires", "2027-01-31"),
        mailbox("ann@example.com", "send", "no"),
        alias("sales@example.com", "joe@example.com, ann@example.com"),
        row(Kind.GRANT, "login", "ann@example.com", "scope", "@example.com"),
        row(
            Kind.RELAY,
            "sender",
            "@example.com",
            "nexthop",
            "[mx.example]:587",
            "username",
            "u",
            "password",
            "hunter2"),
        row(Kind.ENTRY, "map", "sender_bcc_maps", "key", "joe@example.com", "value", "a@b.example"),
        row(Kind.EXCEPTION, "type", "client", "value", "192.0.2.0/24"));
    store
        .keys()
        .add(new StoredKey(DOMAIN, "s1", "rsa", StoredKey.State.PENDING, NOW, "private"), "tester");
    store.usage().put(Address.parse("joe@example.com").orElseThrow(), new Usage(1L << 40, 7), NOW);
    Address joe = Address.parse("joe@example.com").orElseThrow();
    store.logins().loggedIn(List.of(new LastLogin(joe, "imap", NOW, "192.0.2.1")));
    store.logins().used(List.of(new AppPasswordUse(joe, "phone", NOW)));
    store
        .blocks()
        .put(
            new Block(
                new Block.Subject(Block.Kind.ACCOUNT, "joe@example.com"),
                NOW,
                NOW.plusSeconds(60),
                "ten wrong passwords",
                "mx1.example.com"));
    GreylistEntry greylisted = GreylistEntry.of("c", "n", "ann@example.com", "joe@example.com");
    store.greylist().begin(greylisted, new Standing.Mail(NOW, false, NOW), 1);
    store.greylist().count(greylisted, new Standing.Client(1, NOW, NOW));
    store.keys().activate(DOMAIN, "s1", "tester");
  }

  private static List<BackupRow> dump(Store from) throws UnavailableException {
    List<BackupRow> rows = new ArrayList<>();
    long count =
        from.backup()
            .dump(
                new Backup.Sink() {
                  @Override
                  public void begin() {
                    rows.clear();
                  }

                  @Override
                  public void row(BackupRow row) {
                    rows.add(row);
                  }
                });
    assertThat(count).isEqualTo(rows.size());
    return rows;
  }

  private static void refused(Store into, List<BackupRow> rows, String why) throws Exception {
    List<BackupRow> before = dump(into);
    assertThatThrownBy(() -> into.backup().restore(rows, "tester", _ -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
    assertThat(dump(into)).isEqualTo(before);
  }

  @Test
  void comesBackAsItWas() throws Exception {
    List<BackupRow> rows = dump(store);
    assertThat(rows.toString()).contains("v1:").doesNotContain("hunter2", "private ", "JBSWY3DP");
    try (Store other = another()) {
      ChangeFeed feed = other.changes();
      assertThat(feed.next()).isEmpty();
      assertThat(other.backup().restore(rows, "restorer", _ -> {})).isEqualTo(rows.size());
      assertThat(feed.next()).containsExactly("all");
      List<BackupRow> back = dump(other);
      assertThat(back.subList(0, rows.size())).isEqualTo(rows);
      assertThat(back.getLast().columns())
          .containsEntry("actor", "restorer")
          .containsEntry("action", "restore")
          .containsEntry("detail", rows.size() + " rows");
      assertThat(back).hasSize(rows.size() + 1);
      assertThat(other.keys().all()).isEqualTo(store.keys().all());
      assertThat(other.blocks().all(NOW)).hasSize(1).isEqualTo(store.blocks().all(NOW));
      assertThat(other.directory().relayHosts())
          .isInstanceOf(Lookup.Found.class)
          .isEqualTo(store.directory().relayHosts());
      assertThat(other.directory().usage(Address.parse("joe@example.com").orElseThrow()))
          .isEqualTo(new Lookup.Found<>(new Usage(1L << 40, 7)));
    }
  }

  /** A table of a later release must not be left out. */
  @Test
  void knowsAllTables() throws Exception {
    String tables =
        settings.file().isPresent()
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()";
    Set<String> found = new TreeSet<>();
    try (Database database = Database.open(settings, new SecureRandom())) {
      database.<Boolean, UnavailableException>read(sql -> {
        found.addAll(sql.all(tables, row -> row.getString(1)));
        found.removeAll(Set.of("schema_steps", "changes"));
        return true;
      });
    }
    assertThat(found).isEqualTo(Backup.TABLES.keySet());
  }

  @Test
  void goesIntoTheOtherKindOfDatabase() throws Exception {
    List<BackupRow> rows = dump(store);
    try (Store other = open(DatabaseSettings.sqlite(folder.resolve("embedded.db")))) {
      other.migrate();
      other.backup().restore(rows, "tester", _ -> {});
      assertThat(dump(other).subList(0, rows.size())).isEqualTo(rows);
    }
  }

  @Test
  void nothingIsMixedWithWhatIsThere() throws Exception {
    refused(store, dump(store), "the database is not empty: the table domains has 1 rows");
  }

  @Test
  void anotherKeyIsFoundOutAtOnce() throws Exception {
    List<BackupRow> rows = dump(store);
    Path key = folder.resolve("secret.key");
    Files.move(key, folder.resolve("first.key"));
    try (Store other = another()) {
      refused(other, rows, "cannot be read: another key file, or it was changed");
      refused(
          other,
          rows.stream().filter(row -> !row.table().equals("dkim_keys")).toList(),
          "the secret of mailbox kim@example.com totp cannot be read");
      refused(
          other,
          rows.stream()
              .filter(row -> !Set.of("dkim_keys", "account_totp").contains(row.table()))
              .toList(),
          "the secret of relay @example.com password cannot be read");
      Files.move(folder.resolve("first.key"), key, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void refusesWhatDoesNotFit() throws Exception {
    try (Store other = another()) {
      refused(other, List.of(row("schema_steps", "step", 1L)), "there is no table schema_steps");
      refused(other, List.of(row("domains", "x) --", "1")), "has no column x) --");
      refused(other, List.of(row("domains", "domain", 1L)), "domains.domain cannot be 1");
      refused(other, List.of(row("domains", "active", "1")), "domains.active cannot be 1");
      refused(other, List.of(row("domains", "domain", "a.example")), "this row, or one shortly");
      List<BackupRow> twice = new ArrayList<>(dump(store));
      twice.add(twice.getFirst());
      refused(other, twice, "this row, or one shortly");
    }
  }

  private static BackupRow row(String table, String column, Object value) {
    SequencedMap<String, Object> columns = new LinkedHashMap<>();
    columns.put(column, value);
    return new BackupRow(table, columns);
  }
}
