package dovetail.counter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The local days of a zone, each from its first moment to that of the next. For any thread. */
final class Days {
  private final ZoneId zone;

  /** The day asked for last, which is nearly always the one asked for next. */
  private volatile Span last = new Span(0, 0, 0);

  /** From {@code begin}, before {@code end}. */
  private record Span(long begin, long end, long day) {}

  Days(ZoneId zone) {
    this.zone = zone;
  }

  Moment at(Instant instant) {
    long nanos = Moment.nanos(instant);
    Span span = last;
    if (nanos < span.begin() || nanos >= span.end()) {
      span = span(nanos);
      last = span;
    }
    return new Moment(nanos, span.day(), this);
  }

  private Span span(long nanos) {
    long day = LocalDate.ofInstant(Moment.instant(nanos), zone).toEpochDay();
    // Where clocks go back over midnight, a day that has begun does not end for it.
    if (nanos >= begin(day + 1)) {
      day++;
    }
    return new Span(begin(day), begin(day + 1), day);
  }

  /** Its first moment. */
  long begin(long day) {
    return Moment.nanos(LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant());
  }
}
