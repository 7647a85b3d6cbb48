package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.GreylistEntry;
import dovetail.counter.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whose mail came when: what one host notes the other finds. */
abstract class GreylistCases extends OnEachDatabase {
  private static final int MOST = 3;

  private static GreylistEntry entry(String network, String sender) {
    return GreylistEntry.of("net:" + network, network, sender, "bob@example.net");
  }

  private static Standing.Mail waiting(int second) {
    Instant first = NOW.plusSeconds(second);
    return new Standing.Mail(first, false, first.plus(Duration.ofDays(2)));
  }

  private Optional<Standing.Mail> mail(GreylistEntry entry) throws Exception {
    return store.greylist().find(entry).mail();
  }

  @Test
  void whatIsNotedIsFound() throws Exception {
    GreylistEntry ann = entry("192.0.2.0/24", "ann@example.com");
    assertThat(store.greylist().find(ann)).isEqualTo(Standing.NEW);
    store.greylist().begin(ann, waiting(0), MOST);
    assertThat(mail(ann)).contains(waiting(0));
    assertThat(mail(entry("192.0.2.0/24", "joe@example.com"))).isEmpty();
    Standing.Mail passed = new Standing.Mail(NOW, true, NOW.plus(Duration.ofDays(35)));
    store.greylist().pass(ann, passed);
    Standing.Client client = new Standing.Client(1, NOW, NOW.plus(Duration.ofDays(35)));
    store.greylist().count(ann, client);
    assertThat(store.greylist().find(ann))
        .isEqualTo(new Standing(Optional.of(passed), Optional.of(client)));
  }

  @Test
  void theLongestNamesFit() throws Exception {
    GreylistEntry longest =
        GreylistEntry.of(
            "spf:" + "x".repeat(1_000), "[ffff:ffff:ffff:ffff::]/128", "\u00e9".repeat(600), "b@c");
    store.greylist().begin(longest, waiting(0), MOST);
    store.greylist().count(longest, new Standing.Client(1, NOW, NOW));
    assertThat(store.greylist().find(longest).mail()).isPresent();
    assertThat(store.greylist().find(longest).client()).isPresent();
  }

  @Test
  void aNetworkHasNoMoreThanThatWaiting() throws Exception {
    GreylistEntry passed = entry("192.0.2.0/24", "passed@example.com");
    store.greylist().pass(passed, new Standing.Mail(NOW, true, NOW.plusSeconds(9)));
    GreylistEntry other = entry("198.51.100.0/24", "other@example.com");
    store.greylist().begin(other, waiting(0), MOST);
    List<GreylistEntry> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      GreylistEntry one = entry("192.0.2.0/24", "s" + i + "@example.com");
      store.greylist().begin(one, waiting(i), MOST);
      all.add(one);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(mail(all.get(i)).isPresent()).as("%d", i).isEqualTo(i >= 2);
    }
    assertThat(mail(passed)).isPresent();
    assertThat(mail(other)).isPresent();
  }

  @Test
  void whoHasMostWaitingMakesRoom() throws Exception {
    String network = "192.0.2.0/24";
    GreylistEntry quiet = GreylistEntry.of("ptr:quiet.example", network, "ann@a.example", "b@c");
    store.greylist().begin(quiet, waiting(0), MOST);
    for (int i = 1; i < 10; i++) {
      GreylistEntry loud =
          GreylistEntry.of("ptr:loud.example", network, "s" + i + "@b.example", "b@c");
      store.greylist().begin(loud, waiting(i), MOST);
    }
    assertThat(mail(quiet)).isPresent();
  }

  @Test
  void whatIsOverIsForgottenAFewAtATime() throws Exception {
    for (int i = 0; i < 5; i++) {
      GreylistEntry one = entry("192.0.2.0/24", "s" + i + "@example.com");
      store.greylist().begin(one, new Standing.Mail(NOW, false, NOW.plusSeconds(i)), 100);
    }
    GreylistEntry client = entry("192.0.2.0/24", "s0@example.com");
    store.greylist().count(client, new Standing.Client(7, NOW, NOW.plusSeconds(1)));
    assertThat(store.greylist().forget(NOW, 100)).isZero();
    assertThat(store.greylist().forget(NOW.plusSeconds(3), 2)).isEqualTo(3);
    assertThat(store.greylist().find(client)).isEqualTo(Standing.NEW);
    assertThat(store.greylist().forget(NOW.plusSeconds(3), 2)).isEqualTo(1);
    assertThat(store.greylist().forget(NOW.plusSeconds(3), 2)).isZero();
    assertThat(mail(entry("192.0.2.0/24", "s3@example.com"))).isPresent();
  }

  @Test
  void manyWhoNoteTheSameAtOnceAreNotInOneAnothersWay() throws Exception {
    List<Callable<Boolean>> hosts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      hosts.add(() -> {
        for (int j = 0; j < 25; j++) {
          GreylistEntry one = entry("192.0.2.0/24", "s" + j + "@example.com");
          store.greylist().begin(one, waiting(j), MOST);
          store.greylist().count(one, new Standing.Client(j, NOW, NOW.plusSeconds(9)));
          store.greylist().forget(NOW.minusSeconds(1), 10);
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(hosts.size())) {
      for (Future<Boolean> done : threads.invokeAll(hosts)) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(mail(entry("192.0.2.0/24", "s24@example.com"))).contains(waiting(24));
  }
}
