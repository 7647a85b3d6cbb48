package dovetail.policy.rule;

import dovetail.counter.Suspension;
import dovetail.counter.quota.Quota;
import dovetail.mail.Domain;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tests of the rule {@code breaker} have in common: an account, and who is told what. */
abstract sealed class BreakerCase permits BreakerRuleTest, BreakerSuspensionTest {
  static final Breaker BREAKER = new Breaker(10, 5, 2, 100, 3, 2, Duration.ofHours(1));
  static final String ANN = " sasl_username=Ann@example.com sender=ann@example.com";

  final Map<String, Suspension> stopped = new HashMap<>();
  final List<String> told = new ArrayList<>();
  final Map<String, AccountHistory.Peak> reached = new HashMap<>();
  AccountHistory.Peak before = AccountHistory.Peak.NONE;
  boolean bulk;
  boolean obeyed = true;
  boolean historyKnown = true;
  boolean limitsKnown = true;
  boolean directoryKnown = true;
  Instant now = Instant.parse("2026-03-01T12:00:30Z");
  long nanos;
  Activities activities = new Activities(() -> nanos);

  final Suspensions suspensions =
      new Suspensions() {
        @Override
        public Optional<Suspension> of(String account, Instant at) {
          return Optional.ofNullable(stopped.get(account)).filter(one -> at.isBefore(one.until()));
        }

        @Override
        public Optional<Suspension> ended(String account, Instant at) {
          return Optional.ofNullable(stopped.get(account))
              .filter(one -> one.hasEnded(at, REMEMBERED));
        }

        @Override
        public void suspend(Suspension suspension, String rule) {
          stopped.put(suspension.account(), suspension);
          told.add(rule + " " + suspension.account() + " " + suspension.cause());
        }

        @Override
        public boolean areObeyed() {
          return obeyed;
        }

        @Override
        public void held(Suspension suspension, String queueId) {
          told.add("held " + suspension.account() + " " + queueId);
        }
      };

  final AccountHistory history =
      new AccountHistory() {
        @Override
        public boolean isKnown() {
          return historyKnown;
        }

        @Override
        public Peak of(String account) {
          return before;
        }

        @Override
        public void reached(String account, Peak peak) {
          reached.merge(account, peak, Peak::with);
        }
      };

  final Limits limits =
      new Limits() {
        @Override
        public boolean isKnown() {
          return limitsKnown;
        }

        @Override
        public Optional<Quota> of(String rule, String key) {
          return Optional.empty();
        }

        @Override
        public Optional<Quota> shared(String rule, String domain) {
          return Optional.empty();
        }

        @Override
        public boolean isBulk(String account) {
          return bulk;
        }
      };

  final Hosted hosted =
      new Hosted() {
        @Override
        public boolean isOurs(Domain domain) {
          return directoryKnown && domain.ascii().equals("example.com");
        }

        @Override
        public boolean isKnown(Domain domain) {
          return directoryKnown;
        }
      };

  BreakerRule rule(boolean hold) {
    return rule("b", BREAKER, hold);
  }

  BreakerRule rule(String name, Breaker breaker, boolean hold) {
    return new BreakerRule(
        new BreakerRule.Settings(name, breaker, hold, Refusal.with(450), ZoneOffset.UTC),
        new BreakerRule.Parts(suspensions, history, activities, limits, hosted));
  }

  /** A whole message; what is said at its end, or at the first recipient that is refused. */
  Ruling sent(BreakerRule rule, String attributes, int accepted, String... recipients) {
    MessageSoFar message = new MessageSoFar();
    for (String recipient : recipients) {
      Ruling ruling =
          rule.judge(
              Asked.facts("protocol_state=RCPT recipient=" + recipient + attributes, message, now));
      if (ruling instanceof Ruling.Refuses) {
        return ruling;
      }
    }
    return rule.judge(
        Asked.facts(
            "protocol_state=END-OF-MESSAGE queue_id=4XyZ recipient_count=" + accepted + attributes,
            message,
            now));
  }

  static NamedRule named(String name, Rule rule) {
    return new NamedRule(name, "any", Mode.ON, Scope.ALL, rule);
  }
}
