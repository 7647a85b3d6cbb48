package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dovetail.directory.edit.UnavailableException;
import dovetail.ledger.Batch;
import dovetail.ledger.Bytes;
import dovetail.ledger.Delivery;
import dovetail.ledger.DomainDay;
import dovetail.ledger.Entry;
import dovetail.ledger.ForeignReport;
import dovetail.ledger.Ledger;
import dovetail.ledger.OwnReport;
import dovetail.ledger.Silence;
import dovetail.mail.Domain;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What becomes of entries, reports and their deliveries. */
abstract class LedgerCases extends OnEachDatabase {
  private static final LocalDate TODAY = DomainDay.dayOf(NOW);
  private static final DomainDay DAY = day("example.com", 1);
  private static final Bytes BODY = Bytes.of("report".getBytes(StandardCharsets.UTF_8));

  private static DomainDay day(String domain, int ago) {
    return new DomainDay(Domain.parse(domain).orElseThrow(), TODAY.minusDays(ago));
  }

  private Ledger ledger() {
    return store.ledger();
  }

  private static Entry entry(DomainDay day, String facts, long messages) {
    return new Entry(day, "p=none", facts, messages);
  }

  /** Writes down what it takes; the entries are in the note of the report. */
  private static Supplier<Ledger.Making> making(String id, DomainDay day, String... recipients) {
    return () ->
        new Ledger.Making() {
          private final List<String> taken = new ArrayList<>();
          private long messages;

          @Override
          public void take(Entry entry) {
            assertThat(entry.day()).isEqualTo(day);
            assertThat(entry.policy()).isEqualTo("p=none");
            taken.add(entry.facts());
            messages += entry.messages();
          }

          @Override
          public OwnReport made() {
            return new OwnReport(
                id, day, messages, NOW, String.join(" ", taken), BODY, List.of(recipients));
          }
        };
  }

  @Test
  void entriesBecomeAReportAndAreGone() throws Exception {
    assertThat(ledger().add(new Batch("b1", List.of(entry(DAY, "one", 2), entry(DAY, "two", 1)))))
        .isTrue();
    ledger().add(new Batch("b2", List.of(entry(day("example.net", 2), "other", 1))));
    ledger().add(new Batch("b3", List.of(entry(day("example.com", 0), "today", 1))));
    assertThat(ledger().open(TODAY)).containsExactly(day("example.net", 2), DAY);
    OwnReport seen = ledger().preview(DAY, making("r0@here", DAY)).orElseThrow();
    assertThat(seen.messages()).isEqualTo(3);
    assertThat(ledger().reports(Instant.EPOCH)).isEmpty();
    OwnReport made = ledger().close(DAY, making("r1@here", DAY, "dmarc@example.com")).orElseThrow();
    assertThat(made.messages()).isEqualTo(3);
    assertThat(made.note()).isEqualTo("one two");
    assertThat(ledger().open(TODAY)).containsExactly(day("example.net", 2));
    assertThat(ledger().close(DAY, making("r2@here", DAY))).isEmpty();
    assertThat(ledger().report("r1@here"))
        .contains(new OwnReport("r1@here", DAY, 3, NOW, "one two", BODY, List.of()));
    assertThat(ledger().report("r1@here").orElseThrow().body().bytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("report");
    assertThat(ledger().reports(Instant.EPOCH))
        .extracting(OwnReport::body)
        .containsExactly(Bytes.NONE);
    assertThat(ledger().report("none")).isEmpty();
  }

  @Test
  void aBatchCountsOnce() throws Exception {
    Batch batch = new Batch("b1", List.of(entry(DAY, "one", 1)));
    assertThat(ledger().add(batch)).isTrue();
    assertThat(ledger().add(batch)).isFalse();
    assertThat(ledger().close(DAY, making("r", DAY)).orElseThrow().messages()).isEqualTo(1);
  }

  @Test
  void aThousandEntriesAreOneReport() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      entries.add(entry(DAY, "row " + i, i));
    }
    ledger().add(new Batch("b", entries));
    assertThat(ledger().close(DAY, making("r", DAY)).map(OwnReport::messages))
        .contains(1200L * 1199 / 2);
  }

  @Test
  void ofSeveralWhoMakeAReportOneDoes() throws Exception {
    ledger().add(new Batch("b", List.of(entry(DAY, "one", 1))));
    List<Callable<Optional<OwnReport>>> makers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String id = "r" + i;
      makers.add(() -> ledger().close(DAY, making(id, DAY, "a@example.com")));
    }
    assertThat(together(makers)).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(ledger().reports(Instant.EPOCH)).hasSize(1);
  }

  private static <T> List<T> together(List<Callable<T>> work) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
      for (Future<T> each : threads.invokeAll(work)) {
        results.add(each.get());
      }
    }
    return results;
  }

  private void report(String id, String... recipients) throws UnavailableException {
    ledger().add(new Batch("of " + id, List.of(entry(DAY, "one", 1))));
    assertThat(ledger().close(DAY, making(id, DAY, recipients))).isPresent();
  }

  private Optional<Delivery> next(Instant now) throws UnavailableException {
    return ledger().next(now, now.plusSeconds(1800));
  }

  @Test
  void aDeliveryIsTakenOverByOneAndByOthersIfNothingIsHeard() throws Exception {
    report("r", "a@example.com", "b@example.com");
    Delivery first = next(NOW).orElseThrow();
    Delivery second = next(NOW).orElseThrow();
    assertThat(List.of(first.recipient(), second.recipient()))
        .containsExactlyInAnyOrder("a@example.com", "b@example.com");
    assertThat(first.tries()).isEqualTo(1);
    assertThat(next(NOW)).isEmpty();
    ledger().put(first.ended(Delivery.State.SENT, NOW, "250 ok"));
    Instant later = NOW.plusSeconds(1800);
    assertThat(next(later.minusSeconds(1))).isEmpty();
    Delivery again = next(later).orElseThrow();
    assertThat(again.recipient()).isEqualTo(second.recipient());
    assertThat(again.tries()).isEqualTo(2);
    ledger().put(again.again(later.plusSeconds(60), "451 " + "x".repeat(600)));
    assertThat(next(later.plusSeconds(59))).isEmpty();
    Delivery third = next(later.plusSeconds(60)).orElseThrow();
    ledger().put(third.ended(Delivery.State.FAILED, later, "550 no"));
    assertThat(next(later.plus(Duration.ofDays(9)))).isEmpty();
    assertThat(ledger().deliveries("r"))
        .extracting(Delivery::state)
        .containsExactlyInAnyOrder(Delivery.State.SENT, Delivery.State.FAILED);
  }

  @Test
  void ofSeveralWhoDeliverOneDoes() throws Exception {
    report("r", "a@example.com");
    List<Callable<Optional<Delivery>>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(() -> next(NOW));
    }
    assertThat(together(all)).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Test
  void anAddressThatRefusesIsLeftAloneForSomeTime() throws Exception {
    Silence silence = new Silence("a@example.com", NOW.plusSeconds(60), "550 no");
    ledger().silence(new Silence("a@example.com", NOW.plusSeconds(5), "550 earlier"));
    ledger().silence(silence);
    assertThat(ledger().silenced(NOW)).containsExactly(silence);
    assertThat(ledger().silenced(NOW.plusSeconds(60))).isEmpty();
  }

  private static ForeignReport foreign(String organization, String id, int endsIn) {
    Instant end = NOW.plusSeconds(endsIn);
    return new ForeignReport(organization, id, "example.com", NOW, end, 7, NOW, BODY);
  }

  private List<ForeignReport> foreign(Instant since) throws UnavailableException {
    List<ForeignReport> found = new ArrayList<>();
    assertThat(ledger().foreign(since, found::add)).isEqualTo(found.size());
    return found;
  }

  @Test
  void reportsOfOthersAreKeptOnce() throws Exception {
    ForeignReport report = foreign("big.example", "1", 2);
    assertThat(ledger().keep(report)).isTrue();
    assertThat(ledger().keep(report)).isFalse();
    assertThat(ledger().keep(foreign("big.example", "2", 1))).isTrue();
    assertThat(ledger().keep(foreign("other.example", "1", 3))).isTrue();
    assertThat(ledger().keep(foreign("\u00fc".repeat(2000), "\ud83d\ude00".repeat(700), 0)))
        .isTrue();
    assertThat(foreign(NOW.plusSeconds(1)))
        .extracting(ForeignReport::id)
        .containsExactly("2", "1", "1");
    assertThat(foreign(NOW.plusSeconds(2))).first().isEqualTo(report);
    assertThat(ledger().received(NOW.plusSeconds(1)))
        .extracting(ForeignReport::id, ForeignReport::body)
        .containsExactly(tuple("2", Bytes.NONE), tuple("1", Bytes.NONE), tuple("1", Bytes.NONE));
  }

  @Test
  void whatIsOldIsForgotten() throws Exception {
    report("r", "a@example.com");
    ledger().keep(foreign("big.example", "1", 0));
    ledger().silence(new Silence("a@example.com", NOW, "no"));
    ledger().add(new Batch("late", List.of(entry(day("example.com", 3), "late", 1))));
    assertThat(ledger().forget(NOW.minus(Duration.ofDays(5)))).isZero();
    assertThat(ledger().forget(NOW.plusSeconds(1))).isEqualTo(3);
    assertThat(ledger().reports(Instant.EPOCH)).isEmpty();
    assertThat(ledger().deliveries("r")).isEmpty();
    assertThat(foreign(Instant.EPOCH)).isEmpty();
    assertThat(ledger().open(TODAY)).isEmpty();
  }
}
