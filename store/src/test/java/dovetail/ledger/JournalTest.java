package dovetail.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class JournalTest {
  private static final DomainDay DAY =
      new DomainDay(Domain.parse("example.com").orElseThrow(), LocalDate.of(2026, 1, 2));

  private static final Duration PAUSE = Duration.ofMillis(20);

  @TempDir Path folder = Path.of(".");

  private final Database database = new Database();
  private final Events events = new Events();

  /** Keeps what it is given, unless it is away. */
  private static final class Database implements Journal.Sink {
    private final Set<String> batches = new HashSet<>();
    private final Map<String, Long> messages = new TreeMap<>();
    private volatile boolean away;
    private volatile boolean answersGetLost;

    @Override
    public synchronized boolean add(Batch batch) throws UnavailableException {
      if (away) {
        throw new UnavailableException("away");
      }
      boolean fresh = batches.add(batch.id());
      if (fresh) {
        batch
            .entries()
            .forEach(entry -> messages.merge(entry.facts(), entry.messages(), Long::sum));
      }
      if (answersGetLost) {
        answersGetLost = false;
        throw new UnavailableException("the connection broke");
      }
      return fresh;
    }

    synchronized Map<String, Long> messages() {
      return Map.copyOf(messages);
    }
  }

  private static final class Events implements Journal.Watcher {
    private final AtomicLong lost = new AtomicLong();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    @Override
    public void lost(long messages) {
      lost.addAndGet(messages);
    }

    @Override
    public void failed(RuntimeException cause) {
      said.add("failed: " + cause.getMessage());
    }

    @Override
    public void damaged(String what) {
      said.add(what);
    }

    @Override
    public void trouble(String what) {
      said.add(what);
    }
  }

  private Journal start() throws IOException {
    return Journal.start(settings(folder.resolve("spool")), database, events);
  }

  private static Journal.Settings settings(Path where) {
    return new Journal.Settings(where, PAUSE, InstantSource.system(), new Random());
  }

  private Spool spool() throws IOException {
    return Spool.open(
        folder.resolve("spool"), new Spool.Names(InstantSource.system(), new Random()));
  }

  private static void add(Journal journal, String facts) {
    journal.add(() -> Optional.of(Entry.of(DAY, "p=none", facts)));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  private List<String> files(String ending) throws IOException {
    try (var all = Files.list(folder.resolve("spool"))) {
      return all.map(Path::toString).filter(name -> name.endsWith(ending)).toList();
    }
  }

  @Test
  void bringsWhatItIsGiven() throws Exception {
    try (Journal journal = start()) {
      for (int i = 0; i < 3000; i++) {
        add(journal, "facts " + i % 1500);
      }
      await(() -> database.messages().size() == 1500);
    }
    assertThat(database.messages().values()).containsOnly(2L);
    assertThat(files(".batch")).isEmpty();
    assertThat(files(".growing")).isEmpty();
    assertThat(events.said).isEmpty();
    assertThat(events.lost).hasValue(0);
  }

  @Test
  void bringsTheLastOnesWhenItEnds() throws Exception {
    try (Journal journal = start()) {
      add(journal, "last");
    }
    assertThat(database.messages()).isEqualTo(Map.of("last", 1L));
  }

  @Test
  void whatCannotBeMadeCostsOnlyItself() throws Exception {
    try (Journal journal = start()) {
      journal.add(() -> {
        throw new IllegalStateException("a fault");
      });
      journal.add(Optional::empty);
      add(journal, "good");
    }
    assertThat(database.messages()).containsOnlyKeys("good");
    assertThat(events.said).containsExactly("failed: a fault");
  }

  @Test
  void keepsThemOnDiskWhileTheDatabaseIsAway() throws Exception {
    database.away = true;
    try (Journal journal = start()) {
      add(journal, "one");
      await(() -> !events.said.isEmpty());
      add(journal, "two");
      add(journal, "two");
    }
    assertThat(events.said).first().asString().contains("waits for the database: away");
    assertThat(database.messages()).isEmpty();
    database.away = false;
    try (Journal _ = start()) {
      await(() -> database.messages().size() == 2);
    }
    assertThat(database.messages()).isEqualTo(Map.of("one", 1L, "two", 2L));
  }

  @Test
  void saysThatTheDatabaseIsBack() throws Exception {
    database.answersGetLost = true;
    try (Journal journal = start()) {
      add(journal, "one");
      await(() -> !events.said.isEmpty());
    }
    assertThat(database.messages()).isEqualTo(Map.of("one", 1L));
    assertThat(events.said).last().isEqualTo("");
  }

  @Test
  void whatWasGrowingWhenItWasKilledIsBrought() throws Exception {
    try (Spool spool = spool()) {
      assertThat(spool.add(List.of(Entry.of(DAY, "p", "killed")))).isTrue();
    }
    assertThat(files(".growing")).hasSize(1);
    try (Journal _ = start()) {
      await(() -> database.messages().size() == 1);
    }
    assertThat(database.messages()).containsOnlyKeys("killed");
  }

  @Test
  void aDamagedFileIsPutAsideAndTheOthersAreBrought() throws Exception {
    Path spool = Files.createDirectory(folder.resolve("spool"));
    Files.writeString(spool.resolve("0-cut.batch"), "DVL1");
    try (Spool good = spool()) {
      assertThat(good.add(List.of(Entry.of(DAY, "p", "good")))).isTrue();
      Path file = good.oldest().orElseThrow();
      assertThat(file.toString()).endsWith("0-cut.batch");
    }
    try (Journal _ = start()) {
      await(() -> database.messages().size() == 1);
    }
    assertThat(files(".damaged")).hasSize(1);
    assertThat(events.said).first().asString().contains("put aside");
  }

  @Test
  void aBitThatFlipsIsNoticed() throws Exception {
    Path file = folder.resolve("x.batch");
    Batch batch = new Batch("b", List.of(new Entry(DAY, "p\u00fc", "f", 7)));
    BatchFile.write(file, batch);
    assertThat(BatchFile.read(file)).isEqualTo(batch);
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 4;
      Files.write(file, bad);
      assertThatThrownBy(() -> BatchFile.read(file)).isInstanceOf(BatchFile.DamagedException.class);
      Files.write(file, java.util.Arrays.copyOf(good, i));
      assertThatThrownBy(() -> BatchFile.read(file)).isInstanceOf(BatchFile.DamagedException.class);
    }
  }

  @Test
  void takesNoMoreThanAFullSpoolHolds() throws Exception {
    try (Spool spool = spool()) {
      for (int i = 0; i < Spool.MAX_FILES; i++) {
        Files.createFile(folder.resolve("spool").resolve(i + ".batch"));
      }
      assertThat(spool.add(List.of(Entry.of(DAY, "p", "f")))).isFalse();
    }
  }

  @Test
  void aFolderHasOneOwner() throws Exception {
    try (Journal journal = start()) {
      assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("uses");
      assertThat(journal.waiting()).isZero();
    }
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Journal.start(settings(file), database, events))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatCannotBeWrittenIsTriedAgain() throws Exception {
    try (Journal journal = start()) {
      Path spool = folder.resolve("spool");
      Path moved = Files.move(spool, folder.resolve("moved"));
      add(journal, "one");
      await(() -> !events.said.isEmpty());
      Files.move(moved, spool);
      await(() -> database.messages().size() == 1);
    }
    assertThat(events.lost).hasValue(0);
  }
}
