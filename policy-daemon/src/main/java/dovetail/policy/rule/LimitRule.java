package dovetail.policy.rule;

import dovetail.counter.CounterName;
import dovetail.counter.Counters;
import dovetail.counter.Demand;
import dovetail.counter.Outcome;
import dovetail.counter.Use;
import dovetail.counter.quota.Quota;
import dovetail.policy.wire.Stage;
import java.util.List;
import java.util.Set;

/**
 * A sending limit. Looked at for each recipient and before the message, charged at its end by the
 * number of recipients that were accepted. Bounces of clients that have not logged in are free, and
 * so is what those who send from here write to one another.
 */
public final class LimitRule implements Rule {
  private static final int NEVER = 550;

  private final LimitSettings settings;
  private final Counters counters;
  private final LimitDemands demands;
  private final LimitWarnings warnings;

  /** Hears that a limit is nearly used up. */
  @FunctionalInterface
  public interface LimitWarnings {
    /**
     * Called when the use passes the percentage that is set.
     *
     * @param key whose limit
     */
    void nearly(String rule, String key, Use use);
  }

  public LimitRule(
      LimitSettings settings, Counters counters, LimitDemands demands, LimitWarnings warnings) {
    this.settings = settings;
    this.counters = counters;
    this.demands = demands;
    this.warnings = warnings;
  }

  @Override
  public Set<Stage> needs() {
    return Set.of(Stage.END_OF_MESSAGE);
  }

  @Override
  public Ruling judge(Facts facts) {
    return switch (facts.stage()) {
      case RCPT, DATA -> checked(facts);
      case END_OF_MESSAGE -> charged(facts);
      case CONNECT, EHLO, HELO, MAIL, VRFY, ETRN, OTHER ->
          new Ruling.NotNow("counts at the end of a message");
    };
  }

  private Ruling checked(Facts facts) {
    List<Demand> all = demands.of(facts);
    if (all.isEmpty()) {
      return new Ruling.Passes("nothing to count");
    }
    return switch (counters.check(all)) {
      case Outcome.Exceeded(int index, Use use) -> refused(all.get(index), use, facts);
      case Outcome.Granted(_, var uses) -> new Ruling.Passes(saw(all, uses));
    };
  }

  private Ruling charged(Facts facts) {
    List<Demand> all = demands.of(facts);
    if (all.isEmpty()) {
      return new Ruling.Passes("nothing to count");
    }
    return switch (counters.charge(all)) {
      case Outcome.Exceeded(int index, Use use) -> refused(all.get(index), use, facts);
      case Outcome.Granted(var charge, var uses) -> {
        warn(all, uses);
        yield new Ruling.Charged(() -> counters.refund(charge), saw(all, uses));
      }
    };
  }

  private Ruling refused(Demand demand, Use use, Facts facts) {
    if (demand.quota() instanceof Quota.None) {
      // For good: it is of no use to try that again.
      return new Ruling.Refuses(
          Reason.LIMIT_NONE,
          new Refusal(NEVER, settings.refusal().text())
              .reply("7.1", "no mail may be sent by this account"),
          demand.name().key() + " may send nothing");
    }
    String words = LimitText.refused(settings, demand, use, facts.now());
    // A message that never fits; at RCPT its other recipients still may be sent to.
    boolean never = demand.amount() > use.window().most() && facts.stage() != Stage.RCPT;
    Refusal refusal = never ? new Refusal(NEVER, settings.refusal().text()) : settings.refusal();
    return new Ruling.Refuses(
        Reason.LIMIT, refusal.reply("7.1", words), demand.name().key() + ": " + words);
  }

  private void warn(List<Demand> all, List<List<Use>> uses) {
    if (settings.warnPercent() == 0) {
      return;
    }
    for (int i = 0; i < all.size(); i++) {
      for (Use use : uses.get(i)) {
        long most = use.window().most();
        long before = use.used() - all.get(i).amount();
        if (isOver(use.used(), most) && !isOver(before, most)) {
          warnings.nearly(settings.name(), all.get(i).name().key(), use);
        }
      }
    }
  }

  private boolean isOver(long used, long most) {
    return used >= Math.ceilDiv(most * settings.warnPercent(), 100);
  }

  private static String saw(List<Demand> all, List<List<Use>> uses) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      CounterName name = all.get(i).name();
      for (Use use : uses.get(i)) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(name.key())
            .append(' ')
            .append(use.used())
            .append('/')
            .append(use.window().most());
      }
    }
    return text.isEmpty() ? "no limit" : text.toString();
  }
}
