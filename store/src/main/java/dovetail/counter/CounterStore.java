package dovetail.counter;

import dovetail.directory.edit.UnavailableException;
import java.time.Instant;
import java.util.List;

/** Where counters outlive the process, and several hosts share them. For any thread. */
public interface CounterStore {
  /** Whether other hosts may use it, too. */
  boolean isShared();

  /**
   * Adds what a batch says, in one transaction; a batch that was added before is left alone.
   *
   * @return all rows of the counters that the batch would like to have, as they are then
   */
  List<CounterRow> exchange(CounterBatch batch) throws UnavailableException;

  /**
   * All rows of some counters, but not those that mean nothing any more.
   *
   * @param now by our clock
   */
  List<CounterRow> rows(List<CounterName> names, Instant now) throws UnavailableException;

  /** Takes rows. */
  @FunctionalInterface
  interface Sink {
    /** The next row; the same may come more than once. */
    void take(CounterRow row);
  }

  /**
   * Hands over all rows that have changed since a moment of the database's own clock, but not those
   * that mean nothing any more.
   *
   * @param since in milliseconds; 0 for all rows
   * @param now by our clock
   * @return the moment before it began to read
   */
  long changed(long since, Instant now, Sink sink) throws UnavailableException;

  /** The same of those rows alone of which nothing is used any more. */
  long emptied(long since, Instant now, Sink sink) throws UnavailableException;

  /**
   * Has nothing of some counters be used, and notes it for the audit; processes that count learn of
   * it when they read.
   *
   * @param subject whose counters they are, for the audit
   * @param names of one or several rules
   * @param actor who does it
   */
  void reset(String subject, List<CounterName> names, String actor) throws UnavailableException;

  /**
   * Forgets rows that mean nothing any more.
   *
   * @param most how many
   * @return how many they were
   */
  int forget(Instant before, int most) throws UnavailableException;
}
