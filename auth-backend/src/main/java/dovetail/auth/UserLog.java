package dovetail.auth;

import dovetail.directory.Lookup;
import dovetail.observe.Metrics;
import dovetail.observe.Tally;
import dovetail.observe.TransactionLine;
import dovetail.observe.TransactionLog;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts questions about users and writes what an administrator must know of them: that nobody can
 * answer, once a second at most. Each has a line only while one looks for something. Of what is
 * answered nothing is in them: passwords may be.
 */
public final class UserLog {
  private static final Logger logger = LoggerFactory.getLogger("auth");
  private static final Duration COUNTED = Duration.ofSeconds(1);
  private static final int MOST_NAME = 320;

  private final TransactionLog log;
  private final Counter questions;
  private final Tally deferred;

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public UserLog(TransactionLog log, Metrics metrics, LongSupplier nanos) {
    this.log = log;
    this.questions =
        metrics.counter(
            "dovetail_auth_questions",
            "Questions about users, by the protocol and what was found.",
            "protocol",
            "found");
    this.deferred = new Tally(COUNTED, nanos);
  }

  /**
   * A question.
   *
   * @param protocol in which it came
   * @param user about whom
   */
  public record Question(String protocol, String user) {}

  /** Takes note of a question that has been answered. */
  public void answered(Question question, Lookup<?> found, long nanos) {
    String word =
        switch (found) {
          case Lookup.Found<?> _ -> "found";
          case Lookup.Absent<?> _ -> "not-found";
          case Lookup.Unavailable<?> _ -> "deferred";
        };
    questions.labelValues(question.protocol(), word).inc();
    if (found instanceof Lookup.Unavailable<?>(String why)) {
      long count = deferred.add();
      if (count > 0) {
        logger.warn(
            "{} about users could not be answered: {}",
            count == 1 ? "one question" : count + " questions",
            why);
      }
    }
    if (logger.isDebugEnabled()) {
      SequencedMap<String, String> facts = new LinkedHashMap<>();
      facts.put("protocol", question.protocol());
      facts.put("user", shown(question.user()));
      facts.put("delay_us", Long.toString(nanos / 1_000));
      log.write(new TransactionLine("auth", "-", word, facts));
    }
  }

  private static String shown(String text) {
    return text.length() <= MOST_NAME ? text : text.substring(0, MOST_NAME) + "...";
  }
}
