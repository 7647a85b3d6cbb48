package dovetail.lookup;

import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.lookup.mtasts.FetchSettings;
import dovetail.lookup.mtasts.MtaSts;
import dovetail.lookup.mtasts.MtaStsSettings;
import dovetail.server.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of MTA-STS in the section {@code [lookup]}. */
public final class MtaStsConfig {
  private static final int HTTPS = 443;
  private static final int MAX_PORT = 65_535;

  public static final Key<Boolean> ENABLED =
      Key.bool(
          "mta_sts",
          false,
          "Whether smtp_tls_policy_maps has the policies that domains publish by MTA-STS, where no row"
              + " of the database says anything. Each domain that mail goes to is asked for one, over"
              + " HTTPS if its DNS shows that there is one: hence off unless switched on.");

  static final Key<Boolean> STRICT =
      Key.bool(
          "mta_sts_strict", false, "Whether policies that are only being tested are obeyed, too.");

  static final Key<Boolean> SERVERNAME =
      Key.bool(
          "mta_sts_servername",
          true,
          "Whether Postfix is told to name the host in TLS, as MTA-STS asks for; for Postfix before"
              + " 3.4, which does not know how, switch it off.");

  static final Key<Boolean> DANE =
      Key.bool(
          "mta_sts_dane",
          false,
          "Whether domains with a policy whose hosts have DANE records get dane-only instead, as"
              + " MTA-STS asks for. Takes a resolver that checks DNSSEC on this host, and"
              + " smtp_dns_support_level = dnssec in Postfix, which defers their mail without. Where"
              + " Postfix has smtp_tls_security_level = dane, set this together with mta_sts: with"
              + " mta_sts alone, domains that have both lose the protection of DANE.");

  static final Key<Duration> TIMEOUT =
      Key.atLeast(
          "100ms", Key.duration("mta_sts_timeout", "4s", "How long fetching one policy may take."));

  public static final Key<Path> FOLDER =
      Key.path(
          "mta_sts_folder",
          "/var/lib/dovetail/mta-sts",
          "Where policies are kept, so that a restart forgets none; made when it is first needed.");

  public static final Key<Integer> ENTRIES =
      Key.integer(
          "mta_sts_entries",
          10_000,
          10,
          1_000_000,
          "How many policies are kept: in memory, where long ones count as several, and in files.");

  static final Key<Optional<Path>> CA_FILE =
      Key.path(
              "mta_sts_ca_file",
              "/etc/ssl/certs/ca-certificates.crt",
              "Certificates (PEM) of authorities that are trusted in place of those that Java trusts.")
          .optional();

  static final Key<List<Network>> INTERNAL =
      Key.list(
          "mta_sts_internal",
          List.of(),
          Network::read,
          "Networks in which policy hosts may be though they are not public: whoever can publish a DNS"
              + " record could else have us connect to our own hosts.");

  static final Key<Integer> PORT =
      Key.integer(
          "mta_sts_port",
          HTTPS,
          1,
          MAX_PORT,
          "Where policy hosts listen; another one is for tests.");

  /** All of them. */
  static final List<Key<?>> KEYS =
      List.of(ENABLED, STRICT, SERVERNAME, DANE, TIMEOUT, FOLDER, ENTRIES, CA_FILE, INTERNAL, PORT);

  private MtaStsConfig() {}

  /** What is done with policies, if they are served. */
  public static Optional<MtaStsSettings> settings(Settings settings) {
    if (!settings.get(ENABLED)) {
      return Optional.empty();
    }
    List<Network> internal = settings.get(INTERNAL);
    return Optional.of(
        new MtaStsSettings(
            settings.get(STRICT),
            settings.get(SERVERNAME),
            settings.get(DANE),
            new FetchSettings(
                settings.get(TIMEOUT),
                settings.get(PORT),
                settings.get(CA_FILE),
                address -> Network.anyContains(internal, address))));
  }

  /** Where policies are kept. */
  public static MtaSts.Keeping keeping(Settings settings) {
    return new MtaSts.Keeping(settings.get(FOLDER), settings.get(ENTRIES));
  }

  static void check(Settings settings, Section.Complaints complaints) {
    settings
        .get(CA_FILE)
        .filter(file -> settings.get(ENABLED) && !Files.isReadable(file))
        .ifPresent(file -> complaints.at(CA_FILE, "there is no file " + file + " to be read"));
  }
}
