package dovetail.auth;

import dovetail.auth.answer.Login;
import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Reason;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLine;
import dovetail.observe.TransactionLog;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/** Has a line for each login, and counts them. No password is ever in it. */
final class AuthLog {
  private static final int MOST_VALUE = 320;
  private static final double NANOS = 1e9;

  private final TransactionLog log;
  private final Counter logins;
  private final Map<Reason, Map<String, CounterDataPoint>> counters = new ConcurrentHashMap<>();
  private final Histogram delay;

  AuthLog(TransactionLog log, Metrics metrics) {
    this.log = log;
    this.logins =
        metrics.counter(
            "dovetail_auth_logins",
            "Logins, by what they were for and what decided.",
            "service",
            "reason");
    this.delay =
        metrics.histogram(
            "dovetail_auth_delay_seconds",
            "How long it took to decide about a login, without the delay of answers to wrong"
                + " passwords.");
  }

  void decided(Login login, Outcome outcome, String mechanism, long nanos) {
    counted(service(login.service()), outcome.reason()).inc();
    delay.observe(nanos / NANOS);
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("reason", outcome.reason().word());
    facts.put("user", cut(outcome.user()));
    facts.put("service", cut(login.service()));
    facts.put("client", login.client().map(InetAddress::getHostAddress).orElse("-"));
    facts.put("mechanism", mechanism);
    outcome.fault().ifPresent(fault -> facts.put("token", fault.word()));
    if (!outcome.delay().isZero()) {
      facts.put("held_ms", Long.toString(outcome.delay().toMillis()));
    }
    facts.put("delay_us", Long.toString(nanos / 1_000));
    log.write(
        new TransactionLine(
            "auth", "-", outcome.reason().kind().name().toLowerCase(Locale.ROOT), facts));
  }

  /** Looking for it by its labels takes longer than all else here. */
  private CounterDataPoint counted(String service, Reason reason) {
    return counters
        .computeIfAbsent(reason, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(service, word -> logins.labelValues(word, reason.word()));
  }

  /** Clients choose the word, and a metric has no room for all of them. */
  private static String service(String word) {
    return switch (word) {
      case "smtp", "submission", "imap", "pop3", "sieve", "lmtp", "doveadm" -> word;
      default -> "other";
    };
  }

  private static String cut(String text) {
    return text.length() <= MOST_VALUE ? text : text.substring(0, MOST_VALUE) + "...";
  }
}
