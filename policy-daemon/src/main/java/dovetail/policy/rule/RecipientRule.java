package dovetail.policy.rule;

import dovetail.mail.Address;
import dovetail.policy.wire.Stage;
import java.util.Optional;
import java.util.Set;

/** No mail for addresses of ours that do not exist. */
public final class RecipientRule implements Rule {
  private final Recipients recipients;
  private final Refusal refusal;

  public RecipientRule(Recipients recipients, Refusal refusal) {
    this.recipients = recipients;
    this.refusal = refusal;
  }

  @Override
  public Set<Stage> needs() {
    return Set.of(Stage.RCPT);
  }

  @Override
  public Ruling judge(Facts facts) {
    if (facts.stage() != Stage.RCPT) {
      return new Ruling.NotNow("recipients have their own stage");
    }
    Optional<Address> recipient = facts.recipient();
    return recipient.isPresent()
        ? judge(recipient.get())
        : new Ruling.Passes("the recipient is no address at a domain");
  }

  private Ruling judge(Address recipient) {
    return switch (recipients.of(recipient)) {
      case Recipients.Destination.Mailboxes _ -> new Ruling.Passes(recipient + " exists");
      case Recipients.Destination.Elsewhere(String why) -> new Ruling.Passes(why);
      case Recipients.Destination.Unknown(String why) -> new Ruling.Abstains(why);
      case Recipients.Destination.Nowhere(String why) ->
          new Ruling.Refuses(
              Reason.NO_SUCH_RECIPIENT,
              refusal.reply("1.1", "there is no such address here"),
              recipient + ": " + why);
    };
  }
}
