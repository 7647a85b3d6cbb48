package dovetail.milter.filter;

import dovetail.mail.Address;
import dovetail.mail.Author;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a message is signed, or else verified.
 *
 * @param loginMatch which addresses a login may use
 * @param loginDomain the domain of logins that have none
 * @param unsignedIfUnknown whether mail goes unsigned while it cannot be found out if there is a
 *     key
 */
public record SigningPolicy(
    LoginMatch loginMatch, Optional<Domain> loginDomain, boolean unsignedIfUnknown) {

  Decision decide(SigningReport report) {
    if (wasHereBefore(report)) {
      return new Decision.Pass(Reason.SEEN_BEFORE);
    }
    if (!report.complete()) { // a part of a header section proves nothing and is not signed
      return new Decision.Refuse(Reason.HEADERS_TOO_LARGE);
    }
    if (report.mode() == Mode.VERIFY) {
      return new Decision.Verify(Reason.MODE_VERIFY);
    }
    if (report.standing() == Standing.STRANGER) {
      return new Decision.Verify(Reason.NOT_SUBMISSION);
    }
    if (mayBeIncoming(report) && report.cameFromElsewhere()) {
      return unsigned(report, Reason.RECEIVED_UNTRUSTED);
    }
    return switch (report.author()) {
      case Author.Missing _ -> unsigned(report, Reason.FROM_MISSING);
      case Author.Repeated _ -> unsigned(report, Reason.FROM_REPEATED);
      case Author.Ambiguous _ -> unsigned(report, Reason.FROM_AMBIGUOUS);
      case Author.Known known -> decide(report, known);
    };
  }

  private static boolean wasHereBefore(SigningReport report) {
    return report.mode() != Mode.VERIFY
        && report.standing() != Standing.AUTHENTICATED
        && report.mayHaveBeenHere()
        && report.carriesOurResults();
  }

  /** What is surely submitted is never verified: its results would travel to others. */
  private static Decision unsigned(SigningReport report, Reason reason) {
    return mayBeIncoming(report) && report.mode() == Mode.AUTO
        ? new Decision.Verify(reason)
        : new Decision.Pass(reason);
  }

  private static boolean mayBeIncoming(SigningReport report) {
    return switch (report.standing()) {
      case NON_SMTPD, TRUSTED, STRANGER -> true;
      case AUTHENTICATED, ORIGINATING -> false;
    };
  }

  private Decision decide(SigningReport report, Author.Known author) {
    if (report.keys().isEmpty() && !report.keysKnown() && !unsignedIfUnknown) {
      return new Decision.PutOff(Reason.KEYS_UNKNOWN);
    }
    if (report.keys().isEmpty()) {
      return unsigned(report, report.keysKnown() ? Reason.NO_KEY : Reason.KEYS_UNKNOWN);
    }
    if (report.login().isEmpty()) {
      return sign(report);
    }
    Optional<Address> login = address(report.login().get());
    if (login.isEmpty()) {
      return unsigned(report, Reason.LOGIN_WITHOUT_DOMAIN);
    }
    return mayUse(login.get(), author.mailboxes())
        ? sign(report)
        : unsigned(report, Reason.LOGIN_MISMATCH);
  }

  private static Decision sign(SigningReport report) {
    return report.signable()
        ? new Decision.Sign(report.keys())
        : new Decision.Refuse(Reason.HEADERS_TOO_LARGE);
  }

  private Optional<Address> address(String login) {
    return login.indexOf('@') >= 0
        ? Address.parse(login)
        : loginDomain.flatMap(domain -> Address.parse(login + "@" + domain.ascii()));
  }

  private boolean mayUse(Address login, List<Address> authors) {
    return authors.stream()
        .allMatch(author ->
            author.domain().equals(login.domain())
                && switch (loginMatch) {
                  case DOMAIN -> true;
                  case ADDRESS -> isSame(author.localPart(), login.localPart());
                });
  }

  /**
   * Case counts beyond ASCII, where folding makes one of several letters: the Kelvin sign is a k.
   */
  private static boolean isSame(String one, String other) {
    return one.equals(other) || (one.equalsIgnoreCase(other) && isAscii(one) && isAscii(other));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
