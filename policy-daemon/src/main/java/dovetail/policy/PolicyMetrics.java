package dovetail.policy;

import dovetail.observe.Metrics;
import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.Reason;
import dovetail.policy.rule.Ruling;
import dovetail.policy.wire.Reply;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the policy daemon counts. */
final class PolicyMetrics {
  private static final double NANOS = 1e9;

  private final Counter rulings;
  private final Counter reasons;
  private final Counter failures;
  private final Histogram delay;
  private final Answers answers;
  private final Map<String, OfRule> rules = new ConcurrentHashMap<>();

  private record Answers(
      CounterDataPoint dunno,
      CounterDataPoint rejected,
      CounterDataPoint deferred,
      CounterDataPoint prepend,
      CounterDataPoint hold) {
    CounterDataPoint of(Reply reply) {
      return switch (reply) {
        case Reply.Dunno _ -> dunno;
        case Reply.Refuse refuse -> refuse.temporary() ? deferred : rejected;
        case Reply.DeferIfPermit _ -> deferred;
        case Reply.Prepend _ -> prepend;
        case Reply.Hold _ -> hold;
      };
    }
  }

  private record OfRule(
      CounterDataPoint passed,
      CounterDataPoint refused,
      CounterDataPoint shadow,
      CounterDataPoint added,
      CounterDataPoint abstained) {}

  PolicyMetrics(Metrics metrics) {
    Counter counter =
        metrics.counter("dovetail_policy_requests", "Requests answered, by the answer.", "answer");
    answers =
        new Answers(
            counter.labelValues("dunno"),
            counter.labelValues("rejected"),
            counter.labelValues("deferred"),
            counter.labelValues("prepend"),
            counter.labelValues("hold"));
    rulings =
        metrics.counter(
            "dovetail_policy_rulings",
            "What rules said: passed, refused, added (a header field, a hold), abstained (what they"
                + " need is not known), and shadow for what a rule in shadow mode would have done.",
            "rule",
            "ruling");
    reasons =
        metrics.counter(
            "dovetail_policy_reasons",
            "Why rules refused or added something, by the word that log lines have; mode is on, or"
                + " shadow for what a rule in shadow mode would have done.",
            "rule",
            "mode",
            "reason");
    failures =
        metrics.counter("dovetail_policy_failures", "Requests on which Dovetail itself failed.");
    delay =
        metrics.histogram(
            "dovetail_policy_delay_seconds", "How long an answer took, the network aside.");
  }

  void answered(Judgement judgement, long nanos) {
    answers.of(judgement.reply()).inc();
    judgement.steps().forEach(this::said);
    delay.observe(nanos / NANOS);
  }

  private void said(Judgement.Step step) {
    OfRule rule = rules.computeIfAbsent(step.rule().name(), this::ofRule);
    boolean shadow = step.rule().mode() == Mode.SHADOW;
    switch (step.ruling()) {
      case Ruling.Passes _, Ruling.Charged _, Ruling.Allows _ -> rule.passed().inc();
      case Ruling.NotNow _ -> {}
      case Ruling.Abstains _ -> rule.abstained().inc();
      case Ruling.Refuses(Reason reason, _, _) -> {
        (shadow ? rule.shadow() : rule.refused()).inc();
        because(step, reason);
      }
      case Ruling.Adds(Reason reason, _, _) -> {
        (shadow ? rule.shadow() : rule.added()).inc();
        because(step, reason);
      }
    }
  }

  private void because(Judgement.Step step, Reason reason) {
    reasons.labelValues(step.rule().name(), step.counts() ? "on" : "shadow", reason.word()).inc();
  }

  private OfRule ofRule(String name) {
    return new OfRule(
        rulings.labelValues(name, "passed"),
        rulings.labelValues(name, "refused"),
        rulings.labelValues(name, "shadow"),
        rulings.labelValues(name, "added"),
        rulings.labelValues(name, "abstained"));
  }

  void failed() {
    failures.inc();
  }
}
