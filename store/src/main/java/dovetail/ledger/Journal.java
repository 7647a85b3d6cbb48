package dovetail.ledger;

import dovetail.directory.edit.UnavailableException;
import dovetail.ledger.BatchFile.DamagedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Brings entries into the ledger by way of a {@link Spool}: who brings one waits for neither disk
 * nor database, and a killed process loses no more than those of the last {@code pause}. Each is
 * added once, whatever fails between. For any thread.
 */
public final class Journal implements AutoCloseable {
  /** Entries that wait to be written. */
  private static final int CAPACITY = 10_000;

  /** What is written is safe, and the more goes into one batch the better. */
  private static final int LOADING = 10;

  /** Entries that are written at once: few, since each is written again with those after it. */
  private static final int AT_ONCE = 100;

  /** How long the database may take the last ones, at the end. */
  private static final Duration END = Duration.ofSeconds(5);

  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Spool spool;
  private final Sink ledger;
  private final Duration pause;
  private final Watcher watcher;
  private final BlockingQueue<Supplier<Optional<Entry>>> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer;
  private final Thread loader;

  /** What was drained and could not be written yet. */
  private SequencedMap<Entry, Entry> unwritten = new LinkedHashMap<>();

  private final Map<Side, String> troubles =
      new EnumMap<>(Map.of(Side.WRITING, "", Side.LOADING, ""));

  /** What a thread is there for. */
  private enum Side {
    WRITING,
    LOADING
  }

  /**
   * How it works.
   *
   * @param folder for what waits
   * @param pause how long an entry may wait to be written, at most
   * @param random for names that no other host makes
   */
  public record Settings(
      Path folder, Duration pause, InstantSource clock, RandomGenerator random) {}

  /** Where batches go. */
  @FunctionalInterface
  public interface Sink {
    /** Adds a batch, or leaves it alone if it was added before: {@link Ledger#add}. */
    boolean add(Batch batch) throws UnavailableException;
  }

  /** Learns what happens; called by one thread at a time of two. */
  public interface Watcher {
    /** So many messages could not be kept. */
    void lost(long messages);

    /** An entry could not be made, by a fault of ours. */
    void failed(RuntimeException cause);

    /** What was in a file is lost. */
    void damaged(String what);

    /** Something does not work, or works again if it is empty. */
    void trouble(String what);
  }

  private Journal(Spool spool, Sink ledger, Duration pause, Watcher watcher) {
    this.spool = spool;
    this.ledger = ledger;
    this.pause = pause;
    this.watcher = watcher;
    this.writer = Thread.ofPlatform().daemon().name("journal-writer").unstarted(this::write);
    this.loader = Thread.ofPlatform().daemon().name("journal-loader").unstarted(this::load);
  }

  /**
   * Begins.
   *
   * @throws IOException if the folder cannot be used
   */
  public static Journal start(Settings settings, Sink ledger, Watcher watcher) throws IOException {
    Spool spool =
        Spool.open(settings.folder(), new Spool.Names(settings.clock(), settings.random()));
    Journal journal = new Journal(spool, ledger, settings.pause(), watcher);
    journal.writer.start();
    journal.loader.start();
    return journal;
  }

  /**
   * Takes an entry, which is made later by another thread. If there are too many already it is
   * lost, and the watcher learns of it.
   */
  public void add(Supplier<Optional<Entry>> entry) {
    if (!queue.offer(entry)) {
      watcher.lost(1);
    }
  }

  private void write() {
    boolean last;
    do {
      last = closed(pause);
      drain();
      while (!unwritten.isEmpty() && writeSome()) {
        // until all are
      }
    } while (!last);
    unwritten.values().forEach(entry -> watcher.lost(entry.messages()));
  }

  private boolean closed(Duration wait) {
    try {
      return closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void drain() {
    List<Supplier<Optional<Entry>>> all = new ArrayList<>();
    queue.drainTo(all);
    for (Supplier<Optional<Entry>> each : all) {
      try {
        each.get().ifPresent(this::take);
      } catch (RuntimeException e) {
        watcher.failed(e); // which costs this one, not those that come after it
      }
    }
  }

  private void take(Entry entry) {
    if (unwritten.size() < CAPACITY || unwritten.containsKey(entry.one())) {
      unwritten.merge(entry.one(), entry, Entry::plus);
    } else {
      watcher.lost(entry.messages());
    }
  }

  /** Whether what was tried is done, one way or the other. */
  private boolean writeSome() {
    List<Entry> some = unwritten.values().stream().limit(AT_ONCE).toList();
    try {
      if (!spool.add(some)) {
        some.forEach(entry -> watcher.lost(entry.messages()));
      }
      some.forEach(entry -> unwritten.remove(entry.one()));
      say(Side.WRITING, "");
      return true;
    } catch (IOException | UncheckedIOException e) {
      say(Side.WRITING, "what DMARC found cannot be written: " + e.getMessage());
      return false;
    }
  }

  private void load() {
    Duration wait = pause.multipliedBy(LOADING);
    while (!closed(wait)) {
      wait = loadAll() ? pause.multipliedBy(LOADING) : RETRY;
    }
    finish();
  }

  /** What is written when all ends is added at once; else it waits for the next start. */
  private void finish() {
    try {
      writer.join();
      loadAll();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean loadAll() {
    try {
      for (Optional<Path> next = spool.oldest(); next.isPresent(); next = spool.oldest()) {
        load(next.get());
      }
      say(Side.LOADING, "");
      return true;
    } catch (UnavailableException e) {
      say(Side.LOADING, "what DMARC found waits for the database: " + e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      say(Side.LOADING, "what DMARC found cannot be read: " + e.getMessage());
    } catch (RuntimeException e) {
      // The thread has to outlive what the database's driver may do.
      say(Side.LOADING, "what DMARC found waits, by a fault: " + e);
      watcher.failed(e);
    }
    return false;
  }

  private void load(Path file) throws IOException, UnavailableException {
    try {
      ledger.add(spool.read(file));
      Files.delete(file);
    } catch (DamagedException e) {
      watcher.damaged(file + " is put aside: " + e.getMessage());
    }
  }

  /** Each of the two threads has its own trouble; all is well if neither has any. */
  private synchronized void say(Side side, String what) {
    if (what.equals(troubles.put(side, what))) {
      return;
    }
    if (!what.isEmpty()) {
      watcher.trouble(what);
    } else if (troubles.values().stream().allMatch(String::isEmpty)) {
      watcher.trouble("");
    }
  }

  /** How many files wait for the database. */
  public int waiting() {
    try {
      return spool.waiting();
    } catch (IOException _) {
      return 0; // who reads and writes there says so
    }
  }

  /** Writes what it has, and ends; what the database does not take in time waits in the folder. */
  @Override
  public void close() {
    closing.countDown();
    try {
      writer.join();
      loader.join(END);
      spool.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      watcher.trouble("the spool was not closed well: " + e.getMessage());
    }
  }
}
