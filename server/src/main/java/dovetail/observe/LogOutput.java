package dovetail.observe;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where all lines go, whoever writes them; lines never interleave.
 *
 * <p>A thread that finds nobody writing writes its line, and then whatever others have left in the
 * meantime; the others only leave theirs and go on. So under load one system call takes many lines,
 * and without load each line goes out at once. There is no thread of its own, and nothing is lost
 * when the last writer has returned.
 */
public final class LogOutput {
  private static final int MOST_PENDING = 1024 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final OutputStream out;
  private final long patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition taken = lock.newCondition();
  private final LongAdder failures = new LongAdder();
  private ByteArrayOutputStream pending = new ByteArrayOutputStream(8192);
  private ByteArrayOutputStream spare = new ByteArrayOutputStream(8192);
  private boolean writing;

  /**
   * @param out unbuffered, or flushing as told
   */
  public LogOutput(OutputStream out) {
    this(out, PATIENCE);
  }

  /**
   * @param patience how long to wait for a reader that takes nothing
   */
  LogOutput(OutputStream out, Duration patience) {
    this.out = out;
    this.patience = patience.toNanos();
  }

  /** The process's standard output. */
  public static LogOutput standardOutput() {
    return new LogOutput(new FileOutputStream(FileDescriptor.out));
  }

  /**
   * Writes whole lines. Waits only when a megabyte is pending because the reader is slow; if that
   * does not change soon, the lines are lost and counted, since mail must not stop with the log.
   *
   * @param lines ends with a line feed
   */
  public void write(byte[] lines) {
    lock.lock();
    try {
      if (!awaited(() -> writing && pending.size() > MOST_PENDING)) {
        failures.increment();
        return;
      }
      pending.write(lines, 0, lines.length);
      if (writing) {
        return;
      }
      writing = true;
    } finally {
      lock.unlock();
    }
    drain();
  }

  /** Returns when every line given before has been handed to the system, or cannot be. */
  public void flush() {
    lock.lock();
    try {
      boolean _ = awaited(() -> writing);
    } finally {
      lock.unlock();
    }
  }

  /** Waits, with the lock held, until that is over; false if it takes too long. */
  private boolean awaited(BooleanSupplier blocked) {
    long left = patience;
    try {
      while (blocked.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = taken.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How many writes the system has refused or not taken in time; their lines are lost. */
  public long failures() {
    return failures.sum();
  }

  private void drain() {
    boolean clean = false;
    try {
      while (takePending()) {
        writeSpare();
      }
      clean = true;
    } finally {
      if (!clean) {
        endTurn();
      }
    }
  }

  /** Moves what is pending into {@link #spare}; false, and the turn is over, when nothing is. */
  private boolean takePending() {
    lock.lock();
    try {
      boolean some = pending.size() > 0;
      if (some) {
        ByteArrayOutputStream full = pending;
        pending = spare;
        spare = full;
      } else {
        writing = false;
      }
      taken.signalAll();
      return some;
    } finally {
      lock.unlock();
    }
  }

  /** Only the thread whose turn it is touches {@link #spare}, so this needs no lock. */
  private void writeSpare() {
    try {
      spare.writeTo(out);
      out.flush();
    } catch (IOException _) {
      // There is nowhere left to say so but a metric.
      failures.increment();
    } finally {
      spare.reset();
    }
  }

  private void endTurn() {
    lock.lock();
    try {
      writing = false;
      taken.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
