package dovetail.lookup;

import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.server.ListenSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of the section {@code [lookup]}. */
public final class LookupConfig {
  public static final Key<Boolean> ENABLED =
      Key.bool("enabled", true, "Whether the lookup tables are served.");

  public static final Key<List<ListenSpec>> LISTEN =
      Key.list(
          "listen",
          List.of("inet:localhost:10032"),
          ListenSpec::read,
          "Where Postfix reaches the tables, each by the name of its parameter:"
              + " socketmap:inet:localhost:10032:virtual_alias_maps. An address, or a table { address,"
              + " group, permissions, allow }. smtp_sasl_password_maps, which holds passwords, is"
              + " answered on unix sockets only: { address = \"unix:/run/dovetail/lookup\", group ="
              + " \"postfix\" }; for a Postfix that is chrooted below /var/spool/postfix.");

  public static final Key<Integer> MAX_CONNECTIONS =
      Key.integer(
          "max_connections",
          1000,
          1,
          100_000,
          "Connections at a time; beyond it, the longest idle one is closed. Each process of Postfix"
              + " has one.");

  static final Key<Duration> REQUEST_TIMEOUT =
      Key.atLeast(
          "1s",
          Key.duration(
              "request_timeout", "30s", "How long a request and its answer may take to pass."));

  static final Key<Duration> IDLE_TIMEOUT =
      Key.atLeast(
          "10s",
          Key.duration(
              "idle_timeout",
              "110s",
              "How long Postfix may be silent between requests; it closes a connection itself after"
                  + " 100 seconds at most."));

  public static final Key<Optional<String>> BULK_TRANSPORT =
      Key.of(
              "bulk_transport",
              "transport:nexthop",
              "slow:",
              "How mail of those leaves who are declared to send to many (dovetail limit set"
                  + " news@example.com --bulk): what sender_dependent_default_transport_maps answers"
                  + " for them where it has no row. A transport of master.cf with few processes and"
                  + " its own limits; mail for addresses here is not touched by it.",
              LookupConfig::transport)
          .optional();

  /** The whole section. */
  public static final Section SECTION =
      Section.of("lookup", "The lookup tables of Postfix, over socketmap.", keys())
          .check(LookupConfig::checkListeners)
          .check(SrsConfig::check)
          .check(MtaStsConfig::check);

  private LookupConfig() {}

  private static List<Key<?>> keys() {
    return Stream.of(
            List.<Key<?>>of(
                ENABLED, LISTEN, MAX_CONNECTIONS, REQUEST_TIMEOUT, IDLE_TIMEOUT, BULK_TRANSPORT),
            SrsConfig.KEYS,
            MtaStsConfig.KEYS)
        .flatMap(List::stream)
        .toList();
  }

  private static String transport(ConfigValue value) throws ConfigException {
    String text = value.asString();
    if (!text.matches("[A-Za-z0-9_.-]+:[!-~]*") || text.length() > 300) {
      throw value.error("expected a transport such as \"slow:\", found \"" + text + "\"");
    }
    return text;
  }

  private static void checkListeners(Settings settings, Section.Complaints complaints) {
    if (settings.get(ENABLED) && settings.get(LISTEN).isEmpty()) {
      complaints.at(LISTEN, "expected at least one address; enabled = false switches it off");
    }
    for (ListenSpec spec : settings.get(LISTEN)) {
      if (spec.mode().isPresent()) {
        complaints.at(
            LISTEN, "%s has a mode, of which lookups have none".formatted(spec.address()));
      }
    }
  }
}
