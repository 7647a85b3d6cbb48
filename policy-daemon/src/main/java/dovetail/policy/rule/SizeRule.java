package dovetail.policy.rule;

import dovetail.policy.wire.Stage;
import java.util.Set;

/** No message larger than that; whoever announces its size is told before it comes. */
public final class SizeRule implements Rule {
  private final long most;
  private final Refusal refusal;

  /**
   * @param most in bytes
   */
  public SizeRule(long most, Refusal refusal) {
    this.most = most;
    this.refusal = refusal;
  }

  @Override
  public Set<Stage> needs() {
    return Set.of(Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.END_OF_MESSAGE);
  }

  @Override
  public Ruling judge(Facts facts) {
    String saw = facts.size() + " of " + most + " bytes";
    return facts.size() > most
        ? new Ruling.Refuses(
            Reason.SIZE, refusal.reply("3.4", "no message of more than " + most + " bytes"), saw)
        : new Ruling.Passes(saw);
  }
}
