package dovetail.server;

/**
 * How many connections a service has at once. At that number the one that has been idle longest is
 * closed to make room; when each has a transaction, a new one waits.
 *
 * @param maxConnections over all listeners of the service
 */
public record ConnectionLimits(int maxConnections) {

  public ConnectionLimits {
    if (maxConnections < 1) {
      throw new IllegalArgumentException("at least one connection");
    }
  }

  /** Limits with that number. */
  public static ConnectionLimits evicting(int maxConnections) {
    return new ConnectionLimits(maxConnections);
  }
}
