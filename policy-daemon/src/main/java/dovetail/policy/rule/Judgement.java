package dovetail.policy.rule;

import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * What all rules together make of a request.
 *
 * @param reply the answer
 * @param decisive the rule behind it, if one is
 * @param steps what the rules said, in their order, up to the one that refused
 * @param receipts what was charged now
 */
public record Judgement(
    Reply reply, Optional<Step> decisive, List<Step> steps, List<Ruling.Receipt> receipts) {

  /** What one rule said. */
  public record Step(NamedRule rule, Ruling ruling) {
    /** Whether it is obeyed. */
    public boolean counts() {
      return rule.mode() == Mode.ON;
    }
  }

  /** What a rule wants to be done. */
  record Due(Step step, Reply reply) {}

  /**
   * Asks the rules in their order. The first refusal ends it, and gives back what was charged
   * before. Otherwise one of the things that are to be done is the answer: a HOLD before a header
   * field, which comes with the next request if there is one.
   */
  public static Judgement of(List<NamedRule> rules, Facts facts) {
    List<Step> steps = new ArrayList<>(rules.size());
    List<Ruling.Receipt> receipts = new ArrayList<>(2);
    for (NamedRule rule : rules) {
      if (rule.mode() == Mode.OFF || !rule.scope().covers(facts)) {
        continue;
      }
      Step step = fresh(new Step(rule, judged(rule, facts, receipts)), facts.message());
      steps.add(step);
      if (step.ruling() instanceof Ruling.Charged(Ruling.Receipt receipt, _)) {
        receipts.add(facts.message().charged(rule.name(), receipt));
      }
      if (step.counts() && step.ruling() instanceof Ruling.Refuses(Reason reason, Reply reply, _)) {
        if (facts.stage() == Stage.RCPT && reason != Reason.NO_SUCH_RECIPIENT) {
          facts.message().refusedByUs();
        }
        receipts.forEach(Ruling.Receipt::refund);
        if (facts.stage() == Stage.END_OF_MESSAGE) {
          facts.message().refund(); // what another line of main.cf was told before
        }
        return new Judgement(reply, Optional.of(step), steps, List.of());
      }
      if (step.counts() && step.ruling() instanceof Ruling.Allows) {
        break;
      }
    }
    for (Step step : steps) {
      note(step, facts.message());
    }
    Optional<Due> next = next(facts);
    return new Judgement(
        next.map(Due::reply).orElse(Reply.Dunno.DUNNO), next.map(Due::step), steps, receipts);
  }

  /**
   * It has not reached Postfix, which asks again: what was charged is given back, and what was to
   * be done still is.
   */
  public void takeBack(MessageSoFar message) {
    receipts.forEach(Ruling.Receipt::refund);
    decisive
        .filter(step -> step.ruling() instanceof Ruling.Adds)
        .ifPresent(step -> message.isDueAgain(new Due(step, reply)));
  }

  /** If the rule fails, Postfix asks again: what was charged before is given back. */
  private static Ruling judged(NamedRule rule, Facts facts, List<Ruling.Receipt> receipts) {
    if (facts.isBehindRecipients()
        && rule.rule().isByRecipient()
        && rule.scope().coversAny(facts.message().askers())) {
      return new Ruling.NotNow("was asked about each recipient");
    }
    if (facts.message().isCharged(rule.name())) {
      return new Ruling.Passes("has counted this message");
    }
    try {
      return rule.rule().judge(facts);
    } catch (RuntimeException e) {
      receipts.forEach(Ruling.Receipt::refund);
      throw e;
    }
  }

  /** What is added once for a message is not wanted again: that would be told and counted. */
  private static Step fresh(Step step, MessageSoFar message) {
    return step.ruling() instanceof Ruling.Adds(_, Reply reply, String saw)
            && message.isAdded(step, reply)
        ? new Step(step.rule(), new Ruling.Passes(saw))
        : step;
  }

  private static void note(Step step, MessageSoFar message) {
    if (step.ruling() instanceof Ruling.Adds(_, Reply reply, _)) {
      message.add(step, reply);
    }
  }

  /** The next thing to be done, if it can be at this stage; it is done then. */
  private static Optional<Due> next(Facts facts) {
    Queue<Due> due = facts.message().due();
    if (due.isEmpty()) {
      return Optional.empty();
    }
    Due chosen = due.element();
    for (Due one : due) {
      if (one.reply() instanceof Reply.Hold) {
        chosen = one;
        break;
      }
    }
    if (!isPossible(chosen.reply(), facts.stage())) {
      return Optional.empty();
    }
    due.remove(chosen);
    return Optional.of(chosen);
  }

  private static boolean isPossible(Reply reply, Stage stage) {
    return switch (stage) {
      case MAIL, RCPT, DATA -> true;
      case END_OF_MESSAGE -> !(reply instanceof Reply.Prepend);
      case CONNECT, EHLO, HELO, VRFY, ETRN, OTHER -> false;
    };
  }
}
