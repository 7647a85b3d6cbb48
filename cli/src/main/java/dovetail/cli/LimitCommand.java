package dovetail.cli;

import dovetail.config.Settings;
import dovetail.counter.CounterName;
import dovetail.counter.Counters;
import dovetail.counter.Suspension;
import dovetail.counter.SuspensionStore;
import dovetail.counter.Use;
import dovetail.counter.quota.Quota;
import dovetail.directory.edit.Administration;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import dovetail.policy.LimitConfig;
import dovetail.policy.rule.Login;
import dovetail.policy.source.StoredLimits;
import dovetail.serve.PolicyTrial;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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
      LimitSuspendedCommand.class,
      LimitReleaseCommand.class
    })
final class LimitCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: set, list, show, remove, reset, suspended, release, load, dump");
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
    @Mixin LimitSubject subject;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "LIMITS",
        description =
            "Such as 100/1h,500/1d (s, m, h, d, w), unlimited, none or inherit; of a rule that"
                + " counts bytes 100MiB/1d (B, KiB, MiB, GiB).")
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
        new StoreAccess(config).apply(new Change.Put(subject.anyRow(settings, values)));
        return Exit.GOOD.status();
      }
      LimitConfig limit = subject.only(settings);
      subject.requireFound(limit);
      if (shared.isPresent() && !limit.key().hasAccounts()) {
        throw new ParameterException(
            spec.commandLine(),
            "the rule \"%s\" counts by %s: there are no accounts that could share a limit"
                .formatted(limit.name(), limit.key().word()));
      }
      limits.ifPresent(text -> values.put("limits", quota(limit, text)));
      shared.ifPresent(text -> values.put("shared", quota(limit, text)));
      if (bulk || noBulk) {
        values.put("bulk", bulk ? "yes" : "no");
      }
      if (values.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "nothing is to be set");
      }
      new StoreAccess(config).apply(new Change.Put(subject.row(limit, values)));
      subject.sayNetwork(limit);
      return Exit.GOOD.status();
    }

    private String quota(LimitConfig limit, String text) {
      if (text.equals(INHERIT)) {
        return "";
      }
      Optional<Quota> quota = limit.unit().quota(text);
      if (quota.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "expected a limit such as %s, unlimited, none or inherit, found %s"
                .formatted(limit.unit().example(), text));
      }
      Optional<String> complaint = quota.flatMap(limit.kind()::complaint);
      if (complaint.isPresent()) {
        throw new ParameterException(
            spec.commandLine(),
            "the rule \"%s\" is of kind calendar: %s".formatted(limit.name(), complaint.get()));
      }
      return quota.get().toString(); // rows do not know of what they are
    }
  }

  /** {@code dovetail limit show}. */
  @Command(
      name = "show",
      description = "Shows what somebody may send by each rule, and how much of it is used.")
  static final class ShowLimit implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;
    @Mixin LimitSubject subject;

    @Option(names = "--json", description = "Write JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
      Settings settings = config.loadWithoutKeys().settings();
      // A breaker suspends and knows bulk senders where nothing is limited, too.
      List<LimitConfig> rules =
          subject.rule.isPresent() ? subject.rules(settings) : LimitSubject.byLogin(settings);
      LimitStanding standing =
          new StoreAccess(config)
              .with(store -> {
                StoredLimits stored = PolicyTrial.limits(Optional.of(store));
                Counters counters = PolicyTrial.counters(settings, Optional.of(store));
                String login = Login.spelling(subject.subject);
                return new LimitStanding(
                    rules.isEmpty() ? login : subject.stored(rules.getFirst()),
                    stored.isBulk(login),
                    suspended(store.suspensions(), login),
                    rules.stream().map(rule -> use(rule, stored, counters)).toList());
              });
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.write(out, standing::write);
      } else {
        standing.lines().forEach(out::println);
      }
      return Exit.GOOD.status();
    }

    private static Optional<Suspension> suspended(SuspensionStore store, String login)
        throws UnavailableException {
      return store.all(InstantSource.system().instant()).stream()
          .filter(one -> one.account().equals(login))
          .findFirst();
    }

    private LimitUse use(LimitConfig rule, StoredLimits stored, Counters counters) {
      String key = subject.key(rule);
      // One that was set before the rule became of another kind is as if it were not there.
      Predicate<Quota> fits = quota -> rule.kind().complaint(quota).isEmpty();
      Quota quota = stored.of(rule.name(), key).filter(fits).orElse(rule.quota());
      String domain = key.substring(key.lastIndexOf('@') + 1);
      Optional<Quota> pool =
          rule.key().hasAccounts()
              ? stored.shared(rule.name(), domain).filter(fits)
              : Optional.empty();
      boolean accounts = LimitSubject.hasAccounts(rule, key, pool.isPresent());
      List<LimitUse.Part> parts = new ArrayList<>();
      if (LimitSubject.isCounted(rule, key)) {
        List<Use> uses = counters.use(new CounterName(rule.name(), key), quota, rule.kind());
        parts.add(new LimitUse.Part(accounts ? "as a login" : "", quota, uses));
      }
      if (accounts) {
        parts.add(new LimitUse.Part("each account", quota, List.of()));
      }
      pool.ifPresent(shared -> {
        CounterName name = new CounterName(rule.name(), LimitSubject.pool(domain));
        parts.add(
            new LimitUse.Part("all of " + domain, shared, counters.use(name, shared, rule.kind())));
      });
      return new LimitUse(rule.name(), subject.stored(rule), parts, stored.isBulk(key));
    }
  }

  /** {@code dovetail limit remove}. */
  @Command(name = "remove", description = "Takes all that was set away; what is used stays used.")
  static final class RemoveLimit implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;
    @Mixin LimitSubject subject;

    @Override
    public Integer call() throws Exception {
      Settings settings = config.loadWithoutKeys().settings();
      Optional<LimitConfig> limit = subject.onlyIfAny(settings);
      new StoreAccess(config)
          .with(store -> {
            Administration administration = store.administration();
            Row row =
                limit.isPresent()
                    ? subject.kept(limit.get(), administration)
                    : subject.anyRow(settings, Map.of());
            Change change = new Change.Remove(row, false);
            return administration.apply(List.of(change), StoreAccess.actor(), _ -> {});
          });
      return Exit.GOOD.status();
    }
  }

  /** {@code dovetail limit reset}. */
  @Command(
      name = "reset",
      description =
          "Has nothing be used of a limit, and ends a suspension; the running service learns of it"
              + " within a second. Of a domain it is what its accounts share, not what each of them"
              + " has used.")
  static final class ResetLimit implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;
    @Mixin LimitSubject subject;

    @Override
    public Integer call() throws Exception {
      Settings settings = config.loadWithoutKeys().settings();
      List<LimitConfig> rules =
          subject.rule.isPresent() ? subject.rules(settings) : LimitSubject.byLogin(settings);
      List<CounterName> names = rules.stream().flatMap(rule -> subject.counters(rule)).toList();
      boolean lifted =
          new StoreAccess(config)
              .with(store -> {
                if (!names.isEmpty()) {
                  store.counters().reset(subject.subject, names, StoreAccess.actor());
                }
                return store
                    .suspensions()
                    .lift(Login.spelling(subject.subject), StoreAccess.actor());
              });
      if (!lifted && rules.isEmpty()) {
        throw subject.noneByLogin();
      }
      rules.forEach(subject::sayNetwork);
      return Exit.GOOD.status();
    }
  }
}
