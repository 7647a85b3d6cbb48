package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dovetail.directory.edit.Attempt;
import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What administrators do, and what they are kept from. */
abstract class AdministrationCases extends OnEachDatabase {
  private static Row relay(String sender, String... more) {
    String[] all = new String[4 + more.length];
    System.arraycopy(
        new String[] {"sender", sender, "nexthop", "[smtp.example.net]:587"}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return row(Kind.RELAY, all);
  }

  @Test
  void everyKindIsAddedFoundSetListedAndRemoved() throws Exception {
    List<Row> rows =
        List.of(
            domain("example.com", "description", "d\u00e9 \"x\" ' ; -- \\ %", "max-quota", "50G"),
            mailbox("joe@example.com", "quota", "5G", "password", "{ARGON2ID}$argon2id$x"),
            alias("sales@example.com", "joe@example.com ann@elsewhere.example @other.example"),
            row(Kind.GRANT, "login", "joe@example.com", "scope", "@example.com"),
            relay("@example.com", "username", "u", "password", "p w:\u00fc"),
            row(
                Kind.ENTRY,
                "map",
                "sender_bcc_maps",
                "key",
                "joe@example.com",
                "value",
                "x@y.example"),
            row(Kind.EXCEPTION, "type", "list", "value", "*.lists.example", "description", "ours"));
    add(rows.toArray(Row[]::new));
    for (Row row : rows) {
      assertThat(store.administration().find(row.kind(), row.key())).contains(row.completed());
      assertThat(all(row.kind())).containsExactly(row.completed());
    }
    apply(List.of(new Change.Set(mailbox("joe@example.com", "quota", "", "receive", "no"))));
    Row joe = store.administration().find(Kind.MAILBOX, List.of("joe@example.com")).orElseThrow();
    assertThat(joe.get("quota")).isEmpty();
    assertThat(joe.get("receive")).contains("no");
    assertThat(joe.get("send")).contains("yes");
    assertThat(joe.get("password")).contains("{ARGON2ID}$argon2id$x");
    for (Row row : rows.reversed()) {
      apply(List.of(new Change.Remove(row, true)));
      assertThat(store.administration().find(row.kind(), row.key())).isEmpty();
    }
  }

  @Test
  void exceptionsOfADomainAreThoseForItAndForNamesBelow() throws Exception {
    for (String value :
        List.of("lists.example", "*.lists.example", "a.lists.example", "xlists.example")) {
      add(row(Kind.EXCEPTION, "type", "list", "value", value));
    }
    add(row(Kind.EXCEPTION, "type", "client", "value", "192.0.2.1"));
    List<String> found = new ArrayList<>();
    store
        .administration()
        .list(Kind.EXCEPTION, Optional.of("lists.example"), row -> found.add(row.key().getLast()));
    assertThat(found)
        .containsExactlyInAnyOrder("lists.example", "*.lists.example", "a.lists.example");
  }

  @Test
  void eachChangeLeavesATraceWithoutSecrets() throws Exception {
    add(domain("example.com"), mailbox("joe@example.com", "password", "{PLAIN}secret"));
    apply(List.of(new Change.Remove(mailbox("joe@example.com"), false)));
    List<AuditEntry> trace = store.administration().audit(10);
    assertThat(trace).hasSize(3);
    assertThat(trace.getFirst())
        .isEqualTo(new AuditEntry(NOW, "tester", "remove", "mailbox", "joe@example.com", ""));
    assertThat(trace.get(1).detail()).contains("password=(changed)");
    assertThat(trace.toString()).doesNotContain("secret");
  }

  @Test
  void secretsAreNotToBeReadInTheDatabase() throws Exception {
    add(relay("@example.com", "username", "u", "password", "hunter2 hunter2"));
    try (Database database = Database.open(settings, new SecureRandom())) {
      String stored =
          database
              .<Optional<String>, UnavailableException>read(
                  sql -> sql.first("SELECT password FROM relay_hosts", row -> row.getString(1)))
              .orElseThrow();
      assertThat(stored).startsWith("v1:").doesNotContain("hunter2");
      // Moved to another row it is of no use there.
      database.<Integer, UnavailableException>write(
          sql -> sql.update("UPDATE relay_hosts SET sender = ?", "@other.example"));
    }
    assertThatThrownBy(() -> all(Kind.RELAY))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("the secret of relay @other.example password cannot be read");
  }

  private void refused(String why, Row row) {
    refused(why, new Change.Add(row));
  }

  private void refused(String why, Change change) {
    RefusedException refusal =
        catchThrowableOfType(RefusedException.class, () -> apply(List.of(change)));
    assertThat(refusal).as(change.toString()).isNotNull().hasMessageContaining(why);
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() throws Exception {
    add(
        domain("example.com"),
        domain("relayed.example", "type", "relay"),
        domain("other.example", "alias-of", "example.com"),
        mailbox("joe@example.com"),
        alias("sales@example.com", "joe@example.com"));
    refused("it exists already", domain("example.com"));
    refused("there is no domain", domain("a.example", "alias-of", "b.example"));
    refused("no other name of itself", domain("a.example", "alias-of", "a.example"));
    refused("itself another name", domain("a.example", "alias-of", "other.example"));
    refused(
        "addresses of its own",
        new Change.Set(domain("example.com", "alias-of", "relayed.example")));
    refused("there is no domain", mailbox("joe@nowhere.example"));
    refused("another name of example.com", mailbox("joe@other.example"));
    refused("relayed elsewhere", mailbox("joe@relayed.example"));
    refused("it exists already", mailbox("JOE@Example.COM"));
    refused("targets are missing", row(Kind.ALIAS, "address", "x@example.com"));
    refused("there is no domain", alias("x@nowhere.example", "joe@example.com"));
    refused("there is no mailbox", row(Kind.GRANT, "login", "x@example.com", "scope", "*"));
    refused("nexthop is missing", row(Kind.RELAY, "sender", "*"));
    refused("go together", relay("*", "username", "u"));
    refused("before a colon", relay("*", "username", "u:v", "password", "p"));
    refused("value is missing", row(Kind.ENTRY, "map", "canonical_maps", "key", "x"));
    refused("of clients only", row(Kind.EXCEPTION, "type", "author", "value", "192.0.2.0/24"));
    refused("of clients only", row(Kind.EXCEPTION, "type", "sealer", "value", "2001:db8::1"));
    refused("not by a name", row(Kind.EXCEPTION, "type", "client", "value", "mx.example"));
    refused("one domain", row(Kind.EXCEPTION, "type", "sealer", "value", "*.lists.example"));
    refused("is not empty (mailbox: 1)", new Change.Remove(domain("example.com"), false));
    refused("target of sales@example.com", new Change.Remove(mailbox("joe@example.com"), false));
    refused("no such mailbox", new Change.Remove(mailbox("x@example.com"), false));
    refused("no such mailbox", new Change.Set(mailbox("x@example.com", "quota", "1G")));
  }

  @Test
  void circlesOfAliasesAreRefused() throws Exception {
    add(
        domain("example.com"),
        alias("self@example.com", "self@example.com, x@y.example"),
        alias("a@example.com", "b@example.com"),
        alias("b@example.com", "c@example.com, d@example.com"));
    refused("leads back to itself", alias("c@example.com", "a@example.com"));
    refused("leads back to itself", alias("d@example.com", "x@y.example, b@example.com"));
    assertThat(all(Kind.ALIAS)).hasSize(3);
  }

  @Test
  void circlesThatEndAtACopyAreNone() throws Exception {
    add(
        domain("example.com"),
        alias("a@example.com", "a@example.com, b@example.com"),
        alias("b@example.com", "b@example.com, a@example.com"),
        alias("c@example.com", "d@example.com"),
        alias("d@example.com", "d@example.com, c@example.com"));
    assertThat(all(Kind.ALIAS)).hasSize(4);
    refused("leads back to itself", new Change.Set(alias("d@example.com", "c@example.com")));
  }

  @Test
  void limitsHold() throws Exception {
    add(
        domain(
            "example.com",
            "max-mailboxes",
            "2",
            "max-aliases",
            "1",
            "max-quota",
            "10G",
            "default-quota",
            "4G"));
    add(mailbox("a@example.com"), mailbox("b@example.com", "quota", "6G"));
    refused("may have 2 mailboxes", mailbox("c@example.com", "quota", "0"));
    refused("add up to", new Change.Set(mailbox("b@example.com", "quota", "7G")));
    refused("add up to", new Change.Set(domain("example.com", "default-quota", "5G")));
    add(alias("x@example.com", "a@example.com"));
    refused("may have 1 aliases", alias("y@example.com", "a@example.com"));
    apply(List.of(new Change.Set(domain("example.com", "max-mailboxes", "", "max-quota", ""))));
    add(mailbox("c@example.com"));
  }

  @Test
  void aFailedChangeUndoesAllBeforeIt() throws Exception {
    add(domain("example.com"));
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      changes.add(new Change.Add(mailbox("m" + i + "@example.com")));
    }
    changes.add(new Change.Add(mailbox("m7@example.com")));
    changes.add(new Change.Add(mailbox("z@example.com")));
    RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> apply(changes));
    assertThat(refusal.index()).isEqualTo(50);
    assertThat(refusal).hasMessage("mailbox m7@example.com: it exists already");
    assertThat(all(Kind.MAILBOX)).isEmpty();
    assertThat(store.administration().audit(100)).hasSize(1);
  }

  @Test
  void removingADomainTakesAllOfIt() throws Exception {
    add(
        domain("example.com"),
        domain("other.example", "alias-of", "example.com"),
        domain("keep.example"),
        mailbox("joe@example.com", "password", "{PLAIN}x"),
        mailbox("kim@keep.example"),
        alias("@example.com", "joe@example.com"),
        alias("both@keep.example", "joe@example.com, kim@keep.example"),
        alias("one@keep.example", "joe@example.com"),
        row(Kind.GRANT, "login", "kim@keep.example", "scope", "joe@example.com"),
        row(Kind.GRANT, "login", "kim@keep.example", "scope", "@example.com"),
        relay("@example.com"));
    apply(List.of(new Change.Remove(domain("example.com"), true)));
    assertThat(all(Kind.DOMAIN)).extracting(Row::key).containsExactly(List.of("keep.example"));
    assertThat(all(Kind.MAILBOX)).hasSize(1);
    assertThat(all(Kind.ALIAS))
        .containsExactly(alias("both@keep.example", "kim@keep.example").completed());
    assertThat(all(Kind.GRANT)).isEmpty();
    assertThat(all(Kind.RELAY)).isEmpty();
    add(domain("example.com"));
  }

  @Test
  void manyRowsAreListedInOrderPageByPage() throws Exception {
    add(domain("example.com"), domain("a.example"));
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      changes.add(new Change.Add(mailbox("m%04d@example.com".formatted(i))));
      changes.add(
          new Change.Add(
              row(
                  Kind.ENTRY,
                  "map",
                  i % 2 == 0 ? "canonical_maps" : "transport_maps",
                  "key",
                  "k" + i,
                  "value",
                  "v")));
    }
    changes.add(new Change.Add(mailbox("x@a.example")));
    apply(changes);
    List<Row> rows = all(Kind.MAILBOX);
    assertThat(rows)
        .hasSize(2501)
        .isSortedAccordingTo((a, b) -> a.key().getFirst().compareTo(b.key().getFirst()));
    assertThat(all(Kind.ENTRY)).hasSize(2500).doesNotHaveDuplicates();
    List<Row> some = new ArrayList<>();
    store.administration().list(Kind.MAILBOX, Optional.of("a.example"), some::add);
    assertThat(some).hasSize(1);
  }

  @Test
  void whoReadsAtLengthIsNotCutOff() throws Exception {
    add(domain("example.com"), mailbox("a@example.com"), mailbox("b@example.com"));
    DatabaseSettings hasty =
        new DatabaseSettings(
            settings.url(),
            settings.user(),
            settings.passwordFile(),
            settings.maxConnections(),
            Duration.ofMillis(250));
    List<Row> rows = new ArrayList<>();
    try (Store store = open(hasty)) {
      store
          .administration()
          .list(
              Kind.MAILBOX,
              Optional.empty(),
              row -> {
                pause(Duration.ofMillis(300));
                rows.add(row);
              });
    }
    assertThat(rows).hasSize(2);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void changesAreToldToThoseWhoFollow() throws Exception {
    ChangeFeed feed = store.changes();
    assertThat(feed.next()).isEmpty();
    add(domain("example.com"), mailbox("joe@example.com"));
    assertThat(feed.next()).containsExactly("domain example.com", "mailbox joe@example.com");
    assertThat(feed.next()).isEmpty();
    List<Change> many = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      many.add(new Change.Add(mailbox("m" + i + "@example.com")));
    }
    apply(many);
    assertThat(feed.next()).containsExactly("all");
    assertThat(feed.next()).isEmpty();
  }

  @Test
  void twoWhoChangeTheSameAreBothDone() throws Exception {
    add(domain("a.example", "max-mailboxes", "1000"), domain("b.example", "max-mailboxes", "1000"));
    try (Store other = open(settings);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      // Each locks the two domains in the other order, which is a deadlock now and then.
      Callable<Boolean> one = () -> addAll(store, "x", "a.example", "b.example");
      Callable<Boolean> two = () -> addAll(other, "y", "b.example", "a.example");
      for (var done : threads.invokeAll(List.of(one, two))) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(all(Kind.MAILBOX)).hasSize(2 * 2 * 30);
  }

  private static boolean addAll(Store store, String name, String first, String second)
      throws RefusedException, UnavailableException {
    for (int i = 0; i < 30; i++) {
      List<Change> changes =
          List.of(
              new Change.Add(mailbox(name + i + "@" + first)),
              new Change.Add(mailbox(name + i + "@" + second)));
      store.administration().apply(changes, name, _ -> {});
    }
    return true;
  }

  @Test
  void anAttemptKeepsWhatCanBeMadeOrNothing() throws Exception {
    List<Change> changes =
        List.of(
            new Change.Add(domain("a.example", "max-mailboxes", "1")),
            new Change.Add(mailbox("x@a.example")),
            new Change.Add(mailbox("y@a.example")),
            new Change.Add(mailbox("x@a.example")),
            new Change.Add(alias("b@a.example", "c@a.example")),
            new Change.Add(alias("c@a.example", "b@a.example")),
            new Change.Add(mailbox("x@none.example")));
    List<String> refused =
        List.of(
            "mailbox y@a.example: a.example may have 1 mailboxes (max-mailboxes)",
            "mailbox x@a.example: it exists already",
            "alias c@a.example: it leads back to itself, by way of b@a.example",
            "mailbox x@none.example: there is no domain none.example");
    Attempt dropped = store.administration().attempt(changes, "tester", _ -> false, _ -> {});
    assertThat(dropped.made()).isEqualTo(3);
    assertThat(dropped.refused().stream().map(Object::toString)).isEqualTo(refused);
    assertThat(all(Kind.DOMAIN)).isEmpty();
    assertThat(store.administration().audit(10)).isEmpty();
    Attempt kept = store.administration().attempt(changes, "tester", _ -> true, _ -> {});
    assertThat(kept).isEqualTo(dropped);
    assertThat(all(Kind.MAILBOX).stream().map(Row::toString))
        .containsExactly("mailbox x@a.example");
    assertThat(all(Kind.ALIAS).stream().map(Row::toString)).containsExactly("alias b@a.example");
    assertThat(store.administration().audit(10)).hasSize(3);
  }
}
