package dovetail.milter.filter;

import dovetail.dkim.DkimSigner;
import dovetail.dkim.SigningException;
import dovetail.dkim.SigningKey;
import dovetail.mail.Author;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.mail.LineLengths;
import dovetail.milter.wire.Edit;
import dovetail.milter.wire.Reply;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The work on one message between the end of its header section and its own end. */
public sealed interface Inspection {
  /** The next bytes of the body; the buffer is read to its end and not kept. */
  void body(ByteBuffer chunk);

  /**
   * The message is complete.
   *
   * @throws SigningException if it had to be signed and could not be
   */
  Verdict end() throws SigningException;

  /** A message on which the decision has fallen: its body does not matter. */
  record Passing(Verdict verdict) implements Inspection {
    @Override
    public void body(ByteBuffer chunk) {
      chunk.position(chunk.limit());
    }

    @Override
    public Verdict end() {
      return verdict;
    }
  }

  /** A message of which archives may get copies, whatever else is done with it. */
  final class Copying implements Inspection {
    private final Inspection inner;
    private final Headers headers;
    private final ArchiveCopies copies;
    private final boolean mayHaveBeenHere;
    private final ArchiveGuard guard;

    /**
     * @param mayHaveBeenHere whether a guard that it carries counts
     */
    Copying(Inspection inner, Headers headers, ArchiveCopies copies, boolean mayHaveBeenHere) {
      this.inner = inner;
      this.headers = headers;
      this.copies = copies;
      this.mayHaveBeenHere = mayHaveBeenHere;
      this.guard = copies.guard();
    }

    @Override
    public void body(ByteBuffer chunk) {
      guard.body(chunk.duplicate());
      inner.body(chunk);
    }

    @Override
    public Verdict end() throws SigningException {
      return copies.finish(inner.end(), Optional.of(guard.end(headers)), mayHaveBeenHere);
    }
  }

  /**
   * What is known of a message at the end of its header section.
   *
   * @param headers its header section
   * @param removals the results in our name that are taken out
   * @param from what its From field says
   */
  record Plan(Headers headers, List<Edit> removals, Author from) {
    /** The domain of its author, if there is just one. */
    Optional<Domain> author() {
      return from.domain();
    }
  }

  /** A message that is being signed. */
  final class Signing implements Inspection {
    private final Plan plan;
    private final List<SigningKey> keys;
    private final DkimSigner signer;
    private final InstantSource clock;
    private final LineLengths lengths = new LineLengths();

    Signing(Plan plan, List<SigningKey> keys, DkimSigner signer, InstantSource clock) {
      this.plan = plan;
      this.keys = keys;
      this.signer = signer;
      this.clock = clock;
    }

    @Override
    public void body(ByteBuffer chunk) {
      lengths.update(chunk.duplicate());
      signer.body(chunk);
    }

    @Override
    public Verdict end() throws SigningException {
      List<HeaderField> fields = signer.finish(plan.headers(), clock.instant());
      List<Edit> edits = new ArrayList<>(plan.removals());
      // Each goes above what is there, so the first signature is inserted last.
      for (HeaderField field : fields.reversed()) {
        edits.add(new Edit.InsertHeader(0, field));
      }
      return new Verdict(
          Reason.SIGNED,
          new Reply.Accept(),
          edits,
          plan.author(),
          signatures(),
          lengths.longLines() + longHeaderLines(),
          Optional.empty(),
          Archival.NONE);
    }

    private List<Verdict.Signature> signatures() {
      return keys.stream()
          .map(key ->
              new Verdict.Signature(
                  key.domain().ascii(), key.selector(), key.key().algorithm().tag()))
          .toList();
    }

    private int longHeaderLines() {
      LineLengths header = new LineLengths();
      for (HeaderField field : plan.headers()) {
        if (field.length() > LineLengths.MAX_LINE) {
          header.update(ByteBuffer.wrap(field.raw()));
          header.update(ByteBuffer.wrap(new byte[] {'\r', '\n'}));
        }
      }
      return header.longLines();
    }
  }

  /** A message that is being verified. */
  final class Verifying implements Inspection {
    /** Tells the delivering side what to do with a message. */
    private static final String DISPOSITION = "X-Dovetail-Disposition";

    private final Plan plan;
    private final Reason reason;
    private final InboundFilter inbound;
    private final InboundFilter.Checks checks;
    private final Optional<String> returnPath;

    Verifying(
        Plan plan,
        Reason reason,
        InboundFilter inbound,
        InboundFilter.Checks checks,
        Optional<String> returnPath) {
      this.plan = plan;
      this.reason = reason;
      this.inbound = inbound;
      this.checks = checks;
      this.returnPath = returnPath;
    }

    @Override
    public void body(ByteBuffer chunk) {
      checks.body(chunk);
    }

    @Override
    public Verdict end() {
      AuthReport report = checks.finish(plan.headers(), plan.from());
      VerifyingSettings settings = inbound.settings();
      Disposition wanted =
          settings
              .policy()
              .decide(
                  report,
                  Traces.of(plan.headers(), returnPath, checks.relayHops()),
                  inbound.exceptions(),
                  reason);
      Disposition done =
          settings.shadow() ? new Disposition(Disposition.Action.NONE, reason) : wanted;
      List<Edit> edits = new ArrayList<>(plan.removals());
      // Those of strangers would be obeyed as if they were ours. A trusted client may hand on what
      // was filed before, and nobody would file it again.
      boolean stranger = report.dmarc().isPresent() || report.client().origin().isPresent();
      int strangers = stranger ? plan.headers().all(DISPOSITION).size() : 0;
      for (int i = strangers; i > 0; i--) {
        edits.add(new Edit.DeleteHeader(DISPOSITION, i));
      }
      edits.add(
          new Edit.InsertHeader(0, ResultsField.of(settings.authservId(), report))); // RFC 8601 5
      if (settings.receivedSpf()) {
        checks
            .outsider()
            .flatMap(outsider -> ReceivedSpfField.of(settings.authservId(), outsider, report))
            .ifPresent(field -> edits.add(new Edit.InsertHeader(0, field)));
      }
      switch (done.action()) {
        case NONE, DEFER, REJECT -> {}
        case MARK -> edits.add(field(done));
        case QUARANTINE -> {
          edits.add(field(done));
          if (settings.hold()) {
            edits.add(new Edit.Hold("quarantined by policy"));
          }
        }
      }
      return Verdict.verified(
          done,
          reply(done),
          edits,
          plan.author(),
          new Verdict.Findings(report, wanted, done, Feedback.is(plan.headers())));
    }

    private static Edit field(Disposition done) {
      return new Edit.InsertHeader(0, HeaderField.of(DISPOSITION, " " + done.words()));
    }

    private static Reply reply(Disposition disposition) {
      return switch (disposition.action()) {
        case NONE, MARK, QUARANTINE -> new Reply.Accept();
        case DEFER ->
            new Reply.Refuse(451, "4.7.1", "Message cannot be authenticated now - try again later");
        case REJECT ->
            new Reply.Refuse(550, "5.7.1", "Message refused by the policy of its author's domain");
      };
    }
  }
}
