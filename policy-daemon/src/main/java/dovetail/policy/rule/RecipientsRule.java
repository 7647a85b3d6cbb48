package dovetail.policy.rule;

import dovetail.policy.wire.Stage;
import java.util.Set;

/** Not more than so many recipients for one message. */
public final class RecipientsRule implements Rule {
  private final int most;
  private final Refusal refusal;

  /**
   * @param most at least 1
   */
  public RecipientsRule(int most, Refusal refusal) {
    this.most = most;
    this.refusal = refusal;
  }

  @Override
  public Set<Stage> needs() {
    return Set.of(Stage.DATA, Stage.END_OF_MESSAGE);
  }

  @Override
  public Ruling judge(Facts facts) {
    // Zero before DATA: until then nobody knows how many of those that were asked about are taken.
    int count = facts.recipientCount();
    String saw = count + " of " + most + " recipients";
    return count > most
        ? new Ruling.Refuses(
            Reason.RECIPIENTS,
            refusal.reply("5.3", "no more than " + most + " recipients for one message"),
            saw)
        : new Ruling.Passes(saw);
  }
}
