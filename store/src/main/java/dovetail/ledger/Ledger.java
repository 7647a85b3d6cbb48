package dovetail.ledger;

import dovetail.directory.edit.UnavailableException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What DMARC found in messages, and the reports made of it. Several hosts may share one: each
 * report is made by one of them, and each delivery tried by one at a time. For any thread.
 */
public interface Ledger {
  /**
   * Adds entries; a batch that was added before is left alone.
   *
   * @return whether it was added
   */
  boolean add(Batch batch) throws UnavailableException;

  /** What there are entries of, of days before that one; the oldest first. */
  List<DomainDay> open(LocalDate before) throws UnavailableException;

  /** Makes a report of entries. */
  interface Making {
    /** Takes the next entry, the oldest first. */
    void take(Entry entry);

    /** There are no more. */
    OwnReport made();
  }

  /**
   * Makes a report of all entries of a day, which are gone then.
   *
   * @param making is asked for again if the transaction has to begin anew
   * @return the report; nothing if there was no entry any more
   */
  Optional<OwnReport> close(DomainDay day, Supplier<Making> making) throws UnavailableException;

  /** Makes the same, and leaves all as it is. */
  Optional<OwnReport> preview(DomainDay day, Supplier<Making> making) throws UnavailableException;

  /**
   * Takes over one delivery that is due, for some time.
   *
   * @param until when others may take it over, should nothing be heard of it
   */
  Optional<Delivery> next(Instant now, Instant until) throws UnavailableException;

  /** Writes down what has become of a delivery. */
  void put(Delivery delivery) throws UnavailableException;

  /** Sends nothing more to an address for some time. */
  void silence(Silence silence) throws UnavailableException;

  /** Addresses to which nothing is sent at the moment. */
  List<Silence> silenced(Instant now) throws UnavailableException;

  /** Our reports that were made since then, the newest first, without their bodies. */
  List<OwnReport> reports(Instant since) throws UnavailableException;

  /** The deliveries of a report. */
  List<Delivery> deliveries(String reportId) throws UnavailableException;

  /** One of our reports. */
  Optional<OwnReport> report(String id) throws UnavailableException;

  /**
   * Keeps a report of somebody else.
   *
   * @return whether it was not there before
   */
  boolean keep(ForeignReport report) throws UnavailableException;

  /** The reports of others that end then or later, the oldest first, without their bodies. */
  List<ForeignReport> received(Instant since) throws UnavailableException;

  /** Takes reports. */
  @FunctionalInterface
  interface Sink {
    void take(ForeignReport report);
  }

  /**
   * Goes through reports of others, the oldest first.
   *
   * @param since the end of the oldest
   * @return how many
   */
  long foreign(Instant since, Sink sink) throws UnavailableException;

  /**
   * Forgets what is older than that, and batches that no journal holds any more.
   *
   * @return how many rows
   */
  long forget(Instant before) throws UnavailableException;
}
