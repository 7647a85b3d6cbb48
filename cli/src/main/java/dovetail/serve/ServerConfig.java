package dovetail.serve;

import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.mail.Domain;
import dovetail.milter.source.SigningRow;
import dovetail.observe.LogFormat;
import dovetail.outbox.Relay;
import dovetail.server.ListenAddress;
import dovetail.server.ListenSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/** The keys of the sections {@code [server]} and {@code [http]}. */
public final class ServerConfig {
  static final Key<Optional<Domain>> HOSTNAME =
      Key.of(
              "hostname",
              "domain",
              "mail.example.com",
              "Our name in Authentication-Results (authserv-id); the host's own name if not set.",
              SigningRow::domain)
          .optional();

  static final Key<List<Domain>> AUTHSERV_IDS =
      Key.list(
          "authserv_ids",
          List.of(),
          SigningRow::domain,
          "Other names of ours in Authentication-Results, on other hosts or in the past.");

  static final Key<Relay> RELAY =
      Key.of(
          "relay",
          "host",
          "localhost:25",
          "The SMTP server that takes mail of our own, such as reports; \"[::1]:25\" if it is an"
              + " IPv6 address.",
          ServerConfig::relay);

  static final Key<Duration> SHUTDOWN_GRACE =
      Key.duration(
          "shutdown_grace", "20s", "How long messages under way may take to end at shutdown.");

  static final Key<Optional<Path>> NATIVE_FOLDER =
      Key.path(
              "native_folder",
              "/var/lib/dovetail",
              "Where native code is unpacked for a moment; must allow execution. If not set: the"
                  + " unit's cache folder, else the folder for temporary files.")
          .optional();

  static final Key<LogFormat> LOG_FORMAT =
      Key.choice("log_format", LogFormat.class, LogFormat.TEXT, "How log lines are written.");

  static final Key<Level> LOG_LEVEL =
      Key.choice("log_level", Level.class, Level.INFO, "The least important lines to write.");

  static final Section SERVER =
      Section.of(
          "server",
          "What all services share.",
          List.of(
              HOSTNAME, AUTHSERV_IDS, RELAY, SHUTDOWN_GRACE, NATIVE_FOLDER, LOG_FORMAT, LOG_LEVEL));

  static final Key<Boolean> HTTP_ENABLED =
      Key.bool(
          "enabled",
          true,
          "Whether HTTP is served: /metrics, /health and, with a token, what is below /auth.");

  static final Key<List<ListenSpec>> HTTP_LISTEN =
      Key.list(
          "listen",
          List.of("inet:localhost:8890"),
          ListenSpec::read,
          "Where scrapers, health checks, Dovecot's Lua script and webmail reach us.");

  static final Key<Optional<Path>> HTTP_TOKEN_FILE =
      Key.path(
              "token_file",
              "/etc/dovetail/http.token",
              "A file whose one line is the token that what is below /auth demands, as a bearer token"
                  + " or as the password of any user; readable by Dovetail and by whoever has to send"
                  + " it, and by nobody else. Without it nothing is below /auth.")
          .optional();

  static final Section HTTP =
      Section.of(
              "http",
              "Metrics, health, and logins for programs that speak no other protocol.",
              List.of(HTTP_ENABLED, HTTP_LISTEN, HTTP_TOKEN_FILE))
          .check(ServerConfig::checkListeners)
          .when(settings -> settings.get(HTTP_ENABLED));

  private ServerConfig() {}

  private static Relay relay(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return Relay.parse(text)
        .orElseThrow(() ->
            value.error(
                "expected a host and perhaps a port, such as \"localhost:25\", \"192.0.2.1\" or"
                    + " \"[::1]:25\", found \""
                    + text
                    + "\""));
  }

  private static void checkListeners(Settings settings, Section.Complaints complaints) {
    if (settings.get(HTTP_LISTEN).isEmpty()) {
      complaints.at(HTTP_LISTEN, "expected at least one address; enabled = false switches it off");
    }
    for (ListenSpec spec : settings.get(HTTP_LISTEN)) {
      if (spec.address() instanceof ListenAddress.Unix) {
        complaints.at(
            HTTP_LISTEN, "HTTP is served on inet addresses only, not on " + spec.address());
      }
    }
  }
}
