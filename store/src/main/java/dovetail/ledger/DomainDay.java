package dovetail.ledger;

import dovetail.mail.Domain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What a report is about.
 *
 * @param domain the policy domain (RFC 9989 3.2.5)
 * @param day of UTC
 */
public record DomainDay(Domain domain, LocalDate day) {
  /** The day of a message. */
  public static DomainDay of(Domain domain, Instant received) {
    return new DomainDay(domain, dayOf(received));
  }

  /** The day of a moment. */
  public static LocalDate dayOf(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  /** Its first moment. */
  public Instant begin() {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Its last second. */
  public Instant end() {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
  }
}
