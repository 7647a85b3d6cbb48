package dovetail.policy;

import dovetail.policy.rule.Facts;
import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.MessageSoFar;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Stage;
import dovetail.server.ListenAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices rules that are only ever asked where they can do nothing, and those whose contexts nobody
 * has, and says once which line of main.cf is missing. For any thread.
 */
final class Placement {
  private static final Logger logger = LoggerFactory.getLogger("policy");

  /** After so many messages without a request at the right place. */
  private static final int PATIENCE = 200;

  /** After so many messages without a request of the right context: some lines are asked rarely. */
  private static final int PATIENCE_OF_CONTEXTS = 1_000;

  /** Of a rule that was asked at its place, or of which has been told that it is not. */
  private static final int SETTLED = Integer.MIN_VALUE / 2;

  /** So many contexts that were seen are told, of so many characters. */
  private static final int MOST_SEEN = 10;

  private static final int MOST_CHARACTERS = 40;

  private final Map<String, OfRule> all = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** Of one rule as it is configured. */
  private static final class OfRule {
    final Set<String> contexts;

    /** Messages about which it was asked, but not at its place. */
    final AtomicInteger vain = new AtomicInteger();

    /** Messages that were not of its contexts. */
    final AtomicInteger missed = new AtomicInteger();

    OfRule(Set<String> contexts) {
      this.contexts = contexts;
      missed.set(contexts.isEmpty() ? SETTLED : 0);
    }
  }

  /**
   * Rules were asked, or were not since the request is none of theirs. The message does not know
   * yet of the line of main.cf that has asked.
   *
   * @param listener where Postfix reaches us
   */
  void asked(List<NamedRule> rules, Facts facts, Judgement judgement, ListenAddress listener) {
    for (Judgement.Step step : judgement.steps()) {
      asked(step.rule(), facts, listener);
    }
    if (facts.stage() == Stage.OTHER) {
      return; // a health check
    }
    String context = facts.request().get(Attribute.POLICY_CONTEXT);
    if (seen.size() < MOST_SEEN) {
      seen.add(shown(context));
    }
    for (NamedRule rule : rules) {
      if (rule.mode() != Mode.OFF) {
        looked(rule, context, facts.message(), listener);
      }
    }
  }

  private void asked(NamedRule rule, Facts facts, ListenAddress listener) {
    AtomicInteger count = of(rule).vain;
    if (count.get() < 0) {
      return;
    }
    Set<Stage> needs = rule.rule().needs();
    if (needs.contains(facts.stage())) {
      count.set(SETTLED);
    } else if (facts.stage() != Stage.OTHER
        && isFirst(rule, facts.message())
        && count.incrementAndGet() == PATIENCE) {
      count.set(SETTLED);
      logger.error(
          "the rule \"{}\" does nothing: it was never asked at {}; main.cf lacks {}",
          rule.name(),
          needs.stream().sorted().map(Stage::word).collect(Collectors.joining(" or ")),
          line(rule, listener));
    }
  }

  /** Whether no line of main.cf for which it is has asked about the message before. */
  private static boolean isFirst(NamedRule rule, MessageSoFar message) {
    Set<String> contexts = rule.scope().contexts();
    return contexts.isEmpty()
        ? message.contexts().isEmpty()
        : Collections.disjoint(contexts, message.contexts());
  }

  private void looked(
      NamedRule rule, String context, MessageSoFar message, ListenAddress listener) {
    OfRule own = of(rule);
    if (own.missed.get() < 0) {
      return;
    }
    if (own.contexts.contains(context)) {
      own.missed.set(SETTLED);
    } else if (message.contexts().isEmpty()
        && own.missed.incrementAndGet() == PATIENCE_OF_CONTEXTS) {
      own.missed.set(SETTLED);
      logger.error(
          "the rule \"{}\" does nothing: it is for the context {}, and {} messages came with {};"
              + " main.cf lacks {}",
          rule.name(),
          own.contexts.stream().sorted().collect(Collectors.joining(" or ")),
          PATIENCE_OF_CONTEXTS,
          seen.stream().sorted().collect(Collectors.joining(", ")),
          line(rule, listener));
    }
  }

  /** Another configuration may have given it other contexts. */
  private OfRule of(NamedRule rule) {
    Set<String> contexts = rule.scope().contexts();
    OfRule known = all.get(rule.name());
    if (known != null && known.contexts.equals(contexts)) {
      return known;
    }
    OfRule other = new OfRule(contexts);
    all.put(rule.name(), other);
    return other;
  }

  private static String shown(String context) {
    if (context.isEmpty()) {
      return "none";
    }
    return context.length() <= MOST_CHARACTERS
        ? context
        : context.substring(0, MOST_CHARACTERS) + "...";
  }

  private static String line(NamedRule rule, ListenAddress listener) {
    String context =
        rule.scope().contexts().stream()
            .sorted()
            .findFirst()
            .map(first -> ", policy_context=" + first)
            .orElse("");
    return "%s = ..., check_policy_service { %s, default_action=DUNNO, timeout=10s%s }"
        .formatted(parameter(rule.rule().needs()), listener, context);
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
