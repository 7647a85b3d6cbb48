package dovetail.milter;

import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.milter.report.ReportSettings;
import dovetail.milter.report.Unwanted;
import dovetail.outbox.OutgoingMail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of the section {@code [milter.dmarc.reports]}. */
public final class DmarcReportsConfig {
  public static final Key<Boolean> ENABLED =
      Key.bool(
          "enabled",
          false,
          "Whether owners of domains are told once a day what became of mail in their name, where"
              + " they ask for that (DMARC aggregate reports). Done by the process that runs the milter;"
              + " needs the database.");

  static final Key<Optional<Address>> EMAIL =
      Key.of(
              "email",
              "address",
              "dmarc-reports@example.com",
              "Where reports come from, and where their answers go. Its domain must have SPF or a"
                  + " DKIM key that signs here: reports that fail DMARC are refused.",
              DmarcReportsConfig::address)
          .optional();

  static final Key<Optional<String>> ORGANIZATION =
      Key.of(
              "organization",
              "string",
              "Example Ltd.",
              "Who reports, for people; the domain of the address if not set.",
              DmarcReportsConfig::line)
          .optional();

  static final Key<Optional<String>> CONTACT =
      Key.of(
              "contact",
              "string",
              "https://example.com/abuse",
              "How else to reach you.",
              DmarcReportsConfig::line)
          .optional();

  static final Key<Integer> MIN_MESSAGES =
      Key.integer(
          "min_messages",
          1,
          1,
          1_000_000,
          "A domain with fewer messages on a day gets no report about it.");

  static final Key<List<Unwanted>> SUPPRESS =
      Key.list(
          "suppress",
          List.of(),
          DmarcReportsConfig::unwanted,
          "Addresses and domains that get no reports; a domain stands for all below it, as the one"
              + " that is reported about and as that of a recipient.");

  static final Key<Long> MAX_SIZE =
      Key.atLeast(
          "1KiB",
          Key.size(
              "max_size",
              "6MiB",
              "The largest report, compressed, at most 10MiB; its mail is a third larger, and has to"
                  + " fit into Postfix's message_size_limit. What does not fit is left off, and the"
                  + " report says so."));

  public static final Key<Duration> KEEP =
      Key.atLeast(
          "7d",
          Key.duration(
              "keep", "400d", "How long reports are kept: our own, and those that were imported."));

  public static final Key<Path> SPOOL =
      Key.path(
          "spool",
          "/var/lib/dovetail/spool",
          "The folder in which what was found waits while the database is away.");

  /** The whole section. */
  public static final Section SECTION =
      Section.of(
              "milter.dmarc.reports",
              "What owners of domains are told.",
              List.of(
                  ENABLED,
                  EMAIL,
                  ORGANIZATION,
                  CONTACT,
                  MIN_MESSAGES,
                  SUPPRESS,
                  MAX_SIZE,
                  KEEP,
                  SPOOL))
          .check(DmarcReportsConfig::checkAddress)
          .check(DmarcReportsConfig::checkSize);

  private static final int MAX_LINE = 200;
  private static final long MOST_SIZE = 10L * 1024 * 1024;

  private DmarcReportsConfig() {}

  private static Address address(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return Address.parse(text)
        .filter(OutgoingMail::isReachable)
        .orElseThrow(() -> value.error("expected an address of ASCII, found \"" + text + "\""));
  }

  /** What can stand in a header and in a report. */
  private static String line(ConfigValue value) throws ConfigException {
    String text = value.asString();
    if (text.isBlank()
        || text.length() > MAX_LINE
        || !text.codePoints().allMatch(c -> c >= ' ' && c != 0x7F)) {
      throw value.error("expected one line of 1 to " + MAX_LINE + " characters");
    }
    return text;
  }

  private static Unwanted unwanted(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return Unwanted.parse(text)
        .orElseThrow(() -> value.error("expected an address or a domain, found \"" + text + "\""));
  }

  private static void checkAddress(Settings settings, Section.Complaints complaints) {
    if (settings.get(ENABLED) && settings.get(EMAIL).isEmpty()) {
      complaints.at(ENABLED, "reports need an address that they come from: set 'email'");
    }
  }

  /** What the database takes in one statement. */
  private static void checkSize(Settings settings, Section.Complaints complaints) {
    if (settings.get(MAX_SIZE) > MOST_SIZE) {
      complaints.at(MAX_SIZE, "expected at most \"10MiB\"");
    }
  }

  /**
   * How reports are made; nothing if there is no address that they can come from.
   *
   * @param hostName the name of this host
   */
  public static Optional<ReportSettings> settings(Settings settings, String hostName) {
    return settings
        .get(EMAIL)
        .map(from ->
            new ReportSettings(
                Domain.parse(hostName).orElse(from.domain()),
                settings.get(ORGANIZATION).orElse(from.domain().ascii()),
                from,
                settings.get(CONTACT),
                settings.get(MIN_MESSAGES),
                settings.get(SUPPRESS),
                settings.get(MAX_SIZE),
                settings.get(KEEP)));
  }
}
