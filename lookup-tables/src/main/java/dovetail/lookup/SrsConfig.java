package dovetail.lookup;

import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.mail.Domain;
import dovetail.mail.MalformedException;
import dovetail.srs.SrsSecret;
import dovetail.srs.SrsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of the section {@code [lookup]} that SRS has. */
public final class SrsConfig {
  private static final Duration LEAST_AGE = Duration.ofDays(1);
  private static final Duration MOST_AGE = Duration.ofDays(365);
  private static final int SHORTEST_HASH = 4;
  private static final int LONGEST_HASH = 20;
  private static final char SEPARATOR = '=';

  static final Key<Optional<Domain>> DOMAIN =
      Key.of(
              "srs_domain",
              "domain",
              "example.com",
              "The domain of the addresses that stand for senders of forwarded mail; mail to it has to"
                  + " come here. Without it srs_forward and srs_reverse are refused.",
              SrsConfig::domain)
          .optional();

  static final Key<Path> SECRET_FILE =
      Key.path(
          "srs_secret_file",
          "/etc/dovetail/srs.secret",
          "The secrets behind those addresses, one a line as postsrsd has them: the first signs, any"
              + " is good for taking back.");

  static final Key<List<Domain>> LOCAL_DOMAINS =
      Key.list(
          "srs_local_domains",
          List.of(),
          SrsConfig::domain,
          "Domains whose senders keep their addresses, beside the virtual mailbox domains: those of"
              + " mydestination, and others whose SPF record names this host.");

  static final Key<Duration> MAX_AGE =
      Key.duration(
          "srs_max_age", "21d", "How long such an address takes mail back, in whole days.");

  static final Key<Integer> HASH_LENGTH =
      Key.integer(
          "srs_hash_length",
          SHORTEST_HASH,
          SHORTEST_HASH,
          LONGEST_HASH,
          "How many characters of proof such an address has.");

  static final Key<Integer> MIN_HASH_LENGTH =
      Key.integer(
          "srs_min_hash_length",
          SHORTEST_HASH,
          SHORTEST_HASH,
          LONGEST_HASH,
          "How many it needs to be taken back; raise it one srs_max_age after srs_hash_length.");

  static final List<Key<?>> KEYS =
      List.of(DOMAIN, SECRET_FILE, LOCAL_DOMAINS, MAX_AGE, HASH_LENGTH, MIN_HASH_LENGTH);

  /** SRS is configured, but its secrets cannot be used; the message says why. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(Path file, String why) {
      super("'lookup.srs_secret_file': " + file + ": " + why);
    }
  }

  private SrsConfig() {}

  private static Domain domain(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return Domain.parse(text)
        .orElseThrow(() -> value.error("expected a domain, found \"" + text + "\""));
  }

  static void check(Settings settings, Section.Complaints complaints) {
    Duration age = settings.get(MAX_AGE);
    if (age.compareTo(LEAST_AGE) < 0
        || age.compareTo(MOST_AGE) > 0
        || !age.equals(Duration.ofDays(age.toDays()))) {
      complaints.at(MAX_AGE, "expected whole days, \"1d\" to \"365d\"");
    }
    if (settings.get(MIN_HASH_LENGTH) > settings.get(HASH_LENGTH)) {
      complaints.at(MIN_HASH_LENGTH, "expected at most what 'srs_hash_length' says");
    }
  }

  /**
   * Reads the secrets, if SRS is configured.
   *
   * @throws UnusableException if they cannot be read, or anybody could read them
   */
  public static Optional<SrsRules> load(Settings settings) throws UnusableException {
    Optional<Domain> domain = settings.get(DOMAIN);
    if (!settings.get(LookupConfig.ENABLED) || domain.isEmpty()) {
      return Optional.empty();
    }
    SrsSettings srs =
        new SrsSettings(
            domain.get(),
            secrets(settings.get(SECRET_FILE)),
            SEPARATOR,
            settings.get(HASH_LENGTH),
            settings.get(MIN_HASH_LENGTH),
            settings.get(MAX_AGE));
    return Optional.of(new SrsRules(srs, settings.get(LOCAL_DOMAINS)));
  }

  private static List<SrsSecret> secrets(Path file) throws UnusableException {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        throw new UnusableException(file, "everybody can read it; chmod 0640 or 0600");
      }
      return SrsSecret.read(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      throw new UnusableException(
          file, "there is no such file; \"openssl rand -base64 24\" makes a secret");
    } catch (MalformedException e) {
      throw new UnusableException(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UnusableException(file, e.toString());
    }
  }
}
