package dovetail.auth.wire;

import java.util.List;

/**
 * What a client of a dict says. Keys are as they were sent, with the line's escapes taken off and
 * none of those that a plugin has put into them. Values are not shown: a passdb's are passwords.
 */
public sealed interface DictCommand {
  /**
   * What is the value of that key?
   *
   * @param user whose, if it begins with {@code priv/}; may be empty
   */
  record Lookup(String key, String user) implements DictCommand {}

  /**
   * What is below those paths?
   *
   * @param flags see the constants
   * @param maxRows the most rows of the answer; 0 for all
   * @param paths one; in version 2 possibly several
   * @param user whose; may be empty
   */
  record Iterate(long flags, long maxRows, List<String> paths, String user) implements DictCommand {
    /** Also what is farther below. */
    public static final int RECURSE = 1;

    /** In the order of keys. */
    public static final int SORT_BY_KEY = 2;

    /** In the order of values. */
    public static final int SORT_BY_VALUE = 4;

    /** Keys alone. */
    public static final int NO_VALUE = 8;

    /** The path is a key, of which all values are asked for. */
    public static final int EXACT_KEY = 16;

    /** The client does not wait for it. */
    public static final int ASYNC = 32;

    /**
     * Such a question.
     *
     * @throws IllegalArgumentException if it has no path
     */
    public Iterate {
      paths = List.copyOf(paths);
      if (paths.isEmpty()) {
        throw new IllegalArgumentException("nothing to iterate over");
      }
    }

    /** Whether it has that flag. */
    public boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  /**
   * A transaction begins. None of what follows is answered until {@link Commit}.
   *
   * @param id the client's number for it
   * @param user whose keys; may be empty
   * @param expireSecs after how many seconds they are gone; 0 for never
   */
  record Begin(long id, String user, long expireSecs) implements DictCommand {}

  /** A key gets a value. */
  record Set(long id, String key, String value) implements DictCommand {
    @Override
    public String toString() {
      return "Set[id=%d, key=%s, value=(hidden)]".formatted(id, key);
    }
  }

  /** A key goes. */
  record Unset(long id, String key) implements DictCommand {}

  /** A key's number becomes larger, if it has one. */
  record Increment(long id, String key, long difference) implements DictCommand {}

  /** When the change was made, since 1970. */
  record Timestamp(long id, long seconds, int nanos) implements DictCommand {}

  /** Whether its values are to be kept out of logs, which is the case anyway. */
  record HideLogValues(long id, boolean hide) implements DictCommand {}

  /** The transaction is to take effect. */
  record Commit(long id) implements DictCommand {}

  /** The same, of a client that waits for other answers, too. */
  record CommitAsync(long id) implements DictCommand {}

  /** The transaction is to be forgotten. */
  record Rollback(long id) implements DictCommand {}
}
