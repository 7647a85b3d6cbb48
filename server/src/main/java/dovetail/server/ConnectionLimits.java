package dovetail.server;

/**
 * How many connections a service has at once.
 *
 * @param maxConnections over all listeners of the service
 * @param evicting whether at that number the one that has been idle longest is closed to make room;
 *     else, and when each has a transaction, a new one waits
 */
public record ConnectionLimits(int maxConnections, boolean evicting) {

  public ConnectionLimits {
    if (maxConnections < 1) {
      throw new IllegalArgumentException("at least one connection");
    }
  }

  /** Limits with that number. */
  public static ConnectionLimits evicting(int maxConnections) {
    return new ConnectionLimits(maxConnections, true);
  }

  /** Limits where nobody is closed: a client would end if its connection did. */
  public static ConnectionLimits waiting(int maxConnections) {
    return new ConnectionLimits(maxConnections, false);
  }
}
