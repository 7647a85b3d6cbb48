package dovetail.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.GreylistEntry;
import dovetail.counter.GreylistStore;
import dovetail.counter.Standing;
import dovetail.directory.edit.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoredGreylistTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final GreylistEntry ENTRY = entry("ann@example.com");
  private static final Standing.Mail WAITING = new Standing.Mail(NOW, false, NOW.plusSeconds(9));
  private static final Standing.Client CLIENT = new Standing.Client(5, NOW, NOW.plusSeconds(9));

  private final Memory store = new Memory();
  private final AtomicLong nanos = new AtomicLong();
  private final StoredGreylist greylist =
      new StoredGreylist(store, Runnable::run, Duration.ofSeconds(5), nanos::get);

  private static GreylistEntry entry(String sender) {
    return GreylistEntry.of("net:192.0.2.0/24", "192.0.2.0/24", sender, "bob@example.net");
  }

  /** A database in memory that can be away. */
  private static final class Memory implements GreylistStore {
    final Map<String, Standing.Mail> mails = new HashMap<>();
    final Map<String, Standing.Client> clients = new HashMap<>();
    boolean away;
    int finds;
    int sweeps;

    private void reach() throws UnavailableException {
      if (away) {
        throw new UnavailableException("away");
      }
    }

    @Override
    public Standing find(GreylistEntry entry) throws UnavailableException {
      finds++;
      reach();
      return new Standing(
          Optional.ofNullable(mails.get(entry.mail())),
          Optional.ofNullable(clients.get(entry.client())));
    }

    @Override
    public void begin(GreylistEntry entry, Standing.Mail mail, int most)
        throws UnavailableException {
      reach();
      mails.put(entry.mail(), mail);
    }

    @Override
    public void pass(GreylistEntry entry, Standing.Mail mail) throws UnavailableException {
      reach();
      mails.put(entry.mail(), mail);
    }

    @Override
    public void count(GreylistEntry entry, Standing.Client client) throws UnavailableException {
      reach();
      clients.put(entry.client(), client);
    }

    @Override
    public int forget(Instant before, int most) throws UnavailableException {
      sweeps++;
      reach();
      return 0;
    }
  }

  @Test
  void whatIsNotedIsInTheDatabaseAtOnce() {
    assertThat(greylist.begin(ENTRY, WAITING)).isTrue();
    assertThat(store.mails).containsEntry(ENTRY.mail(), WAITING);
    Standing.Mail passed = new Standing.Mail(NOW, true, NOW.plusSeconds(99));
    greylist.pass(ENTRY, passed);
    assertThat(store.mails).containsEntry(ENTRY.mail(), passed);
  }

  @Test
  void whatTheOtherHostHasNotedIsFound() {
    assertThat(greylist.find(ENTRY, 5)).contains(Standing.NEW);
    store.mails.put(ENTRY.mail(), WAITING);
    assertThat(greylist.find(ENTRY, 5))
        .contains(new Standing(Optional.of(WAITING), Optional.empty()));
  }

  @Test
  void aClientThatIsKnownWellIsNotLookedUpForAWhile() {
    store.clients.put(ENTRY.client(), CLIENT);
    for (int i = 0; i < 3; i++) {
      assertThat(greylist.find(entry("s" + i + "@example.com"), 5).flatMap(Standing::client))
          .contains(CLIENT);
    }
    assertThat(store.finds).isEqualTo(1);
    assertThat(greylist.find(entry("x@example.com"), 6)).isPresent();
    assertThat(store.finds).isEqualTo(2);
    nanos.addAndGet(Duration.ofMinutes(11).toNanos());
    assertThat(greylist.find(ENTRY, 5)).isPresent();
    assertThat(store.finds).isEqualTo(3);
  }

  @Test
  void theDatabaseAwayIsNoAnswer() {
    store.away = true;
    assertThat(greylist.find(ENTRY, 5)).isEmpty();
    assertThat(greylist.begin(ENTRY, WAITING)).isFalse();
    greylist.count(ENTRY, CLIENT);
    store.away = false;
    int finds = store.finds;
    assertThat(greylist.find(ENTRY, 6)).isEmpty();
    assertThat(store.finds).as("left alone for a moment").isEqualTo(finds);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(greylist.find(ENTRY, 6).flatMap(Standing::client)).isEmpty();
    assertThat(store.finds).isEqualTo(finds + 1);
  }

  @Test
  void oldRowsAreLookedForNowAndThen() {
    for (int i = 0; i < 201; i++) {
      greylist.begin(entry("s" + i + "@example.com"), WAITING);
    }
    assertThat(store.sweeps).isEqualTo(3);
  }

  @Test
  void thatMailHasPassedIsNotedWhileNobodyWaits() {
    List<Runnable> tasks = new ArrayList<>();
    StoredGreylist patient = new StoredGreylist(store, tasks::add, Duration.ofHours(1), nanos::get);
    Standing.Mail passed = new Standing.Mail(NOW, true, NOW.plusSeconds(99));
    patient.pass(ENTRY, passed);
    patient.count(ENTRY, CLIENT);
    assertThat(store.mails).isEmpty();
    assertThat(patient.find(ENTRY, 5))
        .contains(new Standing(Optional.of(passed), Optional.of(CLIENT)));
    tasks.forEach(Runnable::run);
    assertThat(store.mails).containsEntry(ENTRY.mail(), passed);
    assertThat(store.clients).containsEntry(ENTRY.client(), CLIENT);
  }

  @Test
  void aDatabaseThatIsSlowIsNotWaitedFor() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    StoredGreylist impatient =
        new StoredGreylist(
            store,
            command ->
                Thread.startVirtualThread(() -> {
                  try {
                    slow.await();
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                  command.run();
                }),
            Duration.ofMillis(20),
            nanos::get);
    for (int i = 0; i < 3; i++) {
      assertThat(impatient.find(ENTRY, 5)).isEmpty();
      assertThat(impatient.begin(ENTRY, WAITING)).isFalse();
    }
    slow.countDown();
  }
}
