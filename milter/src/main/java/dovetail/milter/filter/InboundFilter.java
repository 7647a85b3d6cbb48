package dovetail.milter.filter;

import dovetail.arc.ArcResult;
import dovetail.arc.ArcVerifier;
import dovetail.dkim.DkimResult;
import dovetail.dkim.DkimVerifier;
import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.DmarcVerifier;
import dovetail.dns.Questions;
import dovetail.iprev.IprevVerifier;
import dovetail.mail.Author;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.milter.source.ExceptionTable;
import dovetail.server.Network;
import dovetail.spf.SpfClient;
import dovetail.spf.SpfVerifier;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Checks what comes in; what the findings mean is not decided here. */
public final class InboundFilter {
  private final VerifyingSettings settings;
  private final FilterTools tools;
  private final IprevVerifier iprev;
  private final SpfVerifier spf;
  private final DmarcVerifier dmarc;

  /** A filter that checks with these tools. */
  public InboundFilter(VerifyingSettings settings, FilterTools tools) {
    this.settings = settings;
    this.tools = tools;
    this.iprev = new IprevVerifier(tools.resolver());
    this.spf =
        new SpfVerifier(tools.resolver(), settings.authservId(), tools.wall(), tools.nanos());
    this.dmarc = new DmarcVerifier(tools.resolver());
  }

  VerifyingSettings settings() {
    return settings;
  }

  /** Those of this moment; nothing while they are not known. */
  Optional<ExceptionTable> exceptions() {
    return tools.exceptions().table();
  }

  /**
   * Begins with a message that an outsider brings. All that is asked of the DNS for it is waited
   * for once, at its end.
   */
  public Checks begin(Outsider outsider) {
    Checks checks = new Checks(ClientReport.NOTHING, Optional.empty());
    checks.ask(outsider);
    return checks;
  }

  /** Whether a client only hands on the mail of others. */
  boolean isRelay(Submission.Client client) {
    return client
        .address()
        .filter(address -> Network.anyContains(settings.relays(), address))
        .isPresent();
  }

  /**
   * Begins with a message that a relay brings: its client is the one that the Received fields of
   * relays name, and is asked about as soon as they do. The relay is never asked about.
   *
   * @param returnPath the sender, without angle brackets; nothing for the null sender
   */
  Checks beginBehindRelay(Optional<String> returnPath) {
    return new Checks(
        ClientReport.UNKNOWN_ORIGIN,
        Optional.of(new Relayed(new RelayPath(settings.relays()), returnPath)));
  }

  /** A message that a relay brings, whose client is being looked for. */
  private record Relayed(RelayPath path, Optional<String> returnPath) {
    Optional<Outsider> next(HeaderField received) {
      return path.next(received)
          .map(from -> new Outsider(new SpfClient(from.address(), from.helo()), returnPath));
    }
  }

  /**
   * Begins with a message whose client is not looked into: then DMARC is not evaluated, since a
   * failure means nothing where SPF is not known.
   *
   * @param known what is known of the client
   */
  public Checks begin(ClientReport known) {
    return new Checks(known, Optional.empty());
  }

  /** The checks of one message. */
  public final class Checks {
    private final Questions questions = questions();

    /** Of its own: whoever brings a message may use all of the other up, to evade the policy. */
    private final Questions policyQuestions = questions();

    private final ClientReport known;
    private final Optional<Relayed> relayed;
    private Optional<Outsider> outsider = Optional.empty();
    private Optional<ClientCheck> client = Optional.empty();
    private Optional<DkimVerifier> dkim = Optional.empty();
    private Optional<ArcVerifier> arc = Optional.empty();
    private boolean asked;

    private Checks(ClientReport known, Optional<Relayed> relayed) {
      this.known = known;
      this.relayed = relayed;
    }

    private void ask(Outsider found) {
      outsider = Optional.of(found);
      client = Optional.of(new ClientCheck(found, questions, iprev, spf));
    }

    /** Who is asked about, if anybody is. */
    Optional<Outsider> outsider() {
      return outsider;
    }

    /** Takes note of the next header field, and asks the DNS what it will be needed for. */
    public void field(HeaderField field) {
      if (field.is(DkimVerifier.FIELD)) {
        if (dkim.isEmpty()) {
          dkim = Optional.of(new DkimVerifier(crypto(), questions, settings.maxSignatures()));
        }
        dkim.get().signature(field);
      } else if (ArcVerifier.isPart(field)) {
        if (arc.isEmpty()) {
          arc = Optional.of(new ArcVerifier(crypto(), questions, ArcVerifier.MAX_SETS));
        }
        arc.get().field(field);
      } else if (relayed.isPresent() && field.is("Received")) {
        relayed.get().next(field).ifPresent(this::ask);
      } else if (hasClient() && field.is("From") && !asked) {
        asked = true; // of several, none will count
        askAbout(Author.of(new Headers(List.of(field))));
      }
    }

    /** Whether there is a client by whom the message is judged, or may yet be one. */
    private boolean hasClient() {
      return client.isPresent() || relayed.isPresent();
    }

    /** How many of the Received fields were written by relays of ours. */
    int relayHops() {
      return relayed.map(from -> from.path().hops()).orElse(0);
    }

    private Questions questions() {
      return new Questions(tools.resolver(), settings.patience(), tools.nanos());
    }

    private DkimVerifier.Tools crypto() {
      return new DkimVerifier.Tools(tools.crypto().get(), tools.publicKeys());
    }

    /** The policy is known by the time that it is to be applied; nobody waits for this. */
    private void askAbout(Author author) {
      Optional<Domain> domain = author.domain();
      domain.ifPresent(name -> policyQuestions.ahead(() -> dmarc.verify(name, List.of())));
    }

    /** The header section is over. */
    public void endOfHeader() {
      arc.ifPresent(ArcVerifier::endOfHeader);
    }

    /** The next bytes of the body; the buffer is read to its end. */
    public void body(ByteBuffer chunk) {
      arc.ifPresent(verifier -> verifier.body(chunk.duplicate()));
      dkim.ifPresentOrElse(verifier -> verifier.body(chunk), () -> chunk.position(chunk.limit()));
    }

    /**
     * Ends the message, and waits for the answers that are still to come.
     *
     * @param author what the From field says
     */
    public AuthReport finish(Headers headers, Author author) {
      List<DkimResult> signatures =
          dkim.map(verifier -> verifier.finish(headers, tools.wall().instant())).orElse(List.of());
      Optional<ArcResult> chain =
          arc.map(verifier -> verifier.finish(headers, tools.wall().instant()));
      Optional<ClientReport> found =
          client
              .map(ClientCheck::finish)
              .map(report -> relayed.isPresent() ? report.relayed() : report);
      return new AuthReport(
          found.orElse(known),
          signatures,
          chain,
          found.map(report -> dmarc(author, report, signatures)));
    }

    private DmarcResult dmarc(Author author, ClientReport client, List<DkimResult> signatures) {
      if (author.domain().isEmpty()) {
        return dmarc.verify(author, List.of()); // which asks nothing
      }
      return policyQuestions
          .ahead(() -> dmarc.verify(author, Identifiers.of(client.spf(), signatures)))
          .result()
          .orElseGet(() -> DmarcResult.timedOut(author.domain()));
    }
  }
}
