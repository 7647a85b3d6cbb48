package dovetail.auth;

import dovetail.directory.Lookup;
import dovetail.observe.Metrics;
import dovetail.observe.Tally;
import dovetail.observe.TransactionLine;
import dovetail.observe.TransactionLog;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  /** The values of {@code found}. */
  private static final String FOUND = "found";

  private static final String NOT_FOUND = "not-found";
  private static final String DEFERRED = "deferred";

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
    for (Protocol protocol : Protocol.values()) {
      for (String found : List.of(FOUND, NOT_FOUND, DEFERRED)) {
        questions.initLabelValues(protocol.word(), found);
      }
    }
    this.deferred = new Tally(COUNTED, nanos);
  }

  /** In which protocol a question came. */
  public enum Protocol {
    /** Dovecot's auth master protocol. */
    USERDB,
    /** Dovecot's dict protocol. */
    DICT,
    /** HTTP, behind the Lua script. */
    HTTP;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A question.
   *
   * @param user about whom
   */
  public record Question(Protocol protocol, String user) {}

  /** Takes note of a question that has been answered. */
  public void answered(Question question, Lookup<?> found, long nanos) {
    String word =
        switch (found) {
          case Lookup.Found<?> _ -> FOUND;
          case Lookup.Absent<?> _ -> NOT_FOUND;
          case Lookup.Unavailable<?> _ -> DEFERRED;
        };
    questions.labelValues(question.protocol().word(), word).inc();
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
      facts.put("protocol", question.protocol().word());
      facts.put("user", shown(question.user()));
      facts.put("delay_us", Long.toString(nanos / 1_000));
      log.write(new TransactionLine("auth", "-", word, facts));
    }
  }

  private static String shown(String text) {
    return text.length() <= MOST_NAME ? text : text.substring(0, MOST_NAME) + "...";
  }
}
