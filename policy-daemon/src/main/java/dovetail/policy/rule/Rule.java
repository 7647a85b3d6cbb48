package dovetail.policy.rule;

import dovetail.policy.wire.Stage;
import java.util.Set;

/** One rule, with its parameters. For any thread. */
public interface Rule {
  /** The stages at which it must be asked, one of them at least, to be of any use. */
  Set<Stage> needs();

  /**
   * Whether all that it may have against a message is said of its recipients, one by one. Then it
   * is not asked again behind them: a rule before it may have allowed one of them, which nobody can
   * see there.
   */
  default boolean isByRecipient() {
    return false;
  }

  /** What it has to say; whatever the request holds, there is an answer. */
  Ruling judge(Facts facts);
}
