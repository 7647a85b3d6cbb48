package dovetail.policy.rule;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Stage;
import java.util.Optional;
import java.util.Set;

/**
 * Who has logged in sends in no name but his own, as with reject_sender_login_mismatch; if that is
 * wanted, nobody else sends in the names of our mailboxes' domains.
 */
public final class SenderLoginRule implements Rule {
  private final Senders senders;
  private final Unproven unproven;
  private final Foreign foreign;
  private final Refusal refusal;

  /** What becomes of senders of ours, if nobody has logged in. */
  public enum Unproven {
    /** They are refused. */
    REFUSE,
    /** Nothing: forwarders and lists send so with good reason. */
    NONE
  }

  /** What becomes of senders elsewhere, if somebody has logged in to whom they are not granted. */
  public enum Foreign {
    /** They are refused. */
    REFUSE,
    /** They may be used. */
    ALLOW
  }

  public SenderLoginRule(Senders senders, Unproven unproven, Foreign foreign, Refusal refusal) {
    this.senders = senders;
    this.unproven = unproven;
    this.foreign = foreign;
    this.refusal = refusal;
  }

  @Override
  public Set<Stage> needs() {
    return Set.of(Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.END_OF_MESSAGE);
  }

  @Override
  public boolean isByRecipient() {
    return true;
  }

  @Override
  public Ruling judge(Facts facts) {
    if (!needs().contains(facts.stage())) {
      return new Ruling.NotNow("there is no sender yet");
    }
    if (facts.request().get(Attribute.SENDER).isEmpty()) {
      return new Ruling.Passes("the null sender");
    }
    return facts
        .login()
        .map(login -> ofLogin(login, facts.sender()))
        .orElseGet(() -> ofStranger(facts.sender()));
  }

  /** What is no address belongs to nobody: Postfix may still make one of ours of it. */
  private Ruling ofLogin(String login, Optional<Address> sender) {
    return sender
        .map(address -> ofLogin(login, address))
        .orElseGet(() -> notOwned(login, "the sender is no address"));
  }

  private Ruling ofLogin(String login, Address sender) {
    return switch (senders.owners(sender)) {
      case Senders.Ownership.Unknown(String why) -> new Ruling.Abstains(why);
      case Senders.Ownership.Known(Set<String> logins) when logins.contains(login) ->
          new Ruling.Passes(login + " may use " + sender);
      case Senders.Ownership.Known _ -> notGranted(login, sender);
    };
  }

  private Ruling notGranted(String login, Address sender) {
    if (foreign == Foreign.REFUSE) {
      return notOwned(login, login + " may not use " + sender);
    }
    return switch (senders.home(sender.domain())) {
      case ELSEWHERE -> new Ruling.Passes(sender.domain() + " is none of ours");
      case HERE, HERE_AND_ELSEWHERE -> notOwned(login, login + " may not use " + sender);
      case UNKNOWN -> new Ruling.Abstains("whose " + sender.domain() + " is, is not known");
    };
  }

  private Ruling notOwned(String login, String saw) {
    return new Ruling.Refuses(
        Reason.SENDER_LOGIN, refusal.reply("7.1", "not owned by user " + login), saw);
  }

  private Ruling ofStranger(Optional<Address> sender) {
    if (unproven == Unproven.NONE || sender.isEmpty()) {
      return new Ruling.Passes("nobody has logged in");
    }
    Domain domain = sender.get().domain();
    return switch (senders.home(domain)) {
      case HERE ->
          new Ruling.Refuses(
              Reason.SENDER_UNPROVEN,
              refusal.reply("7.1", "not logged in"),
              domain + " is ours, and nobody has logged in");
      case HERE_AND_ELSEWHERE, ELSEWHERE -> new Ruling.Passes(domain + " is at home elsewhere");
      case UNKNOWN -> new Ruling.Abstains("whose " + domain + " is, is not known");
    };
  }
}
