package dovetail.auth.answer;

import dovetail.directory.Account;
import dovetail.directory.LoginService;
import java.util.Optional;
import java.util.Set;

/** What an account's own password opens, by whomever it is compared. */
final class ServiceRights {
  private ServiceRights() {}

  /**
   * Whether the account may use a service.
   *
   * @param service by whatever word for it
   */
  static boolean isFor(String service, Account account) {
    Optional<LoginService> meant = LoginService.meant(service);
    Set<LoginService> granted = account.services();
    if (meant.isEmpty()) {
      // Nobody has a right for it, so who has all has it.
      return granted.size() == LoginService.values().length;
    }
    return granted.contains(meant.get()) && (meant.get() != LoginService.SMTP || account.send());
  }

  /** Whether the password alone is not enough there. */
  static boolean needsCode(String service, Account account, AuthenticatorSettings settings) {
    // Of a word that we do not know nobody can say that the password alone is enough there.
    return account.credentials().totp()
        && LoginService.meant(service)
            .map(settings.totp()::contains)
            .orElse(!settings.totp().isEmpty());
  }
}
