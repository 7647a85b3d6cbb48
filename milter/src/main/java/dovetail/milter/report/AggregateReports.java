package dovetail.milter.report;

import dovetail.directory.edit.UnavailableException;
import dovetail.ledger.DomainDay;
import dovetail.ledger.Ledger;
import dovetail.ledger.OwnReport;
import dovetail.ledger.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

  /** Before it is asked again. */
  private static final Duration PAUSE = Duration.ofMinutes(30);

  /** So many in a row mean that the DNS does not work. */
  private static final int MAX_FAILURES = 5;

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int UNIQUE = 12;

  private final Ledger ledger;
  private final ReportTools tools;
  private final ReportSettings settings;
  private final RecipientFinder finder;
  private final Map<DomainDay, Instant> putOff = new HashMap<>();

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
    List<Silence> silenced = ledger.silenced(now);
    putOff.values().removeIf(until -> !now.isBefore(until));
    int failures = 0;
    for (DomainDay day : open(now, timing)) {
      if (failures == MAX_FAILURES) {
        return; // the others would fare no better, and each costs time
      }
      Recipients recipients = finder.of(day.domain(), silenced);
      if (recipients instanceof Recipients.Unknown(String why)
          && now.isBefore(day.end().plus(PATIENCE))) {
        failures++;
        putOff.put(day, now.plus(PAUSE));
        tools.log().putOff(day, why);
      } else {
        failures = 0;
        ledger.close(day, making(day, recipients, now)).ifPresent(tools.log()::made);
      }
    }
  }

  /** What would be made of all days that are over, without making it. */
  public List<OwnReport> preview() throws UnavailableException {
    Instant now = tools.clock().instant();
    List<Silence> silenced = ledger.silenced(now);
    List<OwnReport> reports = new ArrayList<>();
    for (DomainDay day : open(now, Timing.NOW)) {
      Recipients recipients = finder.of(day.domain(), silenced);
      Optional<OwnReport> report = ledger.preview(day, making(day, recipients, now));
      report.ifPresent(reports::add);
    }
    return List.copyOf(reports);
  }

  private List<DomainDay> open(Instant now, Timing timing) throws UnavailableException {
    return ledger.open(DomainDay.dayOf(now)).stream()
        .filter(day -> timing == Timing.NOW || isDue(day, now))
        .toList();
  }

  private boolean isDue(DomainDay day, Instant now) {
    return !now.isBefore(due(day)) && !putOff.containsKey(day);
  }

  private Instant due(DomainDay day) {
    String name = day.domain() + " " + settings.receiver();
    long share = Math.floorMod(name.hashCode(), SPREAD.toSeconds());
    return day.end().plus(REST).plusSeconds(share);
  }

  private Supplier<Ledger.Making> making(DomainDay day, Recipients recipients, Instant now) {
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
