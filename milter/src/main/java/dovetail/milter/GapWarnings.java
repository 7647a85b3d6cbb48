package dovetail.milter;

import dovetail.milter.filter.Archival.Gap;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is wrong with copies for archives, of each kind once an hour. For any thread. */
final class GapWarnings {
  private static final Logger logger = LoggerFactory.getLogger("milter");
  private static final Duration PAUSE = Duration.ofHours(1);

  private final LongSupplier nanos;
  private final Map<Gap, Long> said = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  GapWarnings(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A message had that gap. */
  void note(Gap gap) {
    if (gap == Gap.NONE) {
      return;
    }
    long now = nanos.getAsLong();
    Long latest =
        said.compute(
            gap,
            (_, before) ->
                before == null || now - before >= PAUSE.toNanos() ? Long.valueOf(now) : before);
    if (latest == now) {
      say(gap);
    }
  }

  private static void say(Gap gap) {
    switch (gap) {
      case NONE -> {}
      case NO_DSN ->
          logger.warn(
              "the MTA takes no parameters of recipients that a filter adds (SMFIF_ADDRCPT_PAR):"
                  + " senders may be told when an archive cannot be delivered to");
      case NOT_OFFERED ->
          logger.error(
              "the MTA lets filters add no recipients (SMFIF_ADDRCPT): archives get no copies");
      case UNREADABLE ->
          logger.error(
              "an address of the envelope is written as only the MTA can read it, and the MTA does"
                  + " not say how it has ({rcpt_addr}, {mail_addr}): an archive may lack a copy");
      case UNKNOWN ->
          logger.error(
              "the database has not answered since the start, so it is not known which domains have"
                  + " an archive, and whose mail has to be copied");
    }
  }
}
