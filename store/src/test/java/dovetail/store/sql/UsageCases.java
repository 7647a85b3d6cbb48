package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Lookup;
import dovetail.directory.Usage;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.mail.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How much mailboxes hold: what was put last is found. */
abstract class UsageCases extends OnEachDatabase {
  private static final Address JOE = address("joe@example.com");

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private void expect(Address mailbox, long bytes, long messages) {
    assertThat(store.directory().usage(mailbox))
        .as("%s", mailbox)
        .isEqualTo(new Lookup.Found<>(new Usage(bytes, messages)));
  }

  @Test
  void whatWasPutLastIsFound() throws Exception {
    assertThat(store.directory().usage(JOE)).isEqualTo(new Lookup.Absent<>());
    store.usage().put(JOE, new Usage(5_000_000_000L, 17), NOW);
    expect(JOE, 5_000_000_000L, 17);
    store.usage().put(JOE, new Usage(0, 0), NOW);
    expect(JOE, 0, 0);
  }

  /** Dovecot tells them apart, and the one may come without the other. */
  @Test
  void bytesAndMessagesMayComeApart() throws Exception {
    store.usage().putBytes(JOE, 5_000_000_000L, NOW);
    expect(JOE, 5_000_000_000L, 0);
    store.usage().putMessages(JOE, 17, NOW);
    expect(JOE, 5_000_000_000L, 17);
    store.usage().putBytes(JOE, 3, NOW);
    expect(JOE, 3, 17);
    store.usage().putMessages(address("ann@example.com"), 1, NOW);
    expect(address("ann@example.com"), 0, 1);
    expect(JOE, 3, 17);
  }

  /** As a host does that could not write it when it was told. */
  @Test
  void whatIsOlderChangesNothing() throws Exception {
    store.usage().put(JOE, new Usage(5, 1), NOW.minusSeconds(10));
    store.usage().put(JOE, new Usage(4, 9), NOW.minusSeconds(11));
    store.usage().putBytes(JOE, 3, NOW.minusSeconds(11));
    store.usage().putMessages(JOE, 2, NOW.minusSeconds(3600));
    expect(JOE, 5, 1);
    store.usage().putBytes(JOE, 6, NOW.minusSeconds(10));
    expect(JOE, 6, 1);
    store.usage().putMessages(JOE, 7, NOW.minusSeconds(9));
    expect(JOE, 6, 7);
    store.usage().putBytes(JOE, 8, NOW.minusSeconds(10));
    expect(JOE, 6, 7);
    store.usage().put(JOE, new Usage(0, 0), NOW);
    expect(JOE, 0, 0);
  }

  /** Else nothing would be taken until that time has come. */
  @Test
  void whatIsOfATimeToComeIsNotBelieved() throws Exception {
    store.usage().put(JOE, new Usage(5, 1), NOW.plusSeconds(61));
    store.usage().put(JOE, new Usage(4, 2), NOW);
    expect(JOE, 4, 2);
    store.usage().put(JOE, new Usage(3, 3), NOW.plusSeconds(60));
    store.usage().put(JOE, new Usage(2, 4), NOW);
    expect(JOE, 3, 3);
  }

  @Test
  void eachMailboxHasItsOwn() throws Exception {
    List<Address> all =
        List.of(JOE, address("jos\u00e9@example.com"), address("\"o'b\"@example.com"));
    for (Address mailbox : all) {
      store.usage().put(mailbox, new Usage(all.indexOf(mailbox), 1), NOW);
    }
    for (Address mailbox : all) {
      expect(mailbox, all.indexOf(mailbox), 1);
    }
  }

  /** The caches of a directory need not know, and nobody has changed it. */
  @Test
  void isNoChangeOfTheDirectory() throws Exception {
    ChangeFeed feed = store.changes();
    assertThat(feed.next()).isEmpty();
    store.usage().put(JOE, new Usage(1, 1), NOW);
    assertThat(feed.next()).isEmpty();
  }

  /** Who gets the address next begins with an empty mailbox. */
  @Test
  void goesWithItsMailbox() throws Exception {
    add(domain("example.com"), mailbox("joe@example.com"), mailbox("ann@example.com"));
    store.usage().put(JOE, new Usage(1, 1), NOW);
    store.usage().put(address("ann@example.com"), new Usage(2, 2), NOW);
    apply(List.of(new Change.Remove(row(Kind.MAILBOX, "address", "joe@example.com"), false)));
    assertThat(store.directory().usage(JOE)).isEqualTo(new Lookup.Absent<>());
    expect(address("ann@example.com"), 2, 2);
    apply(List.of(new Change.Remove(row(Kind.DOMAIN, "domain", "example.com"), true)));
    assertThat(store.directory().usage(address("ann@example.com")))
        .isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void manyWhoPutAtOnceAreNotInOneAnothersWay() throws Exception {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int writer = i;
      writers.add(() -> {
        for (int j = 0; j < 50; j++) {
          Address mailbox = address("box" + (j + writer) % 20 + "@example.com");
          store.usage().put(mailbox, new Usage(7L * j, j), NOW);
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
      for (Future<Boolean> done : threads.invokeAll(writers)) {
        assertThat(done.get()).isTrue();
      }
    }
    for (int i = 0; i < 20; i++) {
      assertThat(store.directory().usage(address("box" + i + "@example.com")))
          .isInstanceOfSatisfying(
              Lookup.Found.class,
              found ->
                  assertThat(found.value())
                      .isInstanceOfSatisfying(
                          Usage.class,
                          usage -> assertThat(usage.bytes()).isEqualTo(7 * usage.messages())));
    }
  }
}
