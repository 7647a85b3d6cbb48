package dovetail.policy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.config.ConfigValue;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.NamePattern;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Rule;
import dovetail.policy.rule.Scope;
import dovetail.server.Network;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One table {@code [[policy.rule]]}, read.
 *
 * @param maker makes the rule, once there is all that it needs
 * @param origin where the table stands, for complaints
 */
public record RuleConfig(
    String name, RuleType type, Mode mode, Scope scope, Maker maker, ConfigValue origin) {
  private static final List<String> COMMON =
      List.of("type", "name", "mode", "contexts", "login", "clients", "except_clients");

  private static final int MAX_NAME = 64;

  /** Makes a rule. */
  @FunctionalInterface
  public interface Maker {
    /** The rule with its parameters. */
    Rule make(RuleTools tools);
  }

  /** Reads the parameters that one type has. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads them from the table.
     *
     * @param name the rule's name
     */
    Maker read(ConfigTable table, String name) throws ConfigException;
  }

  /** Reads a table. */
  static RuleConfig read(ConfigValue value) throws ConfigException {
    ConfigTable any = value.asTable(allKeys());
    RuleType type = any.require("type").asChoice(RuleType.class);
    ConfigTable table =
        value.asTable(Stream.concat(COMMON.stream(), type.keys().stream()).toArray(String[]::new));
    Optional<ConfigValue> named = table.get("name");
    String name = named.isPresent() ? name(named.get()) : type.word();
    return new RuleConfig(
        name,
        type,
        table.get("mode", word -> word.asChoice(Mode.class)).orElse(Mode.ON),
        scope(table, type),
        type.reader().read(table, name),
        value);
  }

  private static String[] allKeys() {
    return Stream.concat(
            COMMON.stream(), Arrays.stream(RuleType.values()).flatMap(type -> type.keys().stream()))
        .distinct()
        .toArray(String[]::new);
  }

  private static String name(ConfigValue value) throws ConfigException {
    String name = value.asString();
    if (!name.matches("[a-z0-9][a-z0-9_-]*") || name.length() > MAX_NAME) {
      throw value.error("expected a name of a-z, 0-9, _ and -");
    }
    return name;
  }

  private static Scope scope(ConfigTable table, RuleType type) throws ConfigException {
    List<String> contexts =
        table.get("contexts", list -> list.asList(ConfigValue::asString)).orElse(List.of());
    Set<String> distinct = new HashSet<>(contexts);
    return new Scope(
        distinct,
        table.get("login", word -> word.asChoice(Scope.Login.class)).orElse(type.login()),
        networks(table, "clients"),
        networks(table, "except_clients"));
  }

  private static List<Network> networks(ConfigTable table, String key) throws ConfigException {
    return table.get(key, list -> list.asList(Network::read)).orElse(List.of());
  }

  /** The keys of rules that refuse: {@code code} and {@code text}. */
  static Refusal refusal(ConfigTable table, int code) throws ConfigException {
    return new Refusal(
        table.get("code", value -> value.asInteger(400, 599)).orElse(code),
        table.get("text", RuleConfig::text));
  }

  /** A text that a client is told. */
  static String text(ConfigValue value) throws ConfigException {
    String text = value.asString();
    if (text.isBlank() || text.length() > 300 || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw value.error("expected one line of up to 300 characters, all of them ASCII");
    }
    return text;
  }

  /** A list of addresses and domains. */
  static List<NamePattern> patterns(ConfigTable table, String key) throws ConfigException {
    return table.get(key, list -> list.asList(RuleConfig::pattern)).orElse(List.of());
  }

  private static NamePattern pattern(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return NamePattern.parse(text)
        .orElseThrow(() ->
            value.error(
                "expected user@domain, user@, domain, *.domain or <>, found \"" + text + "\""));
  }

  /**
   * The rule in its place.
   *
   * @param all the rules among which it is
   */
  NamedRule rule(RuleTools tools, List<RuleConfig> all) {
    // What another breaker stops was not sent, and is not to be learned in the shadow.
    boolean learns =
        all.stream().noneMatch(one -> one.type() == RuleType.BREAKER && one.mode() == Mode.ON);
    RuleTools own = mode == Mode.SHADOW ? tools.tried(learns) : tools;
    return new NamedRule(name, type.word(), mode, scope, maker.make(own));
  }
}
