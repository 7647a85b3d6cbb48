package dovetail.auth;

import dovetail.auth.answer.AuthenticatorSettings;
import dovetail.auth.answer.GuardSettings;
import dovetail.auth.answer.UserSettings;
import dovetail.auth.session.Mechanism;
import dovetail.auth.token.TokenRules;
import dovetail.config.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of all that answers here, as it takes them.
 *
 * @param requestTimeout how long a line and its answer may take to pass
 * @param mechanisms those that are offered
 * @param logins how they are decided
 * @param users where their mail is
 */
public record AuthSettings(
    Duration requestTimeout,
    Set<Mechanism> mechanisms,
    AuthenticatorSettings logins,
    UserSettings users) {
  public AuthSettings {
    mechanisms = Set.copyOf(mechanisms);
  }

  /**
   * Takes them from a configuration that has been checked.
   *
   * @param tokens which tokens are good, with keys that have been read
   */
  public static AuthSettings of(Settings settings, Optional<TokenRules> tokens) {
    return new AuthSettings(
        settings.get(AuthConfig.REQUEST_TIMEOUT),
        Set.copyOf(settings.get(AuthConfig.MECHANISMS)),
        new AuthenticatorSettings(
            new GuardSettings(
                settings.get(AuthConfig.WINDOW),
                settings.get(AuthConfig.CLIENT_ATTEMPTS),
                settings.get(AuthConfig.ACCOUNT_ATTEMPTS),
                settings.get(AuthConfig.BLOCK),
                settings.get(AuthConfig.DELAY),
                settings.get(AuthConfig.MOST_DELAY),
                settings.get(AuthConfig.EXEMPT)),
            Set.copyOf(settings.get(AuthConfig.TOTP)),
            AuthConfig.scram(settings),
            tokens),
        UserConfig.of(settings));
  }
}
