package dovetail.policy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.counter.CounterSettings;
import dovetail.mail.Address;
import dovetail.outbox.OutgoingMail;
import dovetail.server.ListenSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of the section {@code [policy]}. */
public final class PolicyConfig {
  public static final Key<Boolean> ENABLED =
      Key.bool("enabled", true, "Whether the policy daemon runs.");

  public static final Key<List<ListenSpec>> LISTEN =
      Key.list(
          "listen",
          List.of("inet:localhost:10031"),
          ListenSpec::read,
          "Where Postfix reaches it: check_policy_service { inet:localhost:10031,"
              + " default_action=DUNNO, timeout=10s }. Without the default action, no mail at all is"
              + " taken while Dovetail is down. An address, or a table { address, group, permissions,"
              + " allow }.");

  public static final Key<Integer> MAX_CONNECTIONS =
      Key.integer(
          "max_connections",
          1000,
          1,
          100_000,
          "Connections at a time; beyond it, the longest idle one is closed. Each smtpd process has"
              + " one.");

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
              "1000s",
              "How long Postfix may be silent between requests; it closes a connection itself after"
                  + " 300 seconds (smtpd_policy_service_max_idle)."));

  public static final Key<Optional<ZoneId>> TIME_ZONE =
      Key.of(
              "time_zone",
              "time zone",
              "Europe/Paris",
              "Whose days limits of the kind calendar count, and in which times are told; the"
                  + " system's if not set.",
              PolicyConfig::zone)
          .optional();

  public static final Key<Integer> STRANGERS =
      Key.integer(
          "strangers",
          200_000,
          1_000,
          10_000_000,
          "The most clients, senders and other keys that strangers choose that limits count at a"
              + " time, about 400 bytes of memory each. What is beyond it is not counted; accounts"
              + " always are.");

  public static final Key<Integer> COUNTER_BATCH =
      Key.integer(
          "counter_batch",
          10,
          1,
          1_000_000,
          "Where several hosts share limits through MariaDB: how much each may count of one key"
              + " before it looks what the others have; of limits in bytes, that many messages. A limit"
              + " is exceeded by no more than that, or by the recipients of one message where those are"
              + " more, times the number of hosts; one in bytes by that many of the largest messages"
              + " times the number of hosts.");

  public static final Key<List<Address>> ALERT_TO =
      Key.list(
          "alert_to",
          List.of(),
          PolicyConfig::address,
          "Who gets a mail, by way of server.relay, when the sending of an account is suspended by a"
              + " rule of type breaker.");

  public static final Key<Optional<URI>> ALERT_WEBHOOK =
      Key.of(
              "alert_webhook",
              "URL",
              "https://chat.example.com/hooks/mail",
              "Where the same is posted as JSON: event, host, account, rule, cause, detail, since,"
                  + " until.",
              PolicyConfig::webhook)
          .optional();

  public static final Key<List<RuleConfig>> RULES =
      Key.tables(
          "rule",
          RuleConfig::read,
          "The rules, in the order in which they are asked; docs/policy.md has all types and their"
              + " parameters. Without any, every answer is DUNNO.");

  /** The whole section. */
  public static final Section SECTION =
      Section.of(
              "policy",
              "The policy daemon: sending limits and access rules, asked by Postfix's"
                  + " check_policy_service.",
              List.of(
                  ENABLED,
                  LISTEN,
                  MAX_CONNECTIONS,
                  REQUEST_TIMEOUT,
                  IDLE_TIMEOUT,
                  TIME_ZONE,
                  STRANGERS,
                  COUNTER_BATCH,
                  ALERT_TO,
                  ALERT_WEBHOOK,
                  RULES))
          .check(PolicyConfig::checkListeners)
          .check(PolicyConfig::checkNames);

  /** What a killed process loses. */
  private static final Duration COUNTER_PAUSE = Duration.ofMillis(500);

  private PolicyConfig() {}

  /** The zone in which days begin. */
  public static ZoneId zone(Settings settings) {
    return settings.get(TIME_ZONE).orElseGet(ZoneId::systemDefault);
  }

  /** The rules of type limit, those that are off among them. */
  public static List<LimitConfig> limits(Settings settings) {
    return settings.get(RULES).stream()
        .<LimitConfig>mapMulti((rule, sink) -> {
          if (rule.maker() instanceof LimitConfig limit) {
            sink.accept(limit);
          }
        })
        .toList();
  }

  /** How counters are kept. */
  public static CounterSettings counters(Settings settings) {
    return new CounterSettings(
        zone(settings), settings.get(STRANGERS), COUNTER_PAUSE, settings.get(COUNTER_BATCH));
  }

  private static ZoneId zone(ConfigValue value) throws ConfigException {
    String text = value.asString();
    try {
      return ZoneId.of(text);
    } catch (DateTimeException _) {
      throw value.error("expected a time zone such as \"Europe/Paris\", found \"" + text + "\"");
    }
  }

  private static Address address(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return Address.parse(text)
        .filter(OutgoingMail::isReachable)
        .orElseThrow(() -> value.error("expected an address in ASCII, found \"" + text + "\""));
  }

  private static URI webhook(ConfigValue value) throws ConfigException {
    String text = value.asString();
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw value.error("expected a URL of http or https, found \"" + text + "\"");
  }

  private static void checkListeners(Settings settings, Section.Complaints complaints) {
    if (settings.get(ENABLED) && settings.get(LISTEN).isEmpty()) {
      complaints.at(LISTEN, "expected at least one address; enabled = false switches it off");
    }
    for (ListenSpec spec : settings.get(LISTEN)) {
      if (spec.mode().isPresent()) {
        complaints.at(
            LISTEN, "%s has a mode, of which policies have none".formatted(spec.address()));
      }
    }
  }

  /** Counters, log lines and commands know a rule by its name. */
  private static void checkNames(Settings settings, Section.Complaints complaints) {
    Set<String> names = new HashSet<>();
    for (RuleConfig rule : settings.get(RULES)) {
      if (!names.add(rule.name())) {
        complaints.at(
            RULES,
            "two rules are called \"%s\": give one another name (%s)"
                .formatted(rule.name(), rule.origin().position()));
      }
    }
  }
}
