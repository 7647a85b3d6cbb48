package dovetail.milter.filter;

import dovetail.dkim.SigningKey;
import dovetail.mail.Author;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.milter.wire.Edit;
import dovetail.milter.wire.Reply;
import dovetail.spf.SpfClient;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** One message while its header section arrives. For one thread. */
public final class Intake {
  private final Submission submission;
  private final Standing standing;
  private final SigningFilter signing;
  private final InboundFilter inbound;
  private final InboundFilter.Checks checks;
  private final ForgedResults forged;
  private final ArchiveCopies copies;
  private final boolean sureToBeVerified;

  Intake(
      Submission submission,
      SigningFilter signing,
      InboundFilter inbound,
      ForgedResults forged,
      ArchiveCopies copies) {
    this.submission = submission;
    this.standing = signing.standing(submission, inbound.isRelay(submission.client()));
    this.signing = signing;
    this.inbound = inbound;
    this.checks = begin(inbound);
    this.forged = forged;
    this.copies = copies;
    this.sureToBeVerified = standing == Standing.STRANGER || submission.mode() == Mode.VERIFY;
  }

  /** Asks about a client for whom nobody here vouches. */
  private InboundFilter.Checks begin(InboundFilter filter) {
    Optional<InetAddress> address = submission.client().address();
    if (standing == Standing.STRANGER && filter.isRelay(submission.client())) {
      return filter.beginBehindRelay(returnPath());
    }
    if (standing == Standing.STRANGER && address.isPresent()) {
      return filter.begin(
          new Outsider(new SpfClient(address.get(), submission.helo()), returnPath()));
    }
    return filter.begin(
        submission.login().map(ClientReport::authenticated).orElse(ClientReport.NOTHING));
  }

  private Optional<String> returnPath() {
    return Optional.of(submission.senderAddress()).filter(path -> !path.isEmpty());
  }

  /** Somebody gets the message. */
  public void recipient(EnvelopeAddress address) {
    copies.recipient(address);
  }

  /** The next field of the header section. */
  public void field(HeaderField field) {
    forged.note(field);
    if (sureToBeVerified) {
      checks.field(field);
    }
  }

  /** A field that the limits do not let in. */
  public void surplus(HeaderField field) {
    forged.note(field);
  }

  /**
   * The header section is over.
   *
   * @param headers the fields that were let in
   * @param complete whether these are all
   */
  public Inspection complete(Headers headers, boolean complete) {
    Arrival arrival =
        new Arrival(
            submission,
            standing,
            headers,
            complete,
            forged.mayBeOurs(),
            forged.cameFromElsewhere());
    Author author = Author.of(headers);
    Decision decision = signing.decide(arrival, author);
    Inspection inspection =
        inspection(decision, new Inspection.Plan(headers, removals(decision), author));
    if (mayBeOurs()) {
      copies.sender(submission, signing.loginDomain());
      copies.author(author, headers);
    }
    return copies.isConcerned()
        ? new Inspection.Copying(inspection, headers, copies, mayCarryGuard())
        : inspection;
  }

  private Inspection inspection(Decision decision, Inspection.Plan plan) {
    return switch (decision) {
      case Decision.Sign(List<SigningKey> keys) -> signing.sign(plan, keys);
      case Decision.Verify(Reason reason) -> verify(plan, reason);
      case Decision.Pass(Reason reason) ->
          new Inspection.Passing(Verdict.accept(reason, plan.removals(), plan.author()));
      case Decision.PutOff(Reason reason) ->
          new Inspection.Passing(Verdict.putOff(reason, plan.author()));
      case Decision.Refuse(Reason reason) -> new Inspection.Passing(refusal(reason, plan));
    };
  }

  /**
   * Whether one of our users may have sent it. That a Received field names a stranger proves
   * nothing: whoever hands the message over may have written it, to have no copy made.
   */
  private boolean mayBeOurs() {
    return switch (standing) {
      case AUTHENTICATED, ORIGINATING, NON_SMTPD, TRUSTED -> true;
      case STRANGER -> false;
    };
  }

  /** Whoever has just written it, or brings it from outside, has no guard of ours to show. */
  private boolean mayCarryGuard() {
    return standing != Standing.AUTHENTICATED
        && (signing.mayHaveBeenHere(submission) || inbound.isRelay(submission.client()));
  }

  /** What becomes of a message on which we have failed: copied as far as its envelope says. */
  Verdict copied(Verdict verdict) {
    if (mayBeOurs()) {
      copies.sender(submission, signing.loginDomain());
    }
    return copies.finish(verdict, Optional.empty(), false);
  }

  private Inspection verify(Inspection.Plan plan, Reason reason) {
    if (!sureToBeVerified) {
      plan.headers().forEach(checks::field);
    }
    checks.endOfHeader();
    return new Inspection.Verifying(plan, reason, inbound, checks, returnPath());
  }

  /** Results in our name stay only where they may be ours: in mail that was here before. */
  private List<Edit> removals(Decision decision) {
    return decision instanceof Decision.Pass(Reason reason) && reason == Reason.SEEN_BEFORE
        ? forged.removalsBelowStranger()
        : forged.removals();
  }

  /** The results in our name that cannot be ours, whatever else is known of the message. */
  List<Edit> surelyForged() {
    boolean sure = sureToBeVerified || standing == Standing.AUTHENTICATED;
    return sure ? forged.removals() : forged.removalsBelowStranger();
  }

  /**
   * What is made outside of SMTP has nobody who could be told: it is taken, and the log says so.
   */
  private Verdict refusal(Reason reason, Inspection.Plan plan) {
    return submission.nonSmtpd()
        ? Verdict.accept(reason, plan.removals(), plan.author())
        : Verdict.refuse(
            reason,
            new Reply.Refuse(552, "5.3.4", "Message header section too large"),
            plan.author());
  }
}
