package dovetail.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dovetail.directory.edit.UnavailableException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tasks that are done again and again. */
final class RoundsTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("dovetail.test.rounds");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Semaphore done = new Semaphore(0);
  private final Queue<Exception> troubles = new ConcurrentLinkedQueue<>();
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void listen() {
    log.start();
    LOG.addAppender(log);
    LOG.setAdditive(false);
    LOG.setLevel(Level.DEBUG);
  }

  @AfterEach
  void listenNoMore() {
    LOG.detachAppender(log);
    LOG.setAdditive(true);
    LOG.setLevel(null);
  }

  private Rounds start(Duration period) {
    return Rounds.start(new Rounds.Plan("lap", period, "what counts", LOG), this::round);
  }

  private void round() throws UnavailableException {
    threads.add(Thread.currentThread());
    Exception trouble = troubles.poll();
    done.release();
    switch (trouble) {
      case null -> {}
      case UnavailableException away -> throw away;
      case RuntimeException fault -> throw fault;
      default -> throw new AssertionError(trouble);
    }
  }

  private void awaitRounds(int rounds) throws InterruptedException {
    assertThat(done.tryAcquire(rounds, 20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void beginsAtOnceAndDoesOneMoreAtTheEnd() throws Exception {
    Rounds rounds = start(NEVER);
    awaitRounds(1);
    rounds.close();
    assertThat(done.availablePermits()).isEqualTo(1);
    assertThat(threads)
        .allSatisfy(thread -> {
          assertThat(thread.getName()).isEqualTo("lap");
          assertThat(thread.isDaemon()).isTrue();
          assertThat(thread.isVirtual()).isFalse();
          assertThat(thread.isAlive()).isFalse();
        });
    assertThat(log.list).isEmpty();
  }

  @Test
  void goesOnEachPeriod() throws Exception {
    try (Rounds _ = start(Duration.ofMillis(1))) {
      awaitRounds(5);
    }
  }

  @Test
  void triesAgainSoonUntilItHasSucceededOnce() throws Exception {
    troubles.add(new UnavailableException("no such table"));
    troubles.add(new IllegalStateException("a bug"));
    Rounds rounds = start(NEVER);
    awaitRounds(3);
    troubles.add(new UnavailableException("gone again"));
    rounds.close();
    assertThat(done.availablePermits()).isEqualTo(1);
    assertThat(log.list)
        .extracting(ILoggingEvent::toString)
        .containsExactly(
            "[DEBUG] what counts is not kept, the database is away: no such table",
            "[ERROR] failed, what counts is not kept",
            "[DEBUG] what counts is not kept, the database is away: gone again");
    assertThat(log.list.get(1).getThrowableProxy().getMessage()).isEqualTo("a bug");
  }

  @Test
  void aFailureEndsNothing() throws Exception {
    try (Rounds _ = start(Duration.ofMillis(1))) {
      awaitRounds(1);
      troubles.add(new IllegalStateException("a bug"));
      troubles.add(new UnavailableException("away"));
      done.drainPermits();
      awaitRounds(5);
    }
    assertThat(log.list).hasSize(2);
  }
}
