package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.AccountDay;
import dovetail.counter.HeldMessage;
import dovetail.counter.Suspension;
import dovetail.counter.SuspensionStore;
import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.UnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Accounts that may not send, and what accounts are used to send. */
abstract class SuspensionCases extends OnEachDatabase {
  private static final String HOST = "mx1.example.com";
  private static final String ANN = "ann@example.com";
  private static final String LONG = "j\u00fc" + "x".repeat(300) + "@example.com";

  private SuspensionStore suspensions() {
    return store.suspensions();
  }

  private static Suspension of(String account, int seconds) {
    return new Suspension(
        account, NOW, NOW.plusSeconds(seconds), "recipients", "101 in ten minutes");
  }

  private List<AccountDay> days(long since) throws UnavailableException {
    List<AccountDay> all = new ArrayList<>();
    suspensions().history(since, all::add);
    return all;
  }

  @Test
  void whatWasAddedIsFoundUntilItIsOver() throws Exception {
    assertThat(suspensions().all(NOW)).isEmpty();
    assertThat(suspensions().add(of(ANN, 60), "dovetail")).isTrue();
    assertThat(suspensions().add(of(LONG, 120), "dovetail")).isTrue();
    assertThat(suspensions().all(NOW)).containsExactlyInAnyOrder(of(ANN, 60), of(LONG, 120));
    assertThat(suspensions().all(NOW.plusSeconds(59))).hasSize(2);
    assertThat(suspensions().all(NOW.plusSeconds(60))).containsExactly(of(LONG, 120));
  }

  @Test
  void theFirstOneHolds() throws Exception {
    assertThat(suspensions().add(of(ANN, 60), "dovetail")).isTrue();
    assertThat(suspensions().add(of(ANN, 600), "dovetail")).isFalse();
    assertThat(suspensions().all(NOW)).containsExactly(of(ANN, 60));
  }

  @Test
  void anotherFollowsOneThatIsOver() throws Exception {
    assertThat(suspensions().add(of(ANN, 60), "dovetail")).isTrue();
    Instant later = NOW.plusSeconds(60);
    Suspension next = new Suspension(ANN, later, later.plusSeconds(60), "networks", "9");
    assertThat(suspensions().add(next, "dovetail")).isTrue();
    assertThat(suspensions().all(NOW)).containsExactly(next);
  }

  @Test
  void ofSeveralHostsOneIsTheFirst() throws Exception {
    for (int round = 0; round < 5; round++) {
      String account = "ann" + round + "@example.com";
      List<Callable<Boolean>> hosts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        hosts.add(() -> suspensions().add(of(account, 60), "dovetail"));
      }
      int first = 0;
      try (ExecutorService threads = Executors.newFixedThreadPool(hosts.size())) {
        for (Future<Boolean> each : threads.invokeAll(hosts)) {
          first += each.get() ? 1 : 0;
        }
      }
      assertThat(first).isEqualTo(1);
    }
  }

  @Test
  void isLiftedOnce() throws Exception {
    suspensions().add(of(ANN, 60), "dovetail");
    assertThat(suspensions().lift("bob@example.com", "root")).isFalse();
    assertThat(suspensions().lift(ANN, "root")).isTrue();
    assertThat(suspensions().lift(ANN, "root")).isFalse();
    assertThat(suspensions().all(NOW)).isEmpty();
  }

  @Test
  void theAuditTells() throws Exception {
    ChangeFeed feed = store.changes();
    assertThat(feed.next()).isEmpty();
    suspensions().add(of(ANN, 60), "dovetail");
    suspensions().add(of(ANN, 90), "dovetail");
    assertThat(feed.next()).containsExactly("suspension");
    suspensions().lift(ANN, "root");
    suspensions().lift(ANN, "root");
    assertThat(feed.next()).containsExactly("suspension");
    assertThat(store.administration().audit(10))
        .containsExactlyInAnyOrder(
            new AuditEntry(
                NOW,
                "dovetail",
                "suspend",
                "account",
                ANN,
                "until=2026-01-02T03:05:05Z; cause=recipients; 101 in ten minutes"),
            new AuditEntry(NOW, "root", "resume", "account", ANN, ""));
  }

  @Test
  void aDetailIsCutToWhatFits() throws Exception {
    Suspension odd =
        new Suspension(ANN, NOW, NOW.plusSeconds(60), "domains", "\u00fc".repeat(5_000));
    assertThat(suspensions().add(odd, "dovetail")).isTrue();
    assertThat(suspensions().all(NOW).getFirst().detail())
        .startsWith("\u00fc\u00fc")
        .hasSizeLessThan(5_000);
  }

  @Test
  void messagesThatWaitAreRemembered() throws Exception {
    suspensions().held(new HeldMessage(HOST, "4B", ANN, NOW.plusSeconds(1)));
    suspensions().held(new HeldMessage(HOST, "4A", ANN, NOW));
    suspensions().held(new HeldMessage(HOST, "4C", "bob@example.com", NOW));
    suspensions().held(new HeldMessage(HOST, "4A", ANN, NOW)); // asked again
    assertThat(suspensions().held(HOST, ANN)).containsExactly("4A", "4B");
    suspensions()
        .held(
            new HeldMessage(
                HOST, "4A", "bob@example.com", NOW.plusSeconds(2))); // queue ids are used again
    assertThat(suspensions().held(HOST, ANN)).containsExactly("4B");
    assertThat(suspensions().held(HOST))
        .containsExactly(Map.entry(ANN, 1), Map.entry("bob@example.com", 2));
    assertThat(suspensions().held("mx2.example.com")).isEmpty();
    suspensions().held(new HeldMessage(HOST, "4D", ANN, NOW)); // after the others were printed
    suspensions().released(HOST, ANN, List.of("4B", "4A"));
    assertThat(suspensions().held(HOST, ANN)).containsExactly("4D");
    assertThat(suspensions().held(HOST, "bob@example.com")).containsExactly("4C", "4A");
  }

  @Test
  void ofEachDayWhatIsMoreIsKept() throws Exception {
    suspensions().reached(List.of(new AccountDay(ANN, 20_000, 5, 9)));
    suspensions()
        .reached(
            List.of(
                new AccountDay(ANN, 20_000, 7, 2),
                new AccountDay(ANN, 20_000, 7, 2),
                new AccountDay(ANN, 20_001, 1, 1),
                new AccountDay(LONG, 20_000, Integer.MAX_VALUE, 0)));
    assertThat(days(0))
        .containsExactlyInAnyOrder(
            new AccountDay(ANN, 20_000, 7, 9),
            new AccountDay(ANN, 20_001, 1, 1),
            new AccountDay(LONG, 20_000, Integer.MAX_VALUE, 0));
    assertThat(days(20_001)).containsExactly(new AccountDay(ANN, 20_001, 1, 1));
    suspensions().reached(List.of());
    assertThat(days(0)).hasSize(3);
  }

  @Test
  void theDaysOfOneAccountAreItsOwn() throws Exception {
    suspensions()
        .reached(
            List.of(
                new AccountDay(ANN, 20_002, 1, 1),
                new AccountDay(ANN, 20_000, 5, 9),
                new AccountDay(ANN, 20_001, 7, 2),
                new AccountDay("Ann@example.com", 20_001, 8, 8),
                new AccountDay(LONG, 20_001, 3, 3)));
    assertThat(suspensions().history(20_001, ANN))
        .containsExactly(new AccountDay(ANN, 20_001, 7, 2), new AccountDay(ANN, 20_002, 1, 1));
    assertThat(suspensions().history(0, LONG)).containsExactly(new AccountDay(LONG, 20_001, 3, 3));
    assertThat(suspensions().history(0, "bob@example.com")).isEmpty();
    assertThat(suspensions().history(0, "%")).isEmpty();
  }

  @Test
  void whatIsOldIsForgotten() throws Exception {
    suspensions().reached(List.of(new AccountDay(ANN, 1, 5, 9), new AccountDay(ANN, 2, 5, 9)));
    suspensions().held(new HeldMessage(HOST, "4A", ANN, NOW));
    suspensions().held(new HeldMessage(HOST, "4B", ANN, NOW.plusSeconds(1)));
    suspensions().add(of(ANN, 60), "dovetail");
    suspensions().forget(2, NOW.plusSeconds(1));
    assertThat(days(0)).containsExactly(new AccountDay(ANN, 2, 5, 9));
    assertThat(suspensions().held(HOST, ANN)).containsExactly("4B");
    assertThat(suspensions().all(NOW)).hasSize(1);
    suspensions().forget(2, NOW.plusSeconds(61));
    assertThat(suspensions().all(NOW)).isEmpty();
  }
}
