package dovetail.serve;

import dovetail.auth.AuthConfig;
import dovetail.auth.TokenConfig;
import dovetail.auth.token.TokenRules;
import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Position;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.dkim.SigningKey;
import dovetail.http.HttpToken;
import dovetail.lookup.LookupConfig;
import dovetail.lookup.SrsConfig;
import dovetail.lookup.SrsRules;
import dovetail.mail.Domain;
import dovetail.milter.ArchiveConfig;
import dovetail.milter.DmarcConfig;
import dovetail.milter.DmarcReportsConfig;
import dovetail.milter.MilterConfig;
import dovetail.milter.MilterSettings;
import dovetail.milter.source.KeyFolder;
import dovetail.policy.PolicyConfig;
import dovetail.policy.RuleConfig;
import dovetail.policy.rule.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration that has been read and found right as a whole, keys included.
 *
 * @param settings the values of all keys
 * @param milter the milter's settings
 * @param keys the signing keys
 * @param archive whose mail is copied by the configuration, and with which secret
 * @param srs what SRS is to do, if it is configured and its secrets were read
 * @param token what peers must know for what is not for everybody over HTTP
 * @param tokens with which tokens one may log in, if any is good and their keys were read
 */
public record Configuration(
    Settings settings,
    MilterSettings milter,
    KeyFolder.Loaded keys,
    ArchiveConfig.Loaded archive,
    Optional<SrsRules> srs,
    Optional<HttpToken> token,
    Optional<TokenRules> tokens) {
  /** Where the configuration is looked for when no file is named. */
  public static final Path DEFAULT_FILE = Path.of("/etc/dovetail/dovetail.toml");

  /** All sections, in the order of the documentation. */
  public static final List<Section> SECTIONS =
      List.of(
          ServerConfig.SERVER,
          DnsConfig.SECTION,
          DatabaseConfig.SECTION,
          MilterConfig.SECTION,
          DmarcConfig.SECTION,
          DmarcReportsConfig.SECTION,
          ArchiveConfig.SECTION,
          LookupConfig.SECTION,
          PolicyConfig.SECTION,
          AuthConfig.SECTION,
          ServerConfig.HTTP);

  /** What is read from files that not everybody may read. */
  private record Secrets(
      KeyFolder.Loaded keys,
      ArchiveConfig.Loaded archive,
      Optional<SrsRules> srs,
      Optional<HttpToken> token,
      Optional<TokenRules> tokens) {
    static final Secrets NONE =
        new Secrets(
            KeyFolder.Loaded.NONE,
            ArchiveConfig.Loaded.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** A configuration that cannot be used; the message has one line for each thing that is wrong. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(String problem) {
      super(problem);
    }

    UnusableException(Exception cause) {
      super(cause.getMessage(), cause);
    }

    /** What is wrong, a line each. */
    public List<String> problems() {
      return String.valueOf(getMessage()).lines().toList();
    }
  }

  /**
   * Reads a configuration and the keys that it names.
   *
   * @param file the file that must be there; without one, the default file if it is there
   * @param hostName the host's own name
   */
  public static Configuration load(Optional<Path> file, String hostName) throws UnusableException {
    try {
      Settings settings = settings(file);
      refuseMissingFolder(settings);
      refuseMissingDatabase(settings);
      return of(
          settings,
          hostName,
          new Secrets(
              KeyFolder.load(settings.get(MilterConfig.KEYS), settings.get(MilterConfig.SIGNING)),
              ArchiveConfig.load(settings),
              SrsConfig.load(settings),
              token(settings),
              TokenConfig.load(settings)));
    } catch (ConfigException
        | KeyFolder.UnusableException
        | ArchiveConfig.UnusableException
        | SrsConfig.UnusableException
        | TokenConfig.UnusableException e) {
      throw new UnusableException(e);
    }
  }

  /**
   * Reads a configuration as {@link #load} does, but neither keys nor other secrets: not everybody
   * may read them.
   */
  public static Configuration loadWithoutKeys(Optional<Path> file, String hostName)
      throws UnusableException {
    try {
      return of(settings(file), hostName, Secrets.NONE);
    } catch (ConfigException e) {
      throw new UnusableException(e);
    }
  }

  private static Configuration of(Settings settings, String hostName, Secrets secrets) {
    return new Configuration(
        settings,
        MilterSettings.of(
            settings, names(settings, hostName), settings.get(DnsConfig.MESSAGE_TIMEOUT)),
        secrets.keys(),
        secrets.archive(),
        secrets.srs(),
        secrets.token(),
        secrets.tokens());
  }

  private static Optional<HttpToken> token(Settings settings) throws UnusableException {
    Optional<Path> file = settings.get(ServerConfig.HTTP_TOKEN_FILE);
    if (!settings.get(ServerConfig.HTTP_ENABLED) || file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(HttpToken.read(file.get()));
    } catch (IOException e) {
      throw new UnusableException("'http.token_file': " + e.getMessage());
    }
  }

  /** A folder that is named is meant to be there: without it all mail would go out unsigned. */
  private static void refuseMissingFolder(Settings settings) throws UnusableException {
    Optional<Position> named = settings.position(MilterConfig.KEYS);
    Path folder = settings.get(MilterConfig.KEYS);
    if (settings.get(MilterConfig.ENABLED) && named.isPresent() && !Files.isDirectory(folder)) {
      throw new UnusableException(named.get() + ": 'milter.keys': there is no folder " + folder);
    }
  }

  /** A rule that is meant to refuse, and would stand aside on every request. */
  private static void refuseMissingDatabase(Settings settings) throws UnusableException {
    if (!settings.get(PolicyConfig.ENABLED) || Stores.isUsed(settings)) {
      return;
    }
    for (RuleConfig rule : settings.get(PolicyConfig.RULES)) {
      if (rule.type().needsDatabase() && rule.mode() != Mode.OFF) {
        throw new UnusableException(
            "%s: 'policy.rule': the rule \"%s\" asks the database, and there is none: set 'database.url'"
                .formatted(rule.origin().position(), rule.name()));
      }
    }
  }

  private static Settings settings(Optional<Path> file) throws ConfigException {
    return file.isPresent()
        ? ConfigLoader.load(file.get(), SECTIONS)
        : ConfigLoader.loadIfPresent(DEFAULT_FILE, SECTIONS);
  }

  /** The folder of the signing keys, whether or not what is in it can be used. */
  public static Path keyFolder(Optional<Path> file) throws UnusableException {
    try {
      return settings(file).get(MilterConfig.KEYS);
    } catch (ConfigException e) {
      throw new UnusableException(e);
    }
  }

  /** All signing keys of those domains; of all domains if none is named. */
  public List<SigningKey> keysOf(List<Domain> domains) {
    return keys.keys().values().stream()
        .flatMap(List::stream)
        .filter(key -> domains.isEmpty() || domains.contains(key.domain()))
        .toList();
  }

  /** Whether there is nothing to sign with. */
  boolean hasNoKeys() {
    return keys.keys().isEmpty();
  }

  private static MilterSettings.Names names(Settings settings, String hostName) {
    String own = settings.get(ServerConfig.HOSTNAME).map(Domain::ascii).orElse(hostName);
    Set<String> all = new HashSet<>();
    all.add(own);
    settings.get(ServerConfig.AUTHSERV_IDS).forEach(id -> all.add(id.ascii()));
    return new MilterSettings.Names(own, all);
  }
}
