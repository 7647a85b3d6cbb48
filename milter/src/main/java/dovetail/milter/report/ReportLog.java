package dovetail.milter.report;

import dovetail.ledger.Delivery;
import dovetail.ledger.DomainDay;
import dovetail.ledger.OwnReport;

/** Learns what becomes of reports. */
public interface ReportLog {
  /** A report was made, or it was found that nobody wants one. */
  void made(OwnReport report);

  /** A report cannot be made yet. */
  void putOff(DomainDay day, String why);

  /** The rest of a round is not even tried. */
  void stopped(String why);

  /** A delivery was tried. */
  void tried(Delivery delivery);
}
