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
 * @param receipts what was charged
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
      Step step = new Step(rule, judged(rule, facts, receipts));
      steps.add(step);
      if (step.ruling() instanceof Ruling.Charged(Ruling.Receipt receipt, _)) {
        receipts.add(receipt);
      }
      if (step.counts() && step.ruling() instanceof Ruling.Refuses(_, Reply reply, _)) {
        receipts.forEach(Ruling.Receipt::refund);
        return new Judgement(reply, Optional.of(step), steps, List.of());
      }
      if (step.counts() && step.ruling() instanceof Ruling.Allows) {
        break;
      }
    }
    for (Step step : steps) {
      if (step.counts()) {
        note(step, facts.message());
      }
    }
    return new Judgement(next(facts), adding(steps), steps, receipts);
  }

  /** If the rule fails, Postfix asks again: what was charged before is given back. */
  private static Ruling judged(NamedRule rule, Facts facts, List<Ruling.Receipt> receipts) {
    try {
      return rule.rule().judge(facts);
    } catch (RuntimeException e) {
      receipts.forEach(Ruling.Receipt::refund);
      throw e;
    }
  }

  private static void note(Step step, MessageSoFar message) {
    if (step.ruling() instanceof Ruling.Adds(_, Reply reply, _)) {
      message.add(reply);
    }
  }

  private static Optional<Step> adding(List<Step> steps) {
    for (Step step : steps) {
      if (step.counts() && step.ruling() instanceof Ruling.Adds) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  /** The next thing to be done, if it can be at this stage. */
  private static Reply next(Facts facts) {
    Queue<Reply> due = facts.message().due();
    if (due.isEmpty()) {
      return Reply.Dunno.DUNNO;
    }
    Reply chosen = due.element();
    for (Reply reply : due) {
      if (reply instanceof Reply.Hold) {
        chosen = reply;
        break;
      }
    }
    if (!isPossible(chosen, facts.stage())) {
      return Reply.Dunno.DUNNO;
    }
    due.remove(chosen);
    return chosen;
  }

  private static boolean isPossible(Reply reply, Stage stage) {
    return switch (stage) {
      case MAIL, RCPT, DATA -> true;
      case END_OF_MESSAGE -> !(reply instanceof Reply.Prepend);
      case CONNECT, EHLO, HELO, VRFY, ETRN, OTHER -> false;
    };
  }
}
