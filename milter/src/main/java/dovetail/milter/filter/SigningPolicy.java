package dovetail.milter.filter;

import dovetail.mail.Address;
import dovetail.mail.Author;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a message is signed.
 *
 * @param loginMatch which addresses a login may use
 * @param loginDomain the domain of logins that have none
 */
public record SigningPolicy(LoginMatch loginMatch, Optional<Domain> loginDomain) {

  Decision decide(SigningReport report) {
    if (report.mode() == Mode.VERIFY) {
      return new Decision.Pass(Reason.MODE_VERIFY);
    }
    if (report.standing() == Standing.STRANGER) {
      return new Decision.Pass(Reason.NOT_SUBMISSION);
    }
    boolean authenticated = report.standing() == Standing.AUTHENTICATED;
    if (!authenticated && report.mayHaveBeenHere() && report.carriesOurResults()) {
      return new Decision.Pass(Reason.SEEN_BEFORE);
    }
    if (mayBeForwarded(report.standing()) && report.cameFromElsewhere()) {
      return new Decision.Pass(Reason.RECEIVED_UNTRUSTED);
    }
    if (!report.signable()) {
      return new Decision.Refuse(Reason.HEADERS_TOO_LARGE);
    }
    return switch (report.author()) {
      case Author.Missing _ -> new Decision.Pass(Reason.FROM_MISSING);
      case Author.Repeated _ -> new Decision.Pass(Reason.FROM_REPEATED);
      case Author.Ambiguous _ -> new Decision.Pass(Reason.FROM_AMBIGUOUS);
      case Author.Known known -> decide(report, known);
    };
  }

  private static boolean mayBeForwarded(Standing standing) {
    return switch (standing) {
      case NON_SMTPD, TRUSTED -> true;
      case AUTHENTICATED, ORIGINATING, STRANGER -> false;
    };
  }

  private Decision decide(SigningReport report, Author.Known author) {
    if (report.keys().isEmpty()) {
      return new Decision.Pass(Reason.NO_KEY);
    }
    if (report.login().isEmpty()) {
      return new Decision.Sign(report.keys());
    }
    Optional<Address> login = address(report.login().get());
    if (login.isEmpty()) {
      return new Decision.Pass(Reason.LOGIN_WITHOUT_DOMAIN);
    }
    return mayUse(login.get(), author.mailboxes())
        ? new Decision.Sign(report.keys())
        : new Decision.Pass(Reason.LOGIN_MISMATCH);
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
