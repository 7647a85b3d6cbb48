package dovetail.serve;

import dovetail.directory.edit.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Does something at once, then once each period and once more at the end, on its own thread. */
final class Rounds implements AutoCloseable {
  /** Until the first round has succeeded, when tables may still be made. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Duration END_TIME = Duration.ofSeconds(5);

  private final Plan plan;
  private final Task task;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /**
   * What it is.
   *
   * @param name of the thread
   * @param kept what the task keeps, for the log: "what logins leave"
   * @param logger is told what fails
   */
  record Plan(String name, Duration period, String kept, Logger logger) {}

  /** What is done in each round. */
  @FunctionalInterface
  interface Task {
    /**
     * Does it.
     *
     * @throws UnavailableException if the database is away; the next round makes up for it
     */
    void run() throws UnavailableException;
  }

  private Rounds(Plan plan, Task task) {
    this.plan = plan;
    this.task = task;
    this.thread = Thread.ofPlatform().daemon().name(plan.name()).unstarted(this::run);
  }

  static Rounds start(Plan plan, Task task) {
    Rounds started = new Rounds(plan, task);
    started.thread.start();
    return started;
  }

  private void run() {
    Duration pause = Duration.ZERO;
    Duration next = SOON;
    boolean last;
    do {
      last = awaitEnd(pause);
      if (succeeds()) {
        next = plan.period();
      }
      pause = next;
    } while (!last);
  }

  private boolean succeeds() {
    try {
      task.run();
      return true;
    } catch (UnavailableException e) {
      plan.logger().debug("{} is not kept, the database is away: {}", plan.kept(), e.getMessage());
    } catch (RuntimeException e) {
      plan.logger().error("failed, {} is not kept", plan.kept(), e);
    }
    return false;
  }

  private boolean awaitEnd(Duration pause) {
    try {
      return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Has the last round done, for which it waits a few seconds. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(END_TIME);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
