package dovetail.milter.report;

import dovetail.directory.edit.UnavailableException;
import dovetail.ledger.DomainDay;
import dovetail.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes a report for each domain and day (RFC 9990 3.1). For one thread. */
public final class AggregateReports {
  /** After midnight, so that what other hosts have found has come in. */
  private static final Duration REST = Duration.ofHours(1);

  /** Over so long reports are spread, each domain always at its own time. */
  private static final Duration SPREAD = Duration.ofHours(4);

  /** So long after the end of a day the DNS may fail to tell who wants its report. */
  private static final Duration PATIENCE = Duration.ofDays(2);

  /** Before it is asked again for the first time; then twice as long each time. */
  private static final Duration PAUSE = Duration.ofMinutes(15);

  /** Of which it is known that they wait. */
  private static final int DAYS = 5;

  /** So many in a row mean that the DNS does not work. */
  private static final int MAX_FAILURES = 10;

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int UNIQUE = 12;

  private final Ledger ledger;
  private final ReportTools tools;
  private final ReportSettings settings;
  private final RecipientFinder finder;
  private final Map<DomainDay, Wait> waiting = new HashMap<>();

  /** Until when a day waits, and how long that is. */
  private record Wait(Instant until, Duration pause) {}

  /** When a report may be made. */
  public enum Timing {
    /** When its time has come. */
    DUE,
    /** As soon as its day is over. */
    NOW
  }

  public AggregateReports(Ledger ledger, ReportTools tools, ReportSettings settings) {
    this.ledger = ledger;
    this.tools = tools;
    this.settings = settings;
    this.finder = new RecipientFinder(settings, tools.resolver());
  }

  /** Makes the reports of all days that are over. */
  public void make(Timing timing) throws UnavailableException {
    Instant now = tools.clock().instant();
    waiting.keySet().removeIf(day -> day.day().isBefore(DomainDay.dayOf(now).minusDays(DAYS)));
    int failures = 0;
    for (DomainDay day : open(now, timing)) {
      Optional<Recipients.Settled> recipients = recipients(day, now);
      if (recipients.isPresent()) {
        failures = close(day, recipients.get(), now) ? 0 : failures + 1;
      } else {
        failures++;
      }
      if (failures == MAX_FAILURES) {
        tools.log().stopped("the others would fare no better, and wait for the next round");
        return;
      }
    }
  }

  /** To whom it goes; nothing if it has to wait until that is known. */
  private Optional<Recipients.Settled> recipients(DomainDay day, Instant now)
      throws UnavailableException {
    return switch (finder.of(day.domain(), ledger.silenced(now))) {
      case Recipients.Settled settled -> Optional.of(settled);
      case Recipients.Unknown unknown -> {
        if (now.isBefore(day.end().plus(PATIENCE))) {
          putOff(day, now, unknown.why());
          yield Optional.empty();
        }
        yield Optional.of(unknown.settled());
      }
    };
  }

  private void putOff(DomainDay day, Instant now, String why) {
    Wait before = waiting.get(day);
    Duration pause = before == null ? PAUSE : before.pause().multipliedBy(2);
    waiting.put(day, new Wait(now.plus(pause), pause));
    tools.log().putOff(day, why);
  }

  /** Whether it went well; what goes wrong with one day is not to hold the others up. */
  private boolean close(DomainDay day, Recipients.Settled recipients, Instant now) {
    try {
      ledger.close(day, making(day, recipients, now)).ifPresent(tools.log()::made);
      return true;
    } catch (UnavailableException e) {
      putOff(day, now, "the database: " + e.getMessage());
      return false;
    }
  }

  /** Tells what would be made of all days that are over, without making it. */
  public void preview() throws UnavailableException {
    Instant now = tools.clock().instant();
    for (DomainDay day : open(now, Timing.NOW)) {
      Optional<Recipients.Settled> recipients = recipients(day, now);
      if (recipients.isPresent()) {
        ledger.preview(day, making(day, recipients.get(), now)).ifPresent(tools.log()::made);
      }
    }
  }

  private List<DomainDay> open(Instant now, Timing timing) throws UnavailableException {
    List<DomainDay> days =
        new ArrayList<>(
            ledger.open(DomainDay.dayOf(now)).stream()
                .filter(day -> timing == Timing.NOW || isDue(day, now))
                .toList());
    // In no order that others choose: who has many domains that fail is not to be first each time.
    Collections.shuffle(days, tools.random());
    return days;
  }

  private boolean isDue(DomainDay day, Instant now) {
    Wait wait = waiting.get(day);
    return !now.isBefore(due(day)) && (wait == null || !now.isBefore(wait.until()));
  }

  private Instant due(DomainDay day) {
    String name = day.domain() + " " + settings.receiver();
    long share = Math.floorMod(name.hashCode(), SPREAD.toSeconds());
    return day.end().plus(REST).plusSeconds(share);
  }

  private Supplier<Ledger.Making> making(
      DomainDay day, Recipients.Settled recipients, Instant now) {
    String unique = unique(tools.random());
    return () ->
        new ReportMaker(
            new ReportMaker.Task(settings, day, recipients, unique, now, tools.version()));
  }

  private static String unique(RandomGenerator random) {
    StringBuilder unique = new StringBuilder();
    for (int i = 0; i < UNIQUE; i++) {
      unique.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return unique.toString();
  }

  /** Forgets what is too old. */
  public void forget() throws UnavailableException {
    ledger.forget(tools.clock().instant().minus(settings.keep()));
  }
}
