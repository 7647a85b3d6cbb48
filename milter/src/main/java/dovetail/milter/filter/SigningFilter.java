package dovetail.milter.filter;

import dovetail.authres.AuthservId;
import dovetail.dkim.CryptoProvider;
import dovetail.dkim.DkimSigner;
import dovetail.dkim.SigningKey;
import dovetail.mail.Author;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.milter.source.SigningKeys;
import dovetail.milter.wire.Edit;
import dovetail.milter.wire.Reply;
import dovetail.server.Network;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Signs what is submitted: collects the facts of a message, has the policy decide, and obeys. */
public final class SigningFilter {
  private static final String RESULTS = "Authentication-Results";

  private final SigningSettings settings;
  private final SigningKeys keys;
  private final Supplier<CryptoProvider> crypto;
  private final InstantSource clock;
  private final ReceivedClients received;

  /**
   * @param crypto who computes; asked when a message is signed, since it may still be starting
   */
  public SigningFilter(
      SigningSettings settings,
      SigningKeys keys,
      Supplier<CryptoProvider> crypto,
      InstantSource clock) {
    this.settings = settings;
    this.keys = keys;
    this.crypto = crypto;
    this.clock = clock;
    this.received = new ReceivedClients(settings.trusted());
  }

  /**
   * Begins with a message whose header section is complete.
   *
   * @param complete whether {@code headers} are all of its fields, or only those that the limits
   *     let in
   */
  public Inspection begin(Submission submission, Headers headers, boolean complete) {
    Author author = Author.of(headers);
    SigningReport report = report(submission, headers, complete, author);
    Decision decision = settings.policy().decide(report);
    List<Edit> removals = removals(report, headers);
    Optional<Domain> domain = author.domain();
    return switch (decision) {
      case Decision.Sign(List<SigningKey> found) ->
          new Inspection.Signing(
              new Inspection.Plan(headers, removals, domain, found), signer(found, author), clock);
      case Decision.Pass(Reason reason) ->
          new Inspection.Passing(Verdict.accept(reason, removals, domain));
      case Decision.Refuse(Reason reason) ->
          new Inspection.Passing(refusal(reason, submission, domain));
    };
  }

  /** The answer to a message on which we have failed. */
  public Verdict failed() {
    return Verdict.failed(settings.acceptOnError());
  }

  private SigningReport report(
      Submission submission, Headers headers, boolean complete, Author author) {
    boolean trusted = isTrusted(submission.client());
    return new SigningReport(
        submission.mode(),
        Standing.of(submission, trusted),
        trusted || submission.nonSmtpd(),
        headers.all(RESULTS).stream().anyMatch(this::isOurs),
        headers.all("Received").stream().anyMatch(received::namesStranger),
        complete && isSignable(headers),
        submission.login(),
        author,
        author.domain().map(keys::find).orElse(List.of()));
  }

  /**
   * Whether no more fields have to be signed than can be; names are looked up only if it matters.
   */
  private boolean isSignable(Headers headers) {
    if (headers.fields().size() <= DkimSigner.MAX_FIELDS) {
      return true;
    }
    int count = 0;
    for (String name : settings.signatures().signed()) {
      count += headers.all(name).size();
    }
    return count <= DkimSigner.MAX_FIELDS;
  }

  private boolean isTrusted(Submission.Client client) {
    return client.local()
        || client
            .address()
            .filter(address -> Network.anyContains(settings.trusted(), address))
            .isPresent();
  }

  private DkimSigner signer(List<SigningKey> found, Author author) {
    return new DkimSigner(
        found, settings.signatures().withIdentity(settings.identity().of(author)), crypto.get());
  }

  /**
   * What is made outside of SMTP has nobody who could be told: it is taken, and the log says so.
   */
  private static Verdict refusal(Reason reason, Submission submission, Optional<Domain> author) {
    return submission.nonSmtpd()
        ? Verdict.accept(reason, List.of(), author)
        : Verdict.refuse(
            reason,
            new Reply.Refuse(552, "5.3.4", "Message header section too large to be signed"),
            author);
  }

  private boolean isOurs(HeaderField results) {
    return AuthservId.claims(results, settings.authservIds());
  }

  /** Results that a submitter has written in our name; last to first, since deleting renumbers. */
  private List<Edit> removals(SigningReport report, Headers headers) {
    boolean submitted =
        switch (report.standing()) {
          case AUTHENTICATED -> true;
          case ORIGINATING -> !report.mayHaveBeenHere();
          case NON_SMTPD, TRUSTED, STRANGER -> false;
        };
    if (!submitted || report.mode() == Mode.VERIFY || !report.carriesOurResults()) {
      return List.of();
    }
    List<HeaderField> results = headers.all(RESULTS);
    List<Edit> removals = new ArrayList<>();
    for (int i = results.size() - 1; i >= 0; i--) {
      if (isOurs(results.get(i))) {
        removals.add(new Edit.DeleteHeader(RESULTS, i + 1));
      }
    }
    return removals;
  }
}
