package dovetail.milter.report;

import dovetail.ledger.Journal;
import dovetail.milter.session.MessageRecord;
import java.time.Instant;
import java.time.InstantSource;

/** Writes what was found into the ledger. */
public final class LedgerEvaluations implements Evaluations {
  private final Journal journal;
  private final InstantSource clock;

  public LedgerEvaluations(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public void add(MessageRecord message) {
    if (EvaluatedMessage.isReported(message)) {
      Instant now = clock.instant();
      journal.add(() -> EvaluatedMessage.entry(message, now));
    }
  }
}
