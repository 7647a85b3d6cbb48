package dovetail.directory;

import java.util.concurrent.atomic.LongAdder;

/** What the cache of a directory did, since the start. */
public final class CacheCounts {
  private final LongAdder hits = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAdder ahead = new LongAdder();

  void hit() {
    hits.increment();
  }

  void load() {
    loads.increment();
  }

  void failure() {
    failures.increment();
  }

  void stale() {
    stale.increment();
  }

  void ahead() {
    ahead.increment();
  }

  /** Answers that were known. */
  public long hits() {
    return hits.sum();
  }

  /** Questions to the database. */
  public long loads() {
    return loads.sum();
  }

  /** Of these, the ones that it did not answer. */
  public long failures() {
    return failures.sum();
  }

  /** Answers that were given although they were old, since the database was away. */
  public long staleAnswers() {
    return stale.sum();
  }

  /** Answers that were read before anybody had asked for them. */
  public long readAhead() {
    return ahead.sum();
  }
}
