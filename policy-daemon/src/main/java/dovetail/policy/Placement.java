package dovetail.policy;

import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.wire.Stage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices rules that are only ever asked where they can do nothing, and says once which line of
 * main.cf is missing. For any thread.
 */
final class Placement {
  private static final Logger logger = LoggerFactory.getLogger("policy");

  /** After so many messages without a request at the right place. */
  private static final int PATIENCE = 200;

  /** Of a rule that was asked at its place, or of which has been told that it is not. */
  private static final int SETTLED = Integer.MIN_VALUE / 2;

  private final Map<String, AtomicInteger> vain = new ConcurrentHashMap<>();

  /**
   * Rules were asked.
   *
   * @param first whether it was the first request about its message
   */
  void asked(Stage stage, boolean first, Judgement judgement) {
    for (Judgement.Step step : judgement.steps()) {
      asked(step.rule(), stage, first);
    }
  }

  private void asked(NamedRule rule, Stage stage, boolean first) {
    AtomicInteger count = vain.computeIfAbsent(rule.name(), _ -> new AtomicInteger());
    if (count.get() < 0) {
      return;
    }
    Set<Stage> needs = rule.rule().needs();
    if (needs.contains(stage)) {
      count.set(SETTLED);
    } else if (first && stage != Stage.OTHER && count.incrementAndGet() == PATIENCE) {
      count.set(SETTLED);
      logger.error(
          "the rule \"{}\" does nothing: it was never asked at {}; main.cf lacks {} = ..., "
              + "check_policy_service { inet:localhost:10031, default_action=DUNNO, timeout=10s }",
          rule.name(),
          needs.stream().sorted().map(Stage::word).collect(Collectors.joining(" or ")),
          parameter(needs));
    }
  }

  /** The restriction list that asks at one of those stages. */
  static String parameter(Set<Stage> needs) {
    if (needs.contains(Stage.RCPT)) {
      return "smtpd_recipient_restrictions";
    }
    return switch (needs.stream().max(Stage::compareTo).orElse(Stage.RCPT)) {
      case END_OF_MESSAGE -> "smtpd_end_of_data_restrictions";
      case DATA -> "smtpd_data_restrictions";
      case MAIL -> "smtpd_sender_restrictions";
      case EHLO, HELO -> "smtpd_helo_restrictions";
      case CONNECT -> "smtpd_client_restrictions";
      case ETRN -> "smtpd_etrn_restrictions";
      case RCPT, VRFY, OTHER -> "smtpd_recipient_restrictions";
    };
  }
}
