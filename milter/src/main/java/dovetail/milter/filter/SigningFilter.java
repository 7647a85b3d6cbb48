package dovetail.milter.filter;

import dovetail.dkim.DkimSigner;
import dovetail.dkim.SigningKey;
import dovetail.mail.Author;
import dovetail.mail.Domain;
import dovetail.mail.Headers;
import dovetail.milter.source.SigningKeys;
import dovetail.server.Network;
import java.util.List;
import java.util.Optional;

/** Tells what is submitted from what comes in, and signs it. */
final class SigningFilter {
  private final SigningSettings settings;
  private final SigningKeys keys;
  private final FilterTools tools;

  SigningFilter(SigningSettings settings, SigningKeys keys, FilterTools tools) {
    this.settings = settings;
    this.keys = keys;
    this.tools = tools;
  }

  /**
   * How a message stands to us.
   *
   * @param relayed whether its client only hands it on
   */
  Standing standing(Submission submission, boolean relayed) {
    return Standing.of(submission, !relayed && isTrusted(submission.client()));
  }

  private boolean isTrusted(Submission.Client client) {
    return client.local()
        || client
            .address()
            .filter(address -> Network.anyContains(settings.trusted(), address))
            .isPresent();
  }

  /** What is to be done with a message. */
  Decision decide(Arrival arrival, Author author) {
    return settings.policy().decide(report(arrival, author));
  }

  private SigningReport report(Arrival arrival, Author author) {
    return new SigningReport(
        arrival.submission().mode(),
        arrival.standing(),
        mayHaveBeenHere(arrival.submission()),
        arrival.carriesOurResults(),
        arrival.cameFromElsewhere(),
        arrival.complete(),
        isSignable(arrival.headers()),
        arrival.submission().login(),
        author,
        author.domain().map(keys::find).orElse(List.of()),
        author.domain().map(keys::isKnown).orElse(true));
  }

  /** Whether its client is trusted or it was made on this host, so that it may come again. */
  boolean mayHaveBeenHere(Submission submission) {
    return isTrusted(submission.client()) || submission.nonSmtpd();
  }

  /** The domain of logins that are a bare name. */
  Optional<Domain> loginDomain() {
    return settings.policy().loginDomain();
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

  /** Goes on with the body of a message that is to be signed. */
  Inspection sign(Inspection.Plan plan, List<SigningKey> found) {
    DkimSigner signer =
        new DkimSigner(
            found,
            settings.signatures().withIdentity(settings.identity().of(plan.from())),
            tools.crypto().get());
    return new Inspection.Signing(plan, found, signer, tools.wall());
  }
}
