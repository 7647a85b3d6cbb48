package dovetail.directory.edit;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads and changes what is kept. */
public interface Administration {
  /** Hears how far a long change is. */
  @FunctionalInterface
  interface Progress {
    /** So many changes have been made. */
    void made(long changes);
  }

  /**
   * Makes changes, all of them or none, and notes each for the audit.
   *
   * @param changes read from the start again if the database makes that necessary
   * @param actor who does it
   * @return how many were made
   * @throws RefusedException naming the change that cannot be made
   * @throws UnavailableException if the database does not work
   */
  long apply(Iterable<Change> changes, String actor, Progress progress)
      throws RefusedException, UnavailableException;

  /**
   * Makes those changes that can be made, and then keeps all of them or none.
   *
   * @param changes read from the start again if the database makes that necessary
   * @param actor who does it
   * @param keep decides; what is not kept is as if it had never been
   * @throws UnavailableException if the database does not work; nothing was changed then
   */
  Attempt attempt(
      Iterable<Change> changes, String actor, Predicate<Attempt> keep, Progress progress)
      throws UnavailableException;

  /** One row by the values that name it. */
  Optional<Row> find(Kind kind, List<String> key) throws UnavailableException;

  /**
   * Hands over all rows of a kind, in the order of their names.
   *
   * @param domain only those of that domain, in stored spelling
   */
  void list(Kind kind, Optional<String> domain, Consumer<Row> rows) throws UnavailableException;

  /** The last changes, the newest first. */
  List<AuditEntry> audit(int count) throws UnavailableException;
}
