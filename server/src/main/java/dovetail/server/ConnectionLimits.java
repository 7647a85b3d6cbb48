package dovetail.server;

/**
 * How many connections a service has at once, and what happens at that number.
 *
 * @param maxConnections over all listeners of the service
 * @param evictIdle whether the connection that has been idle longest is closed to make room; a new
 *     one waits otherwise, and always when each has a transaction
 */
public record ConnectionLimits(int maxConnections, boolean evictIdle) {

  public ConnectionLimits {
    if (maxConnections < 1) {
      throw new IllegalArgumentException("at least one connection");
    }
  }

  /** The usual way: at the limit the longest idle connection makes room. */
  public static ConnectionLimits evicting(int maxConnections) {
    return new ConnectionLimits(maxConnections, true);
  }
}
