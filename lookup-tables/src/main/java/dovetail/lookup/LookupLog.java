package dovetail.lookup;

import dovetail.lookup.map.Finding;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.wire.Reply;
import dovetail.lookup.wire.Request;
import dovetail.observe.Hush;
import dovetail.observe.Tally;
import dovetail.observe.TransactionLine;
import dovetail.observe.TransactionLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts lookups and writes what an administrator must know of them: that something cannot be
 * looked up, once a second at most; what somebody has to mend, once a minute for each key. Each
 * lookup has a line only while one looks for something. Values are in none: some are passwords.
 */
final class LookupLog {
  private static final Logger logger = LoggerFactory.getLogger("lookup");
  private static final Duration COUNTED = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MOST_QUIET = 1_000;

  /** What is cut off a key behind so many characters. */
  private static final int MOST_KEY = 320;

  private final TransactionLog log;
  private final LookupMetrics metrics;
  private final Tally deferred;
  private final Hush refused;
  private final Hush failed;

  LookupLog(TransactionLog log, LookupMetrics metrics, LongSupplier nanos) {
    this.log = log;
    this.metrics = metrics;
    this.deferred = new Tally(COUNTED, nanos);
    this.refused = new Hush(QUIET, MOST_QUIET, nanos);
    this.failed = new Hush(QUIET, MOST_QUIET, nanos);
  }

  void answered(MapRegistry maps, Request request, Finding finding, long nanos) {
    String map = maps.has(request.map()) ? request.map() : LookupMetrics.NO_MAP;
    metrics.answered(map, finding.reply(), nanos);
    switch (finding.reply()) {
      case Reply.Temp _ -> deferred(request, finding);
      case Reply.Perm(String reason) -> refused(request, reason);
      case Reply.Ok _, Reply.NotFound _ -> {}
    }
    if (logger.isDebugEnabled()) {
      log.write(
          new TransactionLine(
              "lookup", "-", word(finding.reply()), facts(request, finding, nanos)));
    }
  }

  private void deferred(Request request, Finding finding) {
    long count = deferred.add();
    if (count > 0) {
      logger.warn(
          "{} answered TEMP, the last of {}: {}{}",
          count == 1 ? "one lookup" : count + " lookups",
          shown(request),
          finding.reason().word(),
          finding.detail().isEmpty() ? "" : ": " + finding.detail());
    }
  }

  private void refused(Request request, String reason) {
    String what = shown(request);
    if (refused.speaks(what)) {
      logger.warn("{}: {}", what, reason);
    }
  }

  void failed(Request request, RuntimeException cause) {
    if (failed.speaks(request.map() + ' ' + cause.getClass())) {
      logger.error("{}: failed on this lookup", shown(request), cause);
    }
  }

  private static SequencedMap<String, String> facts(Request request, Finding finding, long nanos) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("map", shown(request.map()));
    facts.put("key", key(request));
    facts.put("reason", finding.reason().word());
    if (!finding.detail().isEmpty()) {
      facts.put("detail", finding.detail());
    }
    facts.put("delay_us", Long.toString(nanos / 1_000));
    return facts;
  }

  private static String word(Reply reply) {
    return switch (reply) {
      case Reply.Ok _ -> "found";
      case Reply.NotFound _ -> "not-found";
      case Reply.Temp _ -> "deferred";
      case Reply.Perm _ -> "refused";
    };
  }

  private static String shown(Request request) {
    return shown(request.map()) + ' ' + key(request);
  }

  private static String key(Request request) {
    return request.key().map(LookupLog::shown).orElse("(no text)");
  }

  private static String shown(String text) {
    return text.length() <= MOST_KEY ? text : text.substring(0, MOST_KEY) + "...";
  }
}
