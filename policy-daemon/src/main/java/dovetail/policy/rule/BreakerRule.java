package dovetail.policy.rule;

import com.github.benmanes.caffeine.cache.Cache;
import dovetail.counter.Suspension;
import dovetail.mail.Domain;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import dovetail.server.Network;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Stops accounts whose sending is not like them: a password that was stolen. They receive as
 * before.
 */
public final class BreakerRule implements Rule {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xx", Locale.ROOT);

  /** However often an account is stopped, unless the setting is more. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private static final int IPV4_PREFIX = 24;
  private static final int IPV6_PREFIX = 48;

  private final Settings settings;
  private final Parts parts;
  private final Cache<String, Activity> accounts;

  /**
   * How it stops.
   *
   * @param hold whether mail of a stopped account waits in the hold queue, instead of being refused
   * @param zone in which times are told
   */
  public record Settings(
      String name, Breaker breaker, boolean hold, Refusal refusal, ZoneId zone) {}

  /** What it works with. */
  public record Parts(
      Suspensions suspensions,
      AccountHistory history,
      Activities activities,
      Limits limits,
      Hosted hosted) {}

  public BreakerRule(Settings settings, Parts parts) {
    this.settings = settings;
    this.parts = parts;
    this.accounts = parts.activities().of(settings.name());
  }

  @Override
  public Set<Stage> needs() {
    return Set.of(Stage.END_OF_MESSAGE);
  }

  @Override
  public Ruling judge(Facts facts) {
    Optional<String> login = facts.login();
    if (login.isEmpty()) {
      return new Ruling.Passes("nobody has logged in");
    }
    return switch (facts.stage()) {
      case RCPT, DATA, END_OF_MESSAGE ->
          parts
              .suspensions()
              .of(login.get(), facts.now())
              .map(suspension -> stoppedBefore(suspension, facts))
              .orElseGet(() -> looked(login.get(), facts));
      case CONNECT, EHLO, HELO, MAIL, VRFY, ETRN, OTHER ->
          new Ruling.NotNow("looks at recipients and at the end of a message");
    };
  }

  private Ruling stoppedBefore(Suspension suspension, Facts facts) {
    if (facts.stage() == Stage.END_OF_MESSAGE && isTried() && unknown(facts).isEmpty()) {
      learn(suspension.account(), facts);
    }
    return stopped(suspension, facts);
  }

  private boolean isTried() {
    return !parts.suspensions().areObeyed();
  }

  /** What a rule in the shadow would stop is sent, and is what the account does. */
  private void learn(String account, Facts facts) {
    Activity activity = accounts.get(account, _ -> new Activity());
    activity.learn(sent(facts), settings.breaker().ceiling());
    parts.history().reached(account, activity.peak(facts.now()));
  }

  private Ruling stopped(Suspension suspension, Facts facts) {
    String saw = "suspended until " + suspension.until() + ": " + suspension.detail();
    if (settings.hold()) {
      if (facts.stage() == Stage.END_OF_MESSAGE) {
        parts.suspensions().held(suspension, facts.request().get(Attribute.QUEUE_ID));
      }
      return new Ruling.Adds(
          Reason.SUSPENDED,
          new Reply.Hold("sending of " + suspension.account() + " is suspended"),
          saw);
    }
    return new Ruling.Refuses(
        Reason.SUSPENDED,
        settings
            .refusal()
            .reply(
                "7.1",
                "sending is suspended until "
                    + TIME.format(suspension.until().plusSeconds(59).atZone(settings.zone()))
                    + ", since this was not like your account; ask your postmaster"),
        saw);
  }

  private Ruling looked(String account, Facts facts) {
    Optional<String> unknown = unknown(facts);
    if (unknown.isPresent()) {
      // Nothing is counted either: our own people would be strangers, and what Postfix puts off
      // since its tables are away would be recipients that do not exist.
      return new Ruling.Abstains(unknown.get());
    }
    Allowance allowance =
        new Allowance(
            settings.breaker(), parts.history().of(account), parts.limits().isBulk(account));
    if (facts.stage() != Stage.END_OF_MESSAGE) {
      return new Ruling.Passes("not suspended; " + allowance.words());
    }
    Activity activity = accounts.get(account, _ -> new Activity());
    return switch (activity.add(sent(facts), allowance)) {
      case Activity.Added added -> {
        AccountHistory.Peak peak = activity.peak(facts.now());
        // That stays even if the message is given back: it is no more than was allowed.
        parts.history().reached(account, peak);
        yield new Ruling.Charged(added, saw(peak) + "; " + allowance.words());
      }
      case Activity.Excess excess -> exceeded(account, excess, facts);
    };
  }

  /** What it needs and nobody knows while the database is away. */
  private Optional<String> unknown(Facts facts) {
    if (!parts.history().isKnown() || !parts.limits().isKnown()) {
      return Optional.of("what accounts are used to send has not been read yet");
    }
    if (facts.stage() != Stage.END_OF_MESSAGE) {
      return Optional.empty();
    }
    return facts.message().domains().keySet().stream()
        .filter(domain -> !parts.hosted().isKnown(domain))
        .findAny()
        .map(domain -> "it is not known whether " + domain.ascii() + " is ours");
  }

  private String saw(AccountHistory.Peak peak) {
    return peak.recipients()
        + " recipients in "
        + peak.domains()
        + " domains "
        + parts.activities().span();
  }

  private Ruling exceeded(String account, Activity.Excess excess, Facts facts) {
    Instant since = facts.now().truncatedTo(ChronoUnit.SECONDS);
    Instant until = since.plus(time(account, facts.now()));
    Suspension suspension =
        new Suspension(account, since, until, excess.cause().word(), excess.detail());
    parts.suspensions().suspend(suspension, settings.name());
    if (isTried()) {
      learn(account, facts);
    } else {
      accounts.invalidate(account); // whoever is let go begins anew
    }
    return stopped(suspension, facts);
  }

  /** Twice as long as the last time, as long as nobody has done anything about the password. */
  private Duration time(String account, Instant now) {
    Duration usual = settings.breaker().suspend();
    return parts
        .suspensions()
        .ended(account, now)
        .map(last -> last.length().multipliedBy(2))
        .map(twice -> twice.compareTo(LONGEST) < 0 ? twice : LONGEST)
        .filter(longer -> longer.compareTo(usual) > 0)
        .orElse(usual);
  }

  private Activity.Sent sent(Facts facts) {
    MessageSoFar message = facts.message();
    int accepted = facts.recipientCount();
    List<String> domains = new ArrayList<>();
    int ours = 0;
    for (var entry : message.domains().entrySet()) {
      Domain domain = entry.getKey();
      if (message.isOurs(domain, parts.hosted())) {
        ours += entry.getValue();
      } else {
        domains.add(domain.ascii());
      }
    }
    int strangers = Math.min(accepted, Math.max(message.recipients(), accepted) - ours);
    return new Activity.Sent(
        facts.now(),
        accepted,
        strangers,
        message.refusedByOthers(accepted),
        domains,
        facts
            .client()
            .map(client ->
                Network.of(client, client.getAddress().length == 4 ? IPV4_PREFIX : IPV6_PREFIX)
                    .toString())
            .orElse(""));
  }
}
