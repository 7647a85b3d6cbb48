package dovetail.milter;

import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.dkim.CanonicalizationPair;
import dovetail.dkim.SignatureSettings;
import dovetail.mail.Domain;
import dovetail.milter.filter.IdentityTag;
import dovetail.milter.filter.LoginMatch;
import dovetail.milter.filter.Mode;
import dovetail.milter.source.SigningRow;
import dovetail.server.ListenSpec;
import dovetail.server.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of the section {@code [milter]}. */
public final class MilterConfig {
  /** What happens to a message on which Dovetail itself fails. */
  enum OnError {
    TEMPFAIL,
    ACCEPT
  }

  public static final Key<Boolean> ENABLED = Key.bool("enabled", true, "Whether the milter runs.");

  public static final Key<List<ListenSpec>> LISTEN =
      Key.list(
          "listen",
          List.of("inet:localhost:8891"),
          ListenSpec::read,
          "Where Postfix reaches the milter (smtpd_milters, non_smtpd_milters). An address, or a"
              + " table { address, mode, group, permissions, allow }. A unix socket has permissions 0600,"
              + " with a group 0660.");

  public static final Key<Mode> MODE =
      Key.choice(
          "mode",
          Mode.class,
          Mode.AUTO,
          "What listeners without a mode of their own do: auto signs what is submitted and verifies"
              + " the rest, sign takes every message for a submission, verify only verifies.");

  static final Key<List<Network>> TRUSTED =
      Key.list(
          "trusted",
          List.of("127.0.0.0/8", "::1/128"),
          Network::read,
          "Networks whose mail is signed without a login, unless it came from elsewhere before.");

  static final Key<List<Network>> RELAYS =
      Key.list(
          "relays",
          List.of(),
          Network::read,
          "Networks of hosts that hand on others' mail, such as backup MXs and gateways: it is judged"
              + " by the client that their Received fields name, also if they are trusted, too.");

  public static final Key<Path> KEYS =
      Key.path(
          "keys",
          "/etc/dovetail/keys",
          "The folder of the signing keys, <domain>/<selector>.pem. All keys of a domain sign.");

  public static final Key<List<SigningRow>> SIGNING =
      Key.tables(
          "signing",
          SigningRow::read,
          "Who signs for whom, where that is not the author's own domain: from (a domain,"
              + " \"*.domain\" or \"*\"), domain (whose keys sign), selectors (default: all).");

  static final Key<CanonicalizationPair> CANONICALIZATION =
      Key.of(
          "canonicalization",
          "simple|relaxed, for header and body",
          "relaxed/relaxed",
          "How header and body are normalised before they are hashed; the body is simple if only the"
              + " header is named (RFC 6376 3.5).",
          MilterConfig::canonicalization);

  static final Key<List<String>> SIGNED_HEADERS =
      Key.strings(
          "signed_headers", SignatureSettings.SIGNED, "Names of the header fields to be signed.");

  static final Key<List<String>> OVERSIGN =
      Key.strings(
          "oversign",
          List.of("To", "Cc", "Subject"),
          "Names of signed header fields of which nobody may add one later; From always is one.");

  static final Key<Optional<Duration>> EXPIRY =
      Key.duration("expiry", "14d", "How long signatures are good for; not limited if not set.")
          .optional();

  public static final Key<IdentityTag> IDENTITY =
      Key.choice(
          "identity",
          IdentityTag.class,
          IdentityTag.NONE,
          "The i= tag of signatures: none, the author's domain, or the author's address.");

  static final Key<LoginMatch> LOGIN_MATCH =
      Key.choice(
          "login_match",
          LoginMatch.class,
          LoginMatch.DOMAIN,
          "Which From addresses a login may have signed: those of its domain, or only its own.");

  static final Key<Optional<Domain>> LOGIN_DOMAIN =
      Key.of(
              "login_domain",
              "domain",
              "example.com",
              "The domain of logins that are a bare name.",
              SigningRow::domain)
          .optional();

  static final Key<Integer> MAX_SIGNATURES =
      Key.integer(
          "max_signatures",
          10,
          1,
          50,
          "DKIM signatures of one message that are verified, from the top; the others get the result"
              + " policy.");

  static final Key<Boolean> RECEIVED_SPF =
      Key.bool(
          "received_spf",
          false,
          "Whether what SPF has found is also written into a Received-SPF field (RFC 7208 9.1), for"
              + " programs that do not read Authentication-Results.");

  static final Key<OnError> ON_ERROR =
      Key.choice(
          "on_error",
          OnError.class,
          OnError.TEMPFAIL,
          "What becomes of a message on which Dovetail itself fails.");

  static final Key<OnError> ON_UNKNOWN_KEYS =
      Key.choice(
          "on_unknown_keys",
          OnError.class,
          OnError.TEMPFAIL,
          "What becomes of mail that may have to be signed while the database cannot say with which"
              + " keys: it is put off, or goes unsigned. Keys that were read before go on to sign.");

  public static final Key<Integer> MAX_CONNECTIONS =
      Key.integer(
          "max_connections",
          1000,
          1,
          100_000,
          "Connections at a time; beyond it, the longest idle one is closed.");

  static final Key<Long> MAX_PACKET =
      Key.atLeast(
          "64KiB",
          Key.size(
              "max_packet",
              "512KiB",
              "The longest packet of the MTA other than body chunks; above Postfix's"
                  + " header_size_limit."));

  static final Key<Long> MAX_HEADER_BYTES =
      Key.atLeast(
          "16KiB",
          Key.size(
              "max_header_bytes",
              "1MiB",
              "Bytes of a header section; a longer one is neither signed nor verified, but refused."));

  static final Key<Integer> MAX_HEADER_FIELDS =
      Key.integer(
          "max_header_fields",
          5000,
          10,
          1_000_000,
          "Fields of a header section; one with more is neither signed nor verified, but refused.");

  static final Key<Duration> PACKET_TIMEOUT =
      Key.atLeast(
          "1s", Key.duration("packet_timeout", "30s", "How long a packet may take to arrive."));

  static final Key<Duration> IDLE_TIMEOUT =
      Key.atLeast(
          "10s",
          Key.duration(
              "idle_timeout",
              "7210s",
              "How long the MTA may be silent between packets; it sends a message only when it has all"
                  + " of it."));

  /** The whole section. */
  public static final Section SECTION =
      Section.of(
              "milter",
              "The milter: signs outgoing mail, verifies incoming mail.",
              List.of(
                  ENABLED,
                  LISTEN,
                  MODE,
                  TRUSTED,
                  RELAYS,
                  KEYS,
                  SIGNING,
                  CANONICALIZATION,
                  SIGNED_HEADERS,
                  OVERSIGN,
                  EXPIRY,
                  IDENTITY,
                  LOGIN_MATCH,
                  LOGIN_DOMAIN,
                  MAX_SIGNATURES,
                  RECEIVED_SPF,
                  ON_ERROR,
                  ON_UNKNOWN_KEYS,
                  MAX_CONNECTIONS,
                  MAX_PACKET,
                  MAX_HEADER_BYTES,
                  MAX_HEADER_FIELDS,
                  PACKET_TIMEOUT,
                  IDLE_TIMEOUT))
          .check(MilterConfig::checkListeners)
          .check(MilterConfig::checkSignatures);

  private MilterConfig() {}

  private static void checkListeners(Settings settings, Section.Complaints complaints) {
    if (settings.get(ENABLED) && settings.get(LISTEN).isEmpty()) {
      complaints.at(LISTEN, "expected at least one address; enabled = false switches it off");
    }
    for (ListenSpec spec : settings.get(LISTEN)) {
      try {
        modeOf(spec, Mode.AUTO);
      } catch (IllegalArgumentException e) {
        complaints.at(LISTEN, String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * The mode of a listener.
   *
   * @throws IllegalArgumentException if its word is no mode
   */
  static Mode modeOf(ListenSpec spec, Mode fallback) {
    if (spec.mode().isEmpty()) {
      return fallback;
    }
    return switch (spec.mode().get()) {
      case "auto" -> Mode.AUTO;
      case "sign" -> Mode.SIGN;
      case "verify" -> Mode.VERIFY;
      case String other ->
          throw new IllegalArgumentException(
              "the mode of "
                  + spec.address()
                  + " is \""
                  + other
                  + "\", expected \"auto\", \"sign\" or \"verify\"");
    };
  }

  private static void checkSignatures(Settings settings, Section.Complaints complaints) {
    // Each step takes one key more from the settings, so that the right one is blamed.
    Key<?> last = SIGNED_HEADERS;
    try {
      signatures(settings, Set.of(), Optional.empty());
      last = OVERSIGN;
      signatures(settings, Set.copyOf(settings.get(OVERSIGN)), Optional.empty());
      last = EXPIRY;
      signatures(settings);
    } catch (IllegalArgumentException e) {
      complaints.at(last, String.valueOf(e.getMessage()));
    }
  }

  /**
   * How signatures are made, but for their {@code i=} tag, which depends on the author.
   *
   * @throws IllegalArgumentException if the settings contradict one another
   */
  public static SignatureSettings signatures(Settings settings) {
    return signatures(settings, Set.copyOf(settings.get(OVERSIGN)), settings.get(EXPIRY));
  }

  private static SignatureSettings signatures(
      Settings settings, Set<String> oversigned, Optional<Duration> expiry) {
    return new SignatureSettings(
        settings.get(CANONICALIZATION),
        settings.get(SIGNED_HEADERS),
        oversigned,
        expiry,
        Optional.empty());
  }

  private static CanonicalizationPair canonicalization(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return CanonicalizationPair.parse(text)
        .orElseThrow(
            () -> value.error("expected for example \"relaxed/simple\", found \"" + text + "\""));
  }
}
