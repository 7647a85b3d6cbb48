package dovetail.counter;

import dovetail.directory.edit.UnavailableException;
import java.time.Instant;

/** Whose mail came when. Several hosts may share one. For any thread. */
public interface GreylistStore {
  /** What is known. It may be over: the times in it tell. */
  Standing find(GreylistEntry entry) throws UnavailableException;

  /**
   * Notes mail that has come for the first time, or for the first time after long. Where a network
   * has too many of those that wait, its oldest is forgotten.
   *
   * @param most how many of a network may wait
   */
  void begin(GreylistEntry entry, Standing.Mail mail, int most) throws UnavailableException;

  /** Notes that mail has passed; it is noted in any case that it came last. */
  void pass(GreylistEntry entry, Standing.Mail mail) throws UnavailableException;

  /** Notes how often a client's mail has passed. */
  void count(GreylistEntry entry, Standing.Client client) throws UnavailableException;

  /**
   * Forgets what was to be forgotten before that time.
   *
   * @param most of how many rows at once
   * @return of how many it was
   */
  int forget(Instant before, int most) throws UnavailableException;
}
