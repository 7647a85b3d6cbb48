package dovetail.server;

import dovetail.server.io.BoundedInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import jdk.net.ExtendedSocketOptions;

/**
 * One connection, used by the one thread that serves it. It is either idle, when it may be closed
 * at any time to make room or to shut down, or in a transaction, when only a deadline or the end of
 * the grace period closes it. A new connection is idle, with a deadline of 30 seconds.
 */
public final class Connection {
  private static final Duration FIRST_DEADLINE = Duration.ofSeconds(30);

  private enum State {
    IDLE,
    IN_TRANSACTION,
    OVERDUE,
    EVICTED,
    STOPPED,
    CUT
  }

  /** What a connection needs from the service that accepted it. */
  record Context(LongSupplier nanos, BooleanSupplier stopping) {}

  private final SocketChannel channel;
  private final ListenSpec listener;
  private final String peer;
  private final Context context;
  private final BoundedInput input;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private volatile long deadlineNanos;
  private volatile long idleSinceNanos;
  // Whether something was written since the last read; its thread's own.
  private boolean answered;

  Connection(SocketChannel channel, ListenSpec listener, String peer, Context context) {
    this.channel = channel;
    this.listener = listener;
    this.peer = peer;
    this.context = context;
    this.input = new BoundedInput(new Inbound());
    long now = context.nanos().getAsLong();
    this.idleSinceNanos = now;
    this.deadlineNanos = now + FIRST_DEADLINE.toNanos();
  }

  /** The peer for log lines: "127.0.0.1:5123", "[::1]:5123", or "unix:" and the listener's path. */
  public String peer() {
    return peer;
  }

  /** The listener through which the peer came, as configured when it came. */
  public ListenSpec listener() {
    return listener;
  }

  /** What the peer sends. */
  public BoundedInput input() {
    return input;
  }

  /**
   * Writes all bytes, under the deadline that holds.
   *
   * @throws DeadlineException when the peer did not take them in time
   * @throws PeerClosedException when the peer is gone
   */
  public void write(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      answered = true;
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /** From now on everything must be done within this time, until the next call that sets one. */
  public void deadline(Duration within) {
    deadlineNanos = after(context.nanos().getAsLong(), within);
  }

  /**
   * A transaction begins, if none is under way.
   *
   * @throws IOException when the connection has just been closed for being idle
   */
  public void busy() throws IOException {
    if (!state.compareAndSet(State.IDLE, State.IN_TRANSACTION)
        && state.get() != State.IN_TRANSACTION) {
      throw explained(new IOException("closed"));
    }
  }

  /**
   * No transaction is under way, and the next packet may take this long. When the service is
   * stopping, the connection is closed here and the next read says so.
   */
  public void idle(Duration within) {
    long now = context.nanos().getAsLong();
    deadlineNanos = after(now, within);
    idleSinceNanos = now;
    state.compareAndSet(State.IN_TRANSACTION, State.IDLE);
    // Read after the state was set: shutdown sets its flag first and then looks at the states, so
    // one of the two sees the other.
    if (context.stopping().getAsBoolean()) {
      stopIfIdle();
    }
  }

  private static long after(long now, Duration within) {
    // Differences are what is compared, so half the range is the most that can be expressed.
    long span =
        within.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE / 4 : within.toNanos();
    return now + span;
  }

  // ---- what the service and the watchdog do, from their own threads

  boolean closeIfOverdue(long now) {
    if (now - deadlineNanos < 0) {
      return false;
    }
    return end(State.IDLE, State.OVERDUE) || end(State.IN_TRANSACTION, State.OVERDUE);
  }

  boolean evictIfIdle() {
    return end(State.IDLE, State.EVICTED);
  }

  boolean stopIfIdle() {
    return end(State.IDLE, State.STOPPED);
  }

  /** Ends it whatever it does; false when it was at its end already. */
  boolean cut() {
    return end(State.IDLE, State.CUT) || end(State.IN_TRANSACTION, State.CUT);
  }

  boolean isIdle() {
    return state.get() == State.IDLE;
  }

  /** How long it has been without a transaction. */
  long idleNanos(long now) {
    return now - idleSinceNanos;
  }

  private boolean end(State from, State to) {
    if (!state.compareAndSet(from, to)) {
      return false;
    }
    close();
    return true;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // The descriptor is gone either way.
    }
  }

  /** A failed read or write means what made it fail, and that stands in the state. */
  private IOException explained(IOException cause) {
    return switch (state.get()) {
      case OVERDUE -> new DeadlineException("the peer took too long");
      case EVICTED -> new WithdrawnException("closed while idle to make room for another");
      case STOPPED -> new WithdrawnException("closed while idle to shut down");
      case CUT ->
          new WithdrawnException("cut off inside a transaction at the end of the grace time");
      case IDLE, IN_TRANSACTION -> new PeerClosedException(cause);
    };
  }

  /**
   * The channel's bytes, with failures explained. Before a read that may have to wait, what has
   * come is acknowledged unless an answer has done so: Postfix, on which Nagle's algorithm is, may
   * have more to send, but not before that, and the system would take 40 ms for it.
   */
  private final class Inbound implements ReadableByteChannel {
    // Not on unix sockets, nor on every system.
    private final boolean acknowledges =
        channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    private boolean drained;

    @Override
    public int read(ByteBuffer target) throws IOException {
      try {
        if (acknowledges && drained && !answered) {
          // Each time: the system forgets it with the next answer.
          channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
        answered = false;
        int got = channel.read(target);
        drained = target.hasRemaining();
        return got;
      } catch (IOException e) {
        throw explained(e);
      }
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() {
      Connection.this.close();
    }
  }
}
