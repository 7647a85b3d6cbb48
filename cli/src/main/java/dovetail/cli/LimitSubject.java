package dovetail.cli;

import dovetail.config.Settings;
import dovetail.counter.CounterName;
import dovetail.directory.edit.Administration;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.MalformedFieldException;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import dovetail.policy.LimitConfig;
import dovetail.policy.PolicyConfig;
import dovetail.policy.rule.LimitKey;
import dovetail.server.Network;
import java.net.Inet4Address;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Whose limit, of which rule. It has one spelling as a row, and one by which the rule counts: of a
 * client both are the network that counts as one for the rule.
 */
final class LimitSubject {
  private static final String ALL = "*";

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "SUBJECT",
      description =
          "An account, a domain, a client's address (its network is meant, where the rule counts"
              + " networks) or network, or * for all.")
  String subject = "";

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description =
          "The name of the limit's rule; not needed if only one counts by login"
              + " (key = \"sasl_username\").")
  Optional<String> rule = Optional.empty();

  /** The rules that are meant, at least one. */
  List<LimitConfig> rules(Settings settings) {
    if (rule.isEmpty()) {
      List<LimitConfig> all = byLogin(settings);
      if (all.isEmpty()) {
        throw noneByLogin();
      }
      return all;
    }
    return List.of(
        named(settings)
            .orElseThrow(() -> misused("no rule of type limit is called \"" + rule.get() + "\"")));
  }

  private Optional<LimitConfig> named(Settings settings) {
    return PolicyConfig.limits(settings).stream()
        .filter(limit -> limit.name().equals(rule.orElse("")))
        .findFirst();
  }

  /** Those that are meant where none is named; there may be none. */
  static List<LimitConfig> byLogin(Settings settings) {
    return PolicyConfig.limits(settings).stream()
        .filter(limit -> limit.key() == LimitKey.SASL_USERNAME)
        .toList();
  }

  ParameterException noneByLogin() {
    return misused(
        "no rule of type limit counts by login; add one to [[policy.rule]], or name one with"
            + " --rule");
  }

  /** The one rule that is meant. */
  LimitConfig only(Settings settings) {
    List<LimitConfig> meant = rules(settings);
    if (meant.size() > 1) {
      throw misused(
          "several rules count by login, say which with --rule: "
              + String.join(", ", meant.stream().map(LimitConfig::name).toList()));
    }
    return meant.getFirst();
  }

  /**
   * The one rule that is meant; none where none counts by login, or none is called so: rows of bulk
   * senders need none.
   */
  Optional<LimitConfig> onlyIfAny(Settings settings) {
    boolean any = rule.isPresent() ? named(settings).isPresent() : !byLogin(settings).isEmpty();
    return any ? Optional.of(only(settings)) : Optional.empty();
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The row. */
  Row row(LimitConfig limit, Map<String, String> values) {
    return row(limit.name(), network(limit).map(LimitSubject::written).orElse(subject), values);
  }

  /** A row for which no rule is needed: of bulk senders. */
  Row anyRow(Settings settings, Map<String, String> values) {
    Optional<LimitConfig> known =
        rule.isPresent() ? named(settings) : byLogin(settings).stream().findFirst();
    return known
        .map(limit -> row(limit, values))
        .orElseGet(() -> row(rule.orElse("account"), subject, values));
  }

  private Row row(String name, String whose, Map<String, String> values) {
    try {
      return read(name, whose, values);
    } catch (MalformedFieldException e) {
      throw misused(String.valueOf(e.getMessage()));
    }
  }

  private static Row read(String name, String whose, Map<String, String> values)
      throws MalformedFieldException {
    Map<String, String> texts = new TreeMap<>(values);
    texts.put("subject", whose);
    texts.put("rule", name);
    return Row.read(Kind.LIMIT, texts);
  }

  /**
   * The row that is to be removed. A file may have brought in one that no rule looks for: that one
   * is meant if it is named as it stands there.
   */
  Row kept(LimitConfig limit, Administration administration) throws UnavailableException {
    try {
      Row written = read(limit.name(), subject, Map.of());
      if (administration.find(Kind.LIMIT, written.key()).isPresent()) {
        return written;
      }
    } catch (MalformedFieldException _) {
      // No row can be called that; the network below may be one.
    }
    return row(limit, Map.of());
  }

  /** The subject as rows have it. */
  String stored(LimitConfig limit) {
    return row(limit, Map.of()).key().getFirst();
  }

  /** The subject as the rule's counters have it. */
  String key(LimitConfig limit) {
    return network(limit).map(Network::toString).orElseGet(() -> stored(limit));
  }

  /** The counters that are the subject's own, and that of the accounts of a domain. */
  Stream<CounterName> counters(LimitConfig limit) {
    String key = key(limit);
    return (hasAccounts(limit, key, true) ? Stream.of(key, pool(key)) : Stream.of(key))
        .map(name -> new CounterName(limit.name(), name));
  }

  /** The counter that all accounts of a domain share. */
  static String pool(String domain) {
    return "@" + domain;
  }

  /**
   * Whether that may be counted itself: a login may look like a domain, or be a bare name; the
   * address of a sender cannot.
   */
  static boolean isCounted(LimitConfig limit, String key) {
    return limit.key() != LimitKey.SENDER || key.indexOf('@') >= 0 || key.equals(ALL);
  }

  /**
   * Whether there may be accounts in it: whether it is a domain, as far as can be told by its name.
   *
   * @param pool whether they share something, so that it is
   */
  static boolean hasAccounts(LimitConfig limit, String key, boolean pool) {
    return limit.key().hasAccounts()
        && key.indexOf('@') < 0
        && !key.equals(ALL)
        && (pool || key.indexOf('.') >= 0 || limit.key() == LimitKey.SENDER);
  }

  /** The network that counts as one client, where the rule counts clients. */
  private Optional<Network> network(LimitConfig limit) {
    if (limit.key() != LimitKey.CLIENT_ADDRESS || subject.equals(ALL)) {
      return Optional.empty();
    }
    Network asked;
    try {
      asked = Network.parse(subject);
    } catch (IllegalArgumentException e) {
      throw misused("the rule \"%s\" counts clients: %s".formatted(limit.name(), e.getMessage()));
    }
    Network counted = limit.prefixes().of(asked.address());
    if (subject.indexOf('/') >= 0 && asked.prefix() != counted.prefix()) {
      String parameter = asked.address() instanceof Inet4Address ? "ipv4_prefix" : "ipv6_prefix";
      throw misused(
          "the rule \"%s\" counts networks of /%d (%s), found %s"
              .formatted(limit.name(), counted.prefix(), parameter, subject));
    }
    return Optional.of(counted);
  }

  private static String written(Network network) {
    return network.address().getHostAddress() + "/" + network.prefix();
  }

  /** Refuses a subject for which the rule never looks. */
  void requireFound(LimitConfig limit) {
    if (!limit.settings(ZoneOffset.UTC).finds(key(limit))) {
      throw misused(
          "the rule \"%s\" counts by %s, which is never \"%s\""
              .formatted(limit.name(), limit.key().word(), subject));
    }
  }

  /** Says for which network it holds, where that is more than what was named. */
  void sayNetwork(LimitConfig limit) {
    network(limit)
        .filter(network -> network.prefix() < network.address().getAddress().length * 8)
        .filter(_ -> subject.indexOf('/') < 0)
        .ifPresent(network ->
            spec.commandLine()
                .getErr()
                .println(
                    "dovetail: the rule \"%s\" counts %s by its network: %s"
                        .formatted(limit.name(), subject, written(network))));
  }
}
