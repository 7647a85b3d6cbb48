package dovetail.store.sql;

import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UnsettledException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** A few platform threads with as many connections, and a queue that has an end. */
final class SqliteThreads implements AutoCloseable {
  private static final int QUEUE = 1000;
  private static final String TOO_LONG = "the database took too long";

  private final Duration patience;
  private final ThreadPoolExecutor threads;
  private final Connections connections;
  private final Transactions transactions;

  /** Opens a connection. */
  @FunctionalInterface
  interface Opener {
    Connection open() throws SQLException;
  }

  /**
   * What they are.
   *
   * @param name of the threads
   * @param count how many
   * @param begin the statement that begins a transaction
   * @param pauses between tries
   */
  record Form(String name, int count, String begin, Pauses pauses) {}

  /** How work ended, on its way from one thread to the other. */
  @FunctionalInterface
  private interface Outcome<T, E extends Exception> {
    T get() throws E, UnavailableException;
  }

  /**
   * @param patience how long a caller waits for its turn and the end of its work
   */
  SqliteThreads(Form form, Duration patience, Opener opener) {
    this.patience = patience;
    this.connections = new Connections(opener, form.begin());
    this.transactions = new Transactions(Dialect.SQLITE, connections, form.pauses());
    this.threads =
        new ThreadPoolExecutor(
            form.count(),
            form.count(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().daemon().name(form.name() + "-", 1).factory());
  }

  <T, E extends Exception> T run(Work<T, E> work) throws E, UnavailableException {
    Future<Outcome<T, E>> future = submitted(work);
    try {
      return result(future, patience).get();
    } catch (TimeoutException e) {
      future.cancel(false); // what runs comes to its end, but no one waits for it
      throw new UnavailableException(TOO_LONG, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted", e);
    }
  }

  /** The same within that time; what is not ready by then is undone. */
  <T, E extends Exception> T settle(Work<T, E> work, Duration within)
      throws E, UnavailableException {
    Awaited<T, E> awaited = new Awaited<>(work);
    Future<Outcome<T, E>> future = submitted(awaited);
    try {
      return result(future, within).get();
    } catch (TimeoutException e) {
      if (!awaited.giveUp()) {
        return kept(future, within);
      }
      future.cancel(false);
      throw new UnavailableException(TOO_LONG, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (awaited.giveUp()) {
        throw new UnavailableException("interrupted", e);
      }
      throw new UnsettledException("interrupted", e);
    }
  }

  /** It is on its way to the disk. */
  private static <T, E extends Exception> T kept(Future<Outcome<T, E>> future, Duration within)
      throws E, UnavailableException {
    try {
      return result(future, within).get();
    } catch (TimeoutException e) {
      throw new UnsettledException(TOO_LONG, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnsettledException("interrupted", e);
    }
  }

  private <T, E extends Exception> Future<Outcome<T, E>> submitted(Work<T, E> work)
      throws UnavailableException {
    try {
      return threads.submit(() -> outcome(work));
    } catch (RejectedExecutionException e) {
      throw new UnavailableException("too many wait for the database", e);
    }
  }

  private static <T> T result(Future<T> future, Duration within)
      throws TimeoutException, InterruptedException {
    try {
      return future.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Work that is not kept once who waits for it has given up; he cannot when it is being kept. */
  private static final class Awaited<T, E extends Exception> implements Work<T, E> {
    private final Work<T, E> work;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    private enum State {
      OPEN,
      KEPT,
      GIVEN_UP
    }

    Awaited(Work<T, E> work) {
      this.work = work;
    }

    @Override
    public T run(Statements sql) throws SQLException, E {
      T result = work.run(sql);
      sql.flush();
      // It may be tried again when it was to be kept.
      if (!state.compareAndSet(State.OPEN, State.KEPT) && state.get() == State.GIVEN_UP) {
        throw new SQLException("nobody waits for it any more");
      }
      return result;
    }

    boolean giveUp() {
      return state.compareAndSet(State.OPEN, State.GIVEN_UP);
    }
  }

  // What is caught beside the two kinds that are named can only be an E.
  @SuppressWarnings("unchecked")
  private <T, E extends Exception> Outcome<T, E> outcome(Work<T, E> work) {
    try {
      T result = transactions.run(work);
      return () -> result;
    } catch (UnavailableException e) {
      return () -> {
        throw e;
      };
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    } catch (Exception e) {
      return () -> {
        throw (E) e;
      };
    }
  }

  /** The connections that nobody uses at the moment; there are never more than threads. */
  private static final class Connections implements Source {
    private final Opener opener;
    private final String begin;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    Connections(Opener opener, String begin) {
      this.opener = opener;
      this.begin = begin;
    }

    // The driver's own transactions begin as soon as the one before has ended: an idle connection
    // would keep all others from writing.
    @Override
    public Connection begin() throws SQLException {
      Connection known = idle.poll();
      Connection connection = known == null ? opener.open() : known;
      try {
        execute(connection, begin);
        return connection;
      } catch (SQLException e) {
        idle.add(connection);
        throw e;
      }
    }

    @Override
    public void commit(Connection connection) throws SQLException {
      execute(connection, "COMMIT");
    }

    @Override
    public void rollBack(Connection connection) throws SQLException {
      execute(connection, "ROLLBACK");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void giveBack(Connection connection, boolean good) throws SQLException {
      if (good) {
        idle.add(connection);
      } else {
        connection.close();
      }
    }

    void close() {
      for (Connection one = idle.poll(); one != null; one = idle.poll()) {
        try {
          one.close();
        } catch (SQLException _) {
          // It was idle: nothing of it is lost.
        }
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.close();
  }
}
