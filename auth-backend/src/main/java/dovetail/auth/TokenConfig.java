package dovetail.auth;

import dovetail.auth.session.Mechanism;
import dovetail.auth.token.TokenKeys;
import dovetail.auth.token.TokenRules;
import dovetail.auth.token.UnusableKeysException;
import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of the section {@code [auth]} that say which tokens are good. */
public final class TokenConfig {
  /** What a scope may be written with (RFC 6749 3.3). */
  private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  static final Key<List<Path>> KEYS =
      Key.list(
          "oauth_keys",
          List.of(),
          ConfigValue::asPath,
          "Files with the public keys of who issues tokens: a JWK set, as its jwks_uri has it, or PEM."
              + " They are read again at a reload, and nothing is fetched. For \"OAUTHBEARER\" and"
              + " \"XOAUTH2\" in 'mechanisms'.");

  static final Key<Optional<Path>> SECRET_FILE =
      Key.path(
              "oauth_secret_file",
              "/etc/dovetail/oauth.secret",
              "A file whose one line is a secret that the issuer signs tokens with instead (HS256), of at"
                  + " least 32 characters.")
          .optional();

  static final Key<Optional<String>> ISSUER =
      Key.of(
              "oauth_issuer",
              "string",
              "https://login.example.com/",
              "The issuer, exactly as it stands in tokens (iss).",
              TokenConfig::text)
          .optional();

  static final Key<List<String>> AUDIENCE =
      Key.list(
          "oauth_audience",
          List.of(),
          TokenConfig::text,
          "What tokens have to be for (aud), one of these: the name that the issuer has for this"
              + " server, or with ID tokens those of mail programs.");

  static final Key<String> USER_CLAIM =
      Key.of(
          "oauth_user_claim",
          "string",
          "email",
          "The claim with the address of the account; one that users cannot choose themselves.",
          TokenConfig::text);

  static final Key<List<String>> SCOPE =
      Key.list(
          "oauth_scope",
          List.of(),
          TokenConfig::word,
          "What tokens have to be good for (scope), all of these.");

  static final List<Key<?>> ALL = List.of(KEYS, SECRET_FILE, ISSUER, AUDIENCE, USER_CLAIM, SCOPE);

  /** Tokens are configured, but their keys cannot be used; the message says why. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(String why, Exception cause) {
      super("'auth.oauth_keys', 'auth.oauth_secret_file': " + why, cause);
    }
  }

  private TokenConfig() {}

  private static String text(ConfigValue value) throws ConfigException {
    String text = value.asString();
    if (text.isBlank()) {
      throw value.error("expected a text that is not empty");
    }
    return text;
  }

  private static String word(ConfigValue value) throws ConfigException {
    String text = value.asString();
    if (!WORD.matcher(text).matches()) {
      throw value.error("expected one word of a scope, found \"" + text + "\"");
    }
    return text;
  }

  private static boolean isSet(Settings settings) {
    return !settings.get(KEYS).isEmpty() || settings.get(SECRET_FILE).isPresent();
  }

  static void check(Settings settings, Section.Complaints complaints) {
    if (!isSet(settings)) {
      if (settings.get(AuthConfig.MECHANISMS).stream().anyMatch(Mechanism::takesTokens)) {
        complaints.at(
            AuthConfig.MECHANISMS,
            "OAUTHBEARER and XOAUTH2 need 'oauth_keys' or 'oauth_secret_file'");
      }
      return;
    }
    Key<?> blamed = settings.get(KEYS).isEmpty() ? SECRET_FILE : KEYS;
    // Without both, tokens for any other service of the issuer, and of its other customers, would
    // do.
    if (settings.get(ISSUER).isEmpty()) {
      complaints.at(blamed, "'oauth_issuer' has to say whose they are");
    }
    if (settings.get(AUDIENCE).isEmpty()) {
      complaints.at(blamed, "'oauth_audience' has to say what tokens must be for");
    }
  }

  /**
   * Reads the keys, if there are any.
   *
   * @throws UnusableException if they cannot be read, or anybody could read or write the secret
   */
  public static Optional<TokenRules> load(Settings settings) throws UnusableException {
    if (!settings.get(AuthConfig.ENABLED) || !isSet(settings)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TokenRules(
              TokenKeys.read(settings.get(KEYS), settings.get(SECRET_FILE)),
              settings.get(ISSUER).orElseThrow(),
              Set.copyOf(settings.get(AUDIENCE)),
              settings.get(USER_CLAIM),
              settings.get(SCOPE)));
    } catch (UnusableKeysException e) {
      throw new UnusableException(String.valueOf(e.getMessage()), e);
    }
  }
}
