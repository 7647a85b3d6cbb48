package dovetail.milter.filter;

import dovetail.mail.Address;
import dovetail.milter.filter.Archival.Gap;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which archives get a copy of a message.
 *
 * @param deferGaps whether mail is put off of which a copy may be due that cannot be had
 */
public record ArchivePolicy(boolean deferGaps) {
  Archival decide(ArchiveReport report) {
    List<Address> to = new ArrayList<>();
    List<Address> before = new ArrayList<>();
    for (Address archive : report.wanted()) {
      Address canonical = archive.canonical();
      boolean has = report.recipients().contains(canonical) || report.copied().contains(canonical);
      (has ? before : to).add(archive);
    }
    return switch (report.mta()) {
      case WITH_PARAMETERS -> new Archival(to, before, gap(report, Gap.NONE));
      case PLAIN -> new Archival(to, before, gap(report, to.isEmpty() ? Gap.NONE : Gap.NO_DSN));
      case NONE ->
          new Archival(List.of(), before, gap(report, to.isEmpty() ? Gap.NONE : Gap.NOT_OFFERED));
    };
  }

  private static Gap gap(ArchiveReport report, Gap otherwise) {
    return report.unseen() == Gap.NONE ? otherwise : report.unseen();
  }

  /** Whether the message is to be tried again later instead. */
  boolean putsOff(Archival archival) {
    return switch (archival.gap()) {
      case NONE, NO_DSN -> false;
      case NOT_OFFERED, UNREADABLE, UNKNOWN -> deferGaps;
    };
  }
}
