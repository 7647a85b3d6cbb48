package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.Suspension;
import dovetail.policy.rule.AccountHistory;
import dovetail.policy.rule.Asked;
import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Suspensions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a breaker in the shadow learns, with others and without. */
class BreakerShadowTest {
  private static final String SHADOW =
      "{ type = 'breaker', name = 'tried', mode = 'shadow', recipients = 10 }";

  private static final Suspensions OBEYED =
      new Suspensions() {
        @Override
        public Optional<Suspension> of(String account, Instant now) {
          return Optional.empty();
        }

        @Override
        public Optional<Suspension> ended(String account, Instant now) {
          return Optional.empty();
        }

        @Override
        public void suspend(Suspension suspension, String rule) {}

        @Override
        public void held(Suspension suspension, String queueId) {}
      };

  private final Map<String, AccountHistory.Peak> reached = new HashMap<>();
  @TempDir private Path folder;

  private final AccountHistory history =
      new AccountHistory() {
        @Override
        public boolean isKnown() {
          return true;
        }

        @Override
        public Peak of(String account) {
          return new Peak(2, 2);
        }

        @Override
        public void reached(String account, Peak peak) {
          reached.merge(account, peak, Peak::with);
        }
      };

  private RuleTools tools() {
    RuleTools plain = Tools.plain();
    return new RuleTools(
        plain.counters(),
        plain.limits(),
        plain.hosted(),
        plain.warnings(),
        OBEYED,
        history,
        plain.activities(),
        plain.residents(),
        plain.zone(),
        plain.checks(),
        plain.greylist());
  }

  private Judgement sent(int recipients, String... tables) throws Exception {
    List<RuleConfig> configs = Written.rules(folder, tables);
    RuleTools tools = tools();
    List<NamedRule> rules = configs.stream().map(one -> one.rule(tools, configs)).toList();
    return Judgement.of(
        rules,
        Asked.facts(
            "protocol_state=END-OF-MESSAGE sasl_username=ann@example.com recipient_count="
                + recipients));
  }

  @Test
  void whatItWouldHaveStoppedIsLearned() throws Exception {
    assertThat(sent(101, SHADOW).decisive()).isEmpty();
    assertThat(reached).containsEntry("ann@example.com", new AccountHistory.Peak(101, 0));
  }

  /** Else whoever has stolen a password would raise what its account may. */
  @Test
  void whatAnotherStopsIsNotLearned() throws Exception {
    Judgement judgement = sent(101, SHADOW, "{ type = 'breaker', recipients = 20 }");
    assertThat(judgement.decisive().orElseThrow().rule().name()).isEqualTo("breaker");
    assertThat(judgement.steps().getFirst().ruling().saw()).endsWith("2 before at most");
    assertThat(reached).isEmpty();
  }

  @Test
  void theOtherLearns() throws Exception {
    assertThat(sent(20, SHADOW, "{ type = 'breaker', recipients = 20 }").decisive()).isEmpty();
    assertThat(reached).containsEntry("ann@example.com", new AccountHistory.Peak(20, 0));
  }
}
