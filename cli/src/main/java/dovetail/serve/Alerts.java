package dovetail.serve;

import dovetail.counter.Suspension;
import dovetail.mail.Address;
import dovetail.observe.Json;
import dovetail.observe.LogText;
import dovetail.observe.Metrics;
import dovetail.observe.ShellWord;
import dovetail.outbox.Outbox;
import dovetail.outbox.Outcome;
import dovetail.outbox.OutgoingMail;
import dovetail.policy.PolicyConfig;
import dovetail.policy.rule.Breaker;
import dovetail.policy.source.StoredSuspensions;
import io.prometheus.metrics.core.metrics.Counter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the administrator that an account was suspended: a mail to each address, a request to the
 * webhook. Whoever cannot be reached is tried twice more. Mail and webhook have a queue and a
 * thread each, so that one that cannot be reached keeps back none of the other's. For any thread.
 */
final class Alerts implements StoredSuspensions.Alarm, AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger("policy");
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(20);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long IDLE_SECONDS = 60;
  private static final long END_SECONDS = 2;

  /** Of each way; more are in the log. */
  private static final int MOST_WAITING = 1_000;

  private final ThreadPoolExecutor mails = queue("alert-mails");
  private final ThreadPoolExecutor posts = queue("alert-posts");
  private final Counter counter;
  private final RandomGenerator random;
  private volatile Targets targets;

  /** Whom a configuration wants to be told. */
  private record Targets(
      Outbox outbox, Address from, List<Address> to, Optional<URI> webhook, String host) {
    static Targets of(Configuration configuration) {
      String host = configuration.milter().filter().verifying().authservId();
      Address from =
          Address.parse("postmaster@" + host)
              .filter(OutgoingMail::isReachable)
              .or(() -> Address.parse("postmaster@localhost"))
              .orElseThrow();
      return new Targets(
          OwnMail.outbox(configuration, Optional.empty()),
          from,
          configuration.settings().get(PolicyConfig.ALERT_TO),
          configuration.settings().get(PolicyConfig.ALERT_WEBHOOK),
          host);
    }
  }

  Alerts(Configuration configuration, Metrics metrics, RandomGenerator random) {
    this.targets = Targets.of(configuration);
    this.random = random;
    this.counter =
        metrics.counter(
            "dovetail_policy_suspensions", "Accounts that were suspended, by why.", "cause");
    for (Breaker.Cause cause : Breaker.Cause.values()) {
      counter.initLabelValues(cause.word());
    }
  }

  private static ThreadPoolExecutor queue(String name) {
    ThreadPoolExecutor queue =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name(name).factory());
    queue.allowCoreThreadTimeOut(true);
    return queue;
  }

  /** Tells others from now on. */
  void reload(Configuration configuration) {
    targets = Targets.of(configuration);
  }

  @Override
  public void stopped(Suspension suspension, String rule) {
    counter.labelValues(suspension.cause()).inc();
    Targets current = targets;
    for (Address to : current.to()) {
      String what = "the alert of " + suspension.account() + " for " + to;
      later(mails, what, () -> mailed(current, to, suspension, rule));
    }
    String what = "the alert of " + suspension.account() + " for the webhook";
    current
        .webhook()
        .ifPresent(
            hook -> later(posts, what, () -> posted(hook, json(suspension, rule, current.host()))));
  }

  private static void later(ThreadPoolExecutor queue, String what, Way way) {
    try {
      queue.execute(() -> trying(what, way));
    } catch (RejectedExecutionException _) {
      logger.error("{} is not sent: {}", what, queue.isShutdown() ? "the end" : "too many wait");
    }
  }

  /** One way of telling; why it did not work, if so. */
  @FunctionalInterface
  private interface Way {
    Optional<String> go();
  }

  private static void trying(String what, Way way) {
    for (int i = 1; i <= TRIES; i++) {
      Optional<String> trouble = way.go();
      if (trouble.isEmpty()) {
        return;
      }
      logger.error("{} did not get out, try {} of {}: {}", what, i, TRIES, trouble.get());
      if (i < TRIES && !slept()) {
        return;
      }
    }
  }

  /** What is under way has a moment to get out. */
  @Override
  public void close() {
    mails.shutdown();
    posts.shutdown();
    try {
      boolean done =
          mails.awaitTermination(END_SECONDS, TimeUnit.SECONDS)
              && posts.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      if (!done) {
        logger.warn("alerts were under way at the end, and may not have got out");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    mails.shutdownNow();
    posts.shutdownNow();
  }

  private static boolean slept() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<String> mailed(Targets current, Address to, Suspension suspension, String rule) {
    OutgoingMail mail =
        new OutgoingMail(
            current.from(),
            Optional.of("Dovetail on " + current.host()),
            to,
            "Sending of " + plain(suspension.account()) + " is suspended",
            "alert.%016x@%s".formatted(random.nextLong(), current.from().domain().ascii()),
            suspension.since(),
            text(suspension, rule),
            List.of(),
            List.of());
    return switch (current.outbox().send(mail)) {
      case Outcome.Accepted _ -> Optional.empty();
      case Outcome.PutOff(String why) -> Optional.of(why);
      case Outcome.Refused(int code, String text) -> Optional.of(code + " " + text);
    };
  }

  /** For a subject, which is one line. */
  private static String plain(String account) {
    String line = account.replaceAll("[^ -~]", "?");
    return line.length() <= 300 ? line : line.substring(0, 300);
  }

  /** What people read. */
  static String text(Suspension suspension, String rule) {
    StringBuilder name = new StringBuilder();
    LogText.append(name, suspension.account()); // it may have been chosen to move a cursor
    String account = name.toString();
    String word = ShellWord.argument(account);
    return """
    The account %s does not send as it used to: %s.
    The rule "%s" suspended it: it may not send until %s; it receives as before.

    If its password was stolen, change it, and look into Postfix's log for what it has sent. What
    Dovetail knows of it:

        dovetail limit show %s

    If all is well, end the suspension; what waits in the hold queue is printed:

        dovetail limit release %s

    An account that sends to many is declared so:

        dovetail limit set --bulk %s
    """
        .formatted(account, suspension.detail(), rule, suspension.until(), word, word, word);
  }

  private static byte[] json(Suspension suspension, String rule, String host) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("event", "suspended");
    facts.put("host", host);
    facts.put("account", suspension.account());
    facts.put("rule", rule);
    facts.put("cause", suspension.cause());
    facts.put("detail", suspension.detail());
    facts.put("since", suspension.since().toString());
    facts.put("until", suspension.until().toString());
    return Json.object(facts);
  }

  private static Optional<String> posted(URI hook, byte[] json) {
    try {
      HttpURLConnection connection = (HttpURLConnection) hook.toURL().openConnection();
      try {
        connection.setConnectTimeout((int) TIMEOUT.toMillis());
        connection.setReadTimeout((int) TIMEOUT.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setDoOutput(true);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream body = connection.getOutputStream()) {
          body.write(json);
        }
        int status = connection.getResponseCode();
        return status / 100 == 2 ? Optional.empty() : Optional.of("status " + status);
      } finally {
        connection.disconnect();
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
