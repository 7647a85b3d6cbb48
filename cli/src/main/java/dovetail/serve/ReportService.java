package dovetail.serve;

import dovetail.config.Settings;
import dovetail.directory.edit.UnavailableException;
import dovetail.ledger.Journal;
import dovetail.ledger.Ledger;
import dovetail.milter.DmarcReportsConfig;
import dovetail.milter.report.AggregateReports;
import dovetail.milter.report.Evaluations;
import dovetail.milter.report.LedgerEvaluations;
import dovetail.milter.report.ReportLog;
import dovetail.milter.report.ReportSender;
import dovetail.milter.report.ReportSettings;
import dovetail.milter.report.ReportTools;
import dovetail.observe.Health;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports on what DMARC found: the journal that takes it from the milter, and the thread that makes
 * reports of it and sends them.
 */
public final class ReportService implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger("report");

  /** What a killed process loses. */
  private static final Duration JOURNAL_PAUSE = Duration.ofMillis(500);

  private static final Duration ROUND = Duration.ofMinutes(1);

  /** How long a report that is being sent is waited for at the end. */
  private static final Duration END = Duration.ofSeconds(5);

  /** Rounds between two of those that forget. */
  private static final int FORGETTING = 24 * 60;

  private final Ledger ledger;
  private final Journal journal;
  private final ReportLog log;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private final Set<String> failing = new HashSet<>(); // of the thread
  private volatile Work work;

  /** What a reload replaces. */
  private record Work(AggregateReports reports, ReportSender sender) {}

  private ReportService(Ledger ledger, Journal journal, ReportLog log, Work work) {
    this.ledger = ledger;
    this.journal = journal;
    this.log = log;
    this.work = work;
    this.thread = Thread.ofPlatform().daemon().name("reports").unstarted(this::run);
  }

  /**
   * What it shares with the other services.
   *
   * @param log the lines of what was done
   */
  record Shared(Ledger ledger, TransactionLog log, Metrics metrics, Health.Component health) {}

  /**
   * Begins to take what is found; reports are made from {@link #start} on.
   *
   * @throws IOException if the folder for what waits cannot be used
   */
  static ReportService open(Configuration configuration, Shared shared) throws IOException {
    ReportMetrics metrics = new ReportMetrics(shared.metrics());
    Journal journal;
    try {
      journal =
          Journal.start(
              new Journal.Settings(
                  configuration.settings().get(DmarcReportsConfig.SPOOL),
                  JOURNAL_PAUSE,
                  InstantSource.system(),
                  new SecureRandom()),
              shared.ledger()::add,
              new ReportTrouble(metrics, shared.health()));
    } catch (IOException e) {
      throw new IOException(
          "'milter.dmarc.reports.spool': the folder cannot be used: " + e.getMessage(), e);
    }
    shared.health().up("");
    metrics.waiting(journal::waiting);
    ReportLog log = new ReportLines(shared.log(), metrics);
    return new ReportService(
        shared.ledger(), journal, log, work(configuration, shared.ledger(), log));
  }

  private static Work work(Configuration configuration, Ledger ledger, ReportLog log) {
    ReportSettings settings =
        settings(configuration)
            .orElseThrow(() -> new IllegalStateException("a checked configuration has an address"));
    ReportTools tools = tools(configuration, log);
    return new Work(
        new AggregateReports(ledger, tools, settings),
        new ReportSender(
            ledger, tools, settings, OwnMail.outbox(configuration, Optional.of(settings.from()))));
  }

  /** How reports are made; nothing if there is no address that they can come from. */
  public static Optional<ReportSettings> settings(Configuration configuration) {
    return DmarcReportsConfig.settings(
        configuration.settings(), configuration.milter().filter().verifying().authservId());
  }

  /** What reporting needs, as a configuration has it. */
  public static ReportTools tools(Configuration configuration, ReportLog log) {
    return new ReportTools(
        Dns.resolver(configuration),
        InstantSource.system(),
        new SecureRandom(),
        Version.text(),
        log);
  }

  static boolean isEnabled(Settings settings) {
    return settings.get(DmarcReportsConfig.ENABLED);
  }

  /** Takes what the milter finds. */
  Evaluations evaluations() {
    return new LedgerEvaluations(journal::add, InstantSource.system());
  }

  void start() {
    thread.start();
  }

  /** Makes ready to work in another way; it does so from the next round after the result ran. */
  Runnable prepare(Configuration other) {
    Work next = work(other, ledger, log);
    return () -> work = next;
  }

  private void run() {
    for (int round = 0; !closed(); round++) {
      Work current = work;
      trying("made", () -> current.reports().make(AggregateReports.Timing.DUE));
      trying("sent", current.sender()::send);
      if (round % FORGETTING == 0) {
        trying("forgotten", current.reports()::forget);
      }
    }
  }

  /** A part of a round. */
  @FunctionalInterface
  private interface Part {
    void run() throws UnavailableException;
  }

  /** One part's trouble is not to hold up the others; it is said once. */
  private void trying(String what, Part part) {
    try {
      part.run();
      if (failing.remove(what)) {
        logger.info("reports are {} again", what);
      }
    } catch (UnavailableException e) {
      if (failing.add(what)) {
        logger.error("no reports are {}, the database does not work: {}", what, e.getMessage());
      }
    } catch (RuntimeException e) {
      failing.add(what);
      logger.error("failed, no reports are {}; tried again in the next round", what, e);
    }
  }

  private boolean closed() {
    try {
      return closing.await(ROUND.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * Writes what it has. A report that is on its way is sent again, as the same, after a restart.
   */
  @Override
  public void close() {
    closing.countDown();
    journal.close();
    try {
      thread.join(END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
