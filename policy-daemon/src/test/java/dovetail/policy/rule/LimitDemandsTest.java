package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.Demand;
import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a message takes, and how much of a batch that is. */
final class LimitDemandsTest {
  private static final Limits NO_LIMITS =
      new Limits() {
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
          return false;
        }
      };

  @ParameterizedTest
  @CsvSource({"BYTES, 40000, 1", "RECIPIENTS, 7, 7", "MESSAGES, 1, 1"})
  void ofBytesAMessageWeighsOne(Unit unit, long amount, long weight) {
    LimitSettings settings =
        new LimitSettings(
            "out",
            LimitKey.CONSTANT,
            unit,
            WindowKind.SLIDING,
            Quota.parse("1000000/1h").orElseThrow(),
            new LimitSettings.Prefixes(32, 64),
            0,
            Refusal.with(450),
            ZoneOffset.UTC);
    Facts facts =
        Asked.facts(
            "protocol_state=END-OF-MESSAGE sender=a@example.com recipient_count=7 size=40000",
            new MessageSoFar(),
            Instant.EPOCH);
    Demand demand = new LimitDemands(settings, NO_LIMITS, _ -> false).of(facts).getFirst();
    assertThat(demand.amount()).isEqualTo(amount);
    assertThat(demand.weight()).isEqualTo(weight);
  }
}
