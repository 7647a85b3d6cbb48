package dovetail.policy;

import dovetail.observe.Hush;
import dovetail.observe.TransactionLine;
import dovetail.observe.TransactionLog;
import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.Reason;
import dovetail.policy.rule.Ruling;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Request;
import dovetail.policy.wire.Stage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests, and has a line for each on which a rule wanted something. The others have one
 * only while somebody looks for something.
 */
final class PolicyLog {
  private static final Logger logger = LoggerFactory.getLogger("policy");
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MOST_QUIET = 1_000;

  /** What is cut off a value behind so many characters. */
  private static final int MOST_VALUE = 320;

  private final TransactionLog log;
  private final PolicyMetrics metrics;
  private final Hush failed;
  private final Hush abstained;

  PolicyLog(TransactionLog log, PolicyMetrics metrics, LongSupplier nanos) {
    this.log = log;
    this.metrics = metrics;
    this.failed = new Hush(QUIET, MOST_QUIET, nanos);
    this.abstained = new Hush(QUIET, MOST_QUIET, nanos);
  }

  void answered(Request request, Judgement judgement, long nanos) {
    metrics.answered(judgement, nanos);
    boolean telling = judgement.decisive().isPresent();
    for (Judgement.Step step : judgement.steps()) {
      telling |= step.rule().mode() == Mode.SHADOW && wantsSomething(step.ruling());
      tellAbstention(step);
    }
    if (telling || logger.isDebugEnabled()) {
      log.write(
          new TransactionLine(
              "policy",
              queueId(request),
              word(judgement.reply()),
              facts(request, judgement, nanos)));
    }
  }

  private static boolean wantsSomething(Ruling ruling) {
    return ruling instanceof Ruling.Refuses || ruling instanceof Ruling.Adds;
  }

  private void tellAbstention(Judgement.Step step) {
    if (step.ruling() instanceof Ruling.Abstains(String why)
        && abstained.speaks(step.rule().name())) {
      logger.warn("the rule \"{}\" stands aside: {}", step.rule().name(), shown(why));
    }
  }

  void failed(Request request, RuntimeException cause) {
    metrics.failed();
    if (failed.speaks(String.valueOf(cause.getClass()))) {
      logger.error(
          "failed on a request of {}, closed without an answer",
          shown(request.get(Attribute.CLIENT_ADDRESS)),
          cause);
    }
  }

  private static String queueId(Request request) {
    String id = request.get(Attribute.QUEUE_ID);
    return id.isEmpty() ? "-" : shown(id);
  }

  private static String word(Reply reply) {
    return switch (reply) {
      case Reply.Dunno _ -> "passed";
      case Reply.Refuse refuse -> refuse.temporary() ? "deferred" : "rejected";
      case Reply.DeferIfPermit _ -> "deferred";
      case Reply.Prepend _ -> "marked";
      case Reply.Hold _ -> "held";
    };
  }

  private static SequencedMap<String, String> facts(
      Request request, Judgement judgement, long nanos) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    judgement
        .decisive()
        .ifPresent(step -> {
          facts.put("rule", step.rule().name());
          reason(step.ruling()).ifPresent(reason -> facts.put("reason", reason.word()));
          facts.put("saw", shown(step.ruling().saw()));
        });
    List<Judgement.Step> shadows =
        judgement.steps().stream()
            .filter(step -> step.rule().mode() == Mode.SHADOW && wantsSomething(step.ruling()))
            .toList();
    if (!shadows.isEmpty()) {
      facts.put("shadow", shadows.stream().map(PolicyLog::shadow).collect(Collectors.joining(",")));
      facts.put("shadow_saw", shown(decisive(shadows).ruling().saw()));
    }
    facts.put("stage", request.stage() == Stage.OTHER ? "-" : request.stage().word());
    put(facts, "client", request.get(Attribute.CLIENT_ADDRESS));
    put(facts, "login", request.get(Attribute.SASL_USERNAME));
    facts.put("sender", "<" + shown(request.get(Attribute.SENDER)) + ">");
    put(facts, "recipient", request.get(Attribute.RECIPIENT));
    put(facts, "recipients", request.get(Attribute.RECIPIENT_COUNT));
    facts.put("delay_us", Long.toString(nanos / 1_000));
    return facts;
  }

  /** The first that would refuse; else the first that would add something. */
  private static Judgement.Step decisive(List<Judgement.Step> shadows) {
    return shadows.stream()
        .filter(step -> step.ruling() instanceof Ruling.Refuses)
        .findFirst()
        .orElse(shadows.getFirst());
  }

  private static String shadow(Judgement.Step step) {
    return step.rule().name() + ":" + reason(step.ruling()).map(Reason::word).orElse("");
  }

  private static Optional<Reason> reason(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Refuses(Reason reason, _, _) -> Optional.of(reason);
      case Ruling.Adds(Reason reason, _, _) -> Optional.of(reason);
      case Ruling.Passes _, Ruling.Allows _, Ruling.NotNow _, Ruling.Abstains _, Ruling.Charged _ ->
          Optional.empty();
    };
  }

  private static void put(SequencedMap<String, String> facts, String name, String value) {
    if (!value.isEmpty() && !value.equals("0")) {
      facts.put(name, shown(value));
    }
  }

  private static String shown(String text) {
    return text.length() <= MOST_VALUE ? text : text.substring(0, MOST_VALUE) + "...";
  }
}
