package dovetail.milter.report;

import dovetail.ledger.Entry;
import dovetail.milter.session.MessageRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes what was found into the ledger. */
public final class LedgerEvaluations implements Evaluations {
  private final Consumer<Supplier<Optional<Entry>>> journal;
  private final InstantSource clock;

  /**
   * @param journal takes what is still to be made of a message
   */
  public LedgerEvaluations(Consumer<Supplier<Optional<Entry>>> journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public void add(MessageRecord message) {
    if (!EntryMaker.isReported(message)) {
      return;
    }
    try {
      // Now: a message with all that was found may be large, and many may wait.
      Instant now = clock.instant();
      EntryMaker.evaluated(message)
          .ifPresent(found -> journal.accept(() -> Optional.of(EntryMaker.entry(found, now))));
    } catch (RuntimeException e) {
      journal.accept(() -> {
        throw e; // to whoever watches the journal: the message itself has its answer
      });
    }
  }
}
