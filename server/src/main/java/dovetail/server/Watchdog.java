package dovetail.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Closes connections that are past their deadline. One thread looks at all of them in turn: setting
 * a deadline is then no more than writing a number, and unix-domain sockets, which have no read
 * timeout in Java, are served like all others. A deadline is kept to within {@link #PAUSE}.
 */
final class Watchdog implements AutoCloseable {
  static final Duration PAUSE = Duration.ofMillis(200);

  private final LongSupplier nanos;
  private final Set<Connection> watched = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean resting;
  private volatile boolean closed;

  /** With a thread that sweeps. */
  static Watchdog start(LongSupplier nanos) {
    Watchdog watchdog = new Watchdog(nanos);
    watchdog.thread.start();
    return watchdog;
  }

  Watchdog(LongSupplier nanos) {
    this.nanos = nanos;
    this.thread = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::run);
  }

  void watch(Connection connection) {
    watched.add(connection);
    // The thread says that it rests before it looks for work, so one of the two sees the other.
    if (resting) {
      LockSupport.unpark(thread);
    }
  }

  void unwatch(Connection connection) {
    watched.remove(connection);
  }

  /** Looks once at every connection; returns how many were overdue and have been closed. */
  int sweep() {
    long now = nanos.getAsLong();
    int overdue = 0;
    for (Connection connection : watched) {
      if (connection.closeIfOverdue(now)) {
        overdue++;
      }
    }
    return overdue;
  }

  private void run() {
    while (!closed) {
      resting = true;
      if (watched.isEmpty() && !closed) {
        LockSupport.park(this);
      }
      resting = false;
      sweep();
      LockSupport.parkNanos(this, PAUSE.toNanos());
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
