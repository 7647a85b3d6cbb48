package dovetail.milter.report;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How domain owners are told.
 *
 * @param receiver the name of the reporting host
 * @param organization who reports, for people
 * @param from where reports come from, and whom to write to about them
 * @param contact how else to reach the organization
 * @param minMessages a domain with fewer messages on a day gets no report
 * @param unwanted who gets none
 * @param maxBytes of an attached report
 * @param keep how long reports are kept
 */
public record ReportSettings(
    Domain receiver,
    String organization,
    Address from,
    Optional<String> contact,
    long minMessages,
    List<Unwanted> unwanted,
    long maxBytes,
    Duration keep) {
  public ReportSettings {
    unwanted = List.copyOf(unwanted);
  }
}
