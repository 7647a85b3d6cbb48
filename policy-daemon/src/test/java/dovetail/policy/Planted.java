package dovetail.policy;

import dovetail.policy.rule.Facts;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Reason;
import dovetail.policy.rule.Rule;
import dovetail.policy.rule.Ruling;
import dovetail.policy.rule.Scope;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import java.util.Set;
import java.util.function.Function;

/** Rules that say what a test wants. */
final class Planted {
  static final Reply NO = new Reply.Refuse(554, "5.7.1", "no");

  private Planted() {}

  static NamedRule rule(String name, Mode mode, Set<Stage> needs, Function<Facts, Ruling> says) {
    Rule rule =
        new Rule() {
          @Override
          public Set<Stage> needs() {
            return needs;
          }

          @Override
          public Ruling judge(Facts facts) {
            return says.apply(facts);
          }
        };
    return new NamedRule(name, "planted", mode, Scope.ALL, rule);
  }

  static NamedRule rule(String name, Function<Facts, Ruling> says) {
    return rule(name, Mode.ON, Set.of(Stage.RCPT), says);
  }

  static NamedRule saying(String name, Ruling ruling) {
    return rule(name, _ -> ruling);
  }

  static NamedRule refusing(String name, Mode mode) {
    return rule(
        name, mode, Set.of(Stage.RCPT), _ -> new Ruling.Refuses(Reason.ACCESS, NO, "planted"));
  }
}
