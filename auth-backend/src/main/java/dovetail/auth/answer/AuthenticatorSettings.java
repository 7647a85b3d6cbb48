package dovetail.auth.answer;

import dovetail.auth.token.TokenRules;
import dovetail.directory.LoginService;
import java.util.Optional;
import java.util.Set;

/**
 * How logins are decided.
 *
 * @param guard how patient we are with whoever tries passwords
 * @param totp services for which an account that has a secret of one-time passwords must give one
 *     behind its password; app passwords need none
 * @param scram whether SCRAM-SHA-256 is offered, so that accounts' own passwords need keys for it
 * @param tokens which tokens are good, if any are
 */
public record AuthenticatorSettings(
    GuardSettings guard, Set<LoginService> totp, boolean scram, Optional<TokenRules> tokens) {
  public AuthenticatorSettings {
    totp = Set.copyOf(totp);
  }
}
