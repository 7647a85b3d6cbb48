package dovetail.counter;

import dovetail.directory.edit.UnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Which accounts are suspended, and what accounts are used to send. For any thread. */
public interface SuspensionStore {
  /**
   * Suspends an account, and notes it for the audit.
   *
   * @param actor who does it
   * @return false if it is suspended already, which stays as it is
   */
  boolean add(Suspension suspension, String actor) throws UnavailableException;

  /** The accounts that are suspended at that moment, or were after it until it was over. */
  List<Suspension> all(Instant now) throws UnavailableException;

  /**
   * Ends a suspension, and notes it for the audit.
   *
   * @return false if there is none
   */
  boolean lift(String account, String actor) throws UnavailableException;

  /** Notes that a message of an account waits in the hold queue. */
  void held(HeldMessage message) throws UnavailableException;

  /** The queue ids of an account's messages that wait on that host, the oldest first. */
  List<String> held(String host, String account) throws UnavailableException;

  /** How many messages of each account wait on that host, in the order of the accounts. */
  SortedMap<String, Integer> held(String host) throws UnavailableException;

  /** Forgets messages of an account that no longer wait on that host, by their queue ids. */
  void released(String host, String account, List<String> queueIds) throws UnavailableException;

  /** Keeps what accounts have reached; of a day that is known already what is more. */
  void reached(List<AccountDay> days) throws UnavailableException;

  /** Hands over what accounts have reached on that day and later. */
  void history(long since, Consumer<AccountDay> sink) throws UnavailableException;

  /** What one account has reached on that day and later, the oldest first. */
  List<AccountDay> history(long since, String account) throws UnavailableException;

  /** Forgets days before that one, and messages that have waited since before the moment. */
  void forget(long day, Instant before) throws UnavailableException;
}
