package dovetail.cli;

import dovetail.config.Settings;
import dovetail.counter.CounterName;
import dovetail.counter.Counters;
import dovetail.counter.Suspension;
import dovetail.counter.Use;
import dovetail.counter.quota.Quota;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.MalformedFieldException;
import dovetail.directory.edit.Row;
import dovetail.mail.Address;
import dovetail.policy.LimitConfig;
import dovetail.policy.PolicyConfig;
import dovetail.policy.rule.LimitKey;
import dovetail.policy.source.StoredLimits;
import dovetail.serve.PolicyTrial;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail limit}. */
@Command(
    name = "limit",
    description = "What accounts and domains may send, and what they have sent.",
    subcommands = {
      LimitCommand.SetLimit.class,
      LimitCommand.ShowLimit.class,
      LimitCommand.RemoveLimit.class,
      LimitCommand.ResetLimit.class,
      LimitReleaseCommand.class
    })
final class LimitCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: set, list, show, remove, reset, release, load, dump");
  }

  /** Whose limit, of which rule. */
  static final class Subject {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Parameters(
        index = "0",
        paramLabel = "SUBJECT",
        description = "An account, a domain, a client's address or network, or * for all.")
    String subject = "";

    @Option(
        names = "--rule",
        paramLabel = "NAME",
        description =
            "The name of the limit's rule; not needed if only one counts by login"
                + " (key = \"sasl_username\").")
    Optional<String> rule = Optional.empty();

    /** The rules that are meant. */
    List<LimitConfig> rules(Settings settings) {
      List<LimitConfig> all = limits(settings);
      List<LimitConfig> meant =
          rule.isPresent()
              ? all.stream().filter(limit -> limit.name().equals(rule.get())).toList()
              : all.stream().filter(limit -> limit.key() == LimitKey.SASL_USERNAME).toList();
      if (meant.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            rule.map(name -> "no rule of type limit is called \"" + name + "\"")
                .orElse(
                    "no rule of type limit counts by login; add one to [[policy.rule]], or name one"
                        + " with --rule"));
      }
      return meant;
    }

    /** The one rule that is meant. */
    LimitConfig only(Settings settings) {
      List<LimitConfig> meant = rules(settings);
      if (meant.size() > 1) {
        throw new ParameterException(
            spec.commandLine(),
            "several rules count by login, say which with --rule: "
                + String.join(", ", meant.stream().map(LimitConfig::name).toList()));
      }
      return meant.getFirst();
    }

    /** The name under which is kept what no rule needs to know of: bulk senders. */
    String any(Settings settings) {
      return rule.orElseGet(() ->
          limits(settings).stream()
              .filter(limit -> limit.key() == LimitKey.SASL_USERNAME)
              .map(LimitConfig::name)
              .findFirst()
              .orElse("account"));
    }

    Row row(String name, Map<String, String> values) {
      Map<String, String> texts = new TreeMap<>(values);
      texts.put("subject", subject);
      texts.put("rule", name);
      try {
        return Row.read(Kind.LIMIT, texts);
      } catch (MalformedFieldException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
    }

    /** The subject as the rule's counters have it: of a client it is the network. */
    String canonical(LimitConfig limit) {
      String stored = row(limit.name(), Map.of()).key().getFirst();
      return limit.key() == LimitKey.CLIENT_ADDRESS
          ? limit.settings(ZoneOffset.UTC).prefixes().network(stored).orElse(stored)
          : stored;
    }
  }

  /** A login in its stored spelling. */
  static String login(String text) {
    return Address.parse(text)
        .map(address -> address.canonical().toString())
        .orElseGet(() -> text.toLowerCase(Locale.ROOT));
  }

  /** Whether that stands for the accounts of a domain; a login may be a bare name, too. */
  private static boolean isDomain(LimitConfig rule, String name) {
    return switch (rule.key()) {
      case SASL_USERNAME, SENDER -> name.indexOf('@') < 0 && name.indexOf('.') > 0;
      case SENDER_DOMAIN, CLIENT_ADDRESS, RECIPIENT_DOMAIN, CONSTANT -> false;
    };
  }

  private static List<LimitConfig> limits(Settings settings) {
    List<LimitConfig> limits = new ArrayList<>();
    settings
        .get(PolicyConfig.RULES)
        .forEach(rule -> {
          if (rule.maker() instanceof LimitConfig limit) {
            limits.add(limit);
          }
        });
    return limits;
  }

  /** {@code dovetail limit set}. */
  @Command(
      name = "set",
      description = {
        "Sets what somebody may send: dovetail limit set alice@example.com 100/1h,500/1d.",
        "For a domain that is what each of its accounts may, and --shared what all may together. An"
            + " account's own limit goes before its domain's, and that before the one for *, and that"
            + " before the rule's in the configuration. \"inherit\" takes a limit away, so that the"
            + " next one holds; \"unlimited\" limits nothing; \"none\" allows nothing."
      })
  static final class SetLimit implements Callable<Integer> {
    private static final String INHERIT = "inherit";

    @Spec CommandSpec spec;
    @Mixin ConfigOption config;
    @Mixin Subject subject;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "LIMITS",
        description = "Such as 100/1h,500/1d (s, m, h, d, w), unlimited, none or inherit.")
    Optional<String> limits = Optional.empty();

    @Option(
        names = "--shared",
        paramLabel = "LIMITS",
        description = "What all accounts of the domain may together.")
    Optional<String> shared = Optional.empty();

    @Option(
        names = "--bulk",
        description =
            "It is known to send to many, and is not suspended for it; its mail may leave by a"
                + " transport of its own.")
    boolean bulk;

    @Option(names = "--no-bulk", description = "It is not.")
    boolean noBulk;

    @Override
    public Integer call() throws Exception {
      Settings settings = config.loadWithoutKeys().settings();
      Map<String, String> values = new TreeMap<>();
      if (limits.isEmpty() && shared.isEmpty() && (bulk || noBulk)) {
        values.put("bulk", bulk ? "yes" : "no");
        new StoreAccess(config).apply(new Change.Put(subject.row(subject.any(settings), values)));
        return Exit.GOOD.status();
      }
      LimitConfig limit = subject.only(settings);
      limits.ifPresent(text -> values.put("limits", quota(limit, text)));
      shared.ifPresent(text -> values.put("shared", quota(limit, text)));
      if (bulk || noBulk) {
        values.put("bulk", bulk ? "yes" : "no");
      }
      if (values.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "nothing is to be set");
      }
      new StoreAccess(config).apply(new Change.Put(subject.row(limit.name(), values)));
      return Exit.GOOD.status();
    }

    private String quota(LimitConfig limit, String text) {
      if (text.equals(INHERIT)) {
        return "";
      }
      Optional<String> complaint = Quota.parse(text).flatMap(limit.kind()::complaint);
      if (complaint.isPresent()) {
        throw new ParameterException(
            spec.commandLine(),
            "the rule \"%s\" is of kind calendar: %s".formatted(limit.name(), complaint.get()));
      }
      return text;
    }
  }

  /** {@code dovetail limit show}. */
  @Command(
      name = "show",
      description = "Shows what somebody may send by each rule, and how much of it is used.")
  static final class ShowLimit implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;
    @Mixin Subject subject;

    @Option(names = "--json", description = "Write JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
      Settings settings = config.loadWithoutKeys().settings();
      List<LimitConfig> rules = subject.rules(settings);
      List<LimitUse> uses =
          new StoreAccess(config)
              .with(store -> {
                StoredLimits stored = PolicyTrial.limits(Optional.of(store));
                Counters counters = PolicyTrial.counters(settings, Optional.of(store));
                return rules.stream().map(rule -> use(rule, stored, counters)).toList();
              });
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.write(out, generator -> LimitUse.write(generator, uses));
      } else {
        uses.stream().flatMap(use -> use.lines().stream()).forEach(out::println);
        suspended()
            .ifPresent(
                one -> out.println("  suspended until " + one.until() + ": " + one.detail()));
      }
      return Exit.GOOD.status();
    }

    private Optional<Suspension> suspended() throws Exception {
      String login = login(subject.subject);
      return new StoreAccess(config)
          .with(store ->
              store.suspensions().all(InstantSource.system().instant()).stream()
                  .filter(one -> one.account().equals(login))
                  .findFirst());
    }

    private LimitUse use(LimitConfig rule, StoredLimits stored, Counters counters) {
      String name = subject.canonical(rule);
      boolean domain = isDomain(rule, name);
      Quota quota = stored.of(rule.name(), name).orElse(rule.quota());
      List<LimitUse.Part> parts = new ArrayList<>();
      List<Use> used =
          domain ? List.of() : counters.use(new CounterName(rule.name(), name), quota, rule.kind());
      parts.add(new LimitUse.Part(domain ? "each account" : "", quota, used));
      String owner = domain ? name : name.substring(name.lastIndexOf('@') + 1);
      stored
          .shared(rule.name(), owner)
          .ifPresent(pool ->
              parts.add(
                  new LimitUse.Part(
                      "all of " + owner,
                      pool,
                      counters.use(new CounterName(rule.name(), "@" + owner), pool, rule.kind()))));
      return new LimitUse(rule.name(), name, parts, stored.isBulk(name));
    }
  }

  /** {@code dovetail limit remove}. */
  @Command(name = "remove", description = "Takes all that was set away; what is used stays used.")
  static final class RemoveLimit implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;
    @Mixin Subject subject;

    @Override
    public Integer call() throws Exception {
      LimitConfig limit = subject.only(config.loadWithoutKeys().settings());
      new StoreAccess(config).apply(new Change.Remove(subject.row(limit.name(), Map.of()), false));
      return Exit.GOOD.status();
    }
  }

  /** {@code dovetail limit reset}. */
  @Command(
      name = "reset",
      description =
          "Has nothing be used of a limit, and ends a suspension; the running service learns of it"
              + " within a second.")
  static final class ResetLimit implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;
    @Mixin Subject subject;

    @Override
    public Integer call() throws Exception {
      Settings settings = config.loadWithoutKeys().settings();
      boolean lifted =
          new StoreAccess(config)
              .with(store -> store.suspensions().lift(login(subject.subject), StoreAccess.actor()));
      if (lifted && limits(settings).isEmpty()) {
        return Exit.GOOD.status();
      }
      List<LimitConfig> rules = subject.rules(settings);
      new StoreAccess(config)
          .with(store -> {
            for (LimitConfig rule : rules) {
              String name = subject.canonical(rule);
              store
                  .counters()
                  .reset(new CounterName(rule.name(), isDomain(rule, name) ? "@" + name : name));
            }
            return true;
          });
      return Exit.GOOD.status();
    }
  }
}
