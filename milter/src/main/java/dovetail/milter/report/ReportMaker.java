package dovetail.milter.report;

import dovetail.dmarc.report.AggregateReport;
import dovetail.dmarc.report.Aggregation;
import dovetail.dmarc.report.ReportException;
import dovetail.dmarc.report.ReportName;
import dovetail.dmarc.report.ReportWriter;
import dovetail.ledger.Bytes;
import dovetail.ledger.DomainDay;
import dovetail.ledger.Entry;
import dovetail.ledger.Ledger;
import dovetail.ledger.OwnReport;
import dovetail.mail.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the report about one day of a domain. */
final class ReportMaker implements Ledger.Making {
  private static final int MAX_ROWS = 20_000;

  /** Of an identifier that is a Message-ID, and of a file's name. */
  private static final int MAX_NAME = 250;

  private final Task task;
  private final Aggregation aggregation = new Aggregation(MAX_ROWS);
  private long unreadable;

  /**
   * What is to be made.
   *
   * @param unique letters and digits that no other report has
   * @param version of this program
   */
  record Task(
      ReportSettings settings,
      DomainDay day,
      Recipients.Settled recipients,
      String unique,
      Instant now,
      String version) {
    ReportName name() {
      return new ReportName(settings.receiver(), day.domain(), day.begin(), day.end(), unique);
    }
  }

  ReportMaker(Task task) {
    this.task = task;
  }

  @Override
  public void take(Entry entry) {
    try {
      aggregation.add(entry.policy(), entry.facts(), entry.messages());
    } catch (ReportException _) {
      unreadable += entry.messages(); // another release wrote it; the report says so
    }
  }

  @Override
  public OwnReport made() {
    return switch (task.recipients()) {
      case Recipients.Known(List<Address> addresses, String leftOut) -> made(addresses, leftOut);
      case Recipients.Nobody(String why) -> forNobody(why);
    };
  }

  private OwnReport made(List<Address> addresses, String leftOut) {
    if (aggregation.messages() == 0) {
      return forNobody("what was written down cannot be read");
    }
    if (aggregation.messages() < task.settings().minMessages()) {
      return forNobody("fewer messages than min_messages");
    }
    if (task.name().file().length() > MAX_NAME || task.name().id().length() > MAX_NAME) {
      return forNobody("its name is too long for the names that a report has");
    }
    Optional<byte[]> body = body();
    if (body.isEmpty()) {
      return forNobody("no row fits into max_size");
    }
    return report(
        leftOut, Bytes.of(body.get()), addresses.stream().map(Address::toString).toList());
  }

  private OwnReport forNobody(String why) {
    return report(why, Bytes.NONE, List.of());
  }

  private OwnReport report(String note, Bytes body, List<String> recipients) {
    return new OwnReport(
        task.name().id(),
        task.day(),
        aggregation.messages() + unreadable,
        task.now(),
        note,
        body,
        recipients);
  }

  /** With as many rows as fit. */
  private Optional<byte[]> body() {
    for (int rows = MAX_ROWS; rows > 0; rows /= 2) {
      byte[] body = ReportWriter.compress(ReportWriter.write(aggregation.report(metadata(), rows)));
      if (body.length <= task.settings().maxBytes()) {
        return Optional.of(body);
      }
    }
    return Optional.empty();
  }

  private AggregateReport.Metadata metadata() {
    ReportSettings settings = task.settings();
    return new AggregateReport.Metadata(
        settings.organization(),
        settings.from().toString(),
        settings.contact(),
        task.name().id(),
        task.day().begin(),
        task.day().end(),
        unreadable == 0 ? List.of() : List.of(unreadable + " messages could not be read again"),
        Optional.of("Dovetail " + task.version()));
  }
}
