package dovetail.milter.filter;

import dovetail.milter.source.Archiving;
import dovetail.milter.source.SigningKeys;
import java.util.List;
import java.util.Optional;

/** The milter's judgement: what is submitted is signed, what comes in is verified. */
public final class MessageFilter {
  private final FilterSettings settings;
  private final SigningFilter signing;
  private final InboundFilter inbound;
  private final Archiving archiving;

  public MessageFilter(FilterSettings settings, SigningKeys keys, FilterTools tools) {
    this.settings = settings;
    this.signing = new SigningFilter(settings.signing(), keys, tools);
    this.inbound = new InboundFilter(settings.verifying(), tools);
    this.archiving = tools.archiving();
  }

  /**
   * Begins with a message of which only the sender is known.
   *
   * @param mta which recipients may be added to it
   */
  public Intake begin(Submission submission, Additions mta) {
    return new Intake(
        submission,
        signing,
        inbound,
        new ForgedResults(
            settings.signing().authservIds(), new ReceivedClients(settings.signing().trusted())),
        new ArchiveCopies(archiving, settings.archiving(), mta));
  }

  /**
   * The answer to a message on which we have failed.
   *
   * @param intake what is known of it; nothing if we have failed before
   */
  public Verdict failed(Optional<Intake> intake) {
    Verdict verdict =
        Verdict.failed(
            settings.signing().acceptOnError(), intake.map(Intake::surelyForged).orElse(List.of()));
    return intake.map(begun -> begun.copied(verdict)).orElse(verdict);
  }
}
