package dovetail.counter;

import dovetail.directory.edit.UnavailableException;

/** A database did not answer to one that only looks at its counters ({@link Counters#tried}). */
public final class UnreadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadException(UnavailableException cause) {
    super(cause.getMessage(), cause);
  }
}
