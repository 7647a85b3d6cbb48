package dovetail.policy.rule;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A list of the administrator's: whoever is on each of its parts is let through or refused. */
public final class AccessRule implements Rule {
  private final Lists lists;
  private final Action action;
  private final Refusal refusal;

  /** What becomes of those who are on it. */
  public enum Action {
    /** No other rule is asked. */
    ALLOW,
    /** They are refused. */
    REFUSE,
    /** Their messages wait in the hold queue. */
    HOLD
  }

  /**
   * The parts; one that is empty is for everybody.
   *
   * @param helo names that clients call themselves
   * @param names verified names of clients
   */
  public record Lists(
      List<NamePattern> senders,
      List<NamePattern> recipients,
      List<NamePattern> helo,
      List<NamePattern> names) {
    public Lists {
      senders = List.copyOf(senders);
      recipients = List.copyOf(recipients);
      helo = List.copyOf(helo);
      names = List.copyOf(names);
    }
  }

  public AccessRule(Lists lists, Action action, Refusal refusal) {
    this.lists = lists;
    this.action = action;
    this.refusal = refusal;
  }

  @Override
  public Set<Stage> needs() {
    return lists.senders().isEmpty() && lists.recipients().isEmpty()
        ? Set.of(Stage.CONNECT, Stage.EHLO, Stage.HELO, Stage.MAIL, Stage.RCPT, Stage.DATA)
        : Set.of(Stage.MAIL, Stage.RCPT, Stage.DATA);
  }

  /** Those that let through do so at each stage, for the rules that are asked there. */
  @Override
  public boolean isByRecipient() {
    return action != Action.ALLOW;
  }

  @Override
  public Ruling judge(Facts facts) {
    boolean listed =
        (lists.senders().isEmpty() || isSender(facts))
            && (lists.recipients().isEmpty() || isAmong(lists.recipients(), facts.recipient()))
            && (lists.helo().isEmpty() || isNamed(lists.helo(), helo(facts)))
            && (lists.names().isEmpty() || isNamed(lists.names(), facts.clientName()));
    if (!listed) {
      return new Ruling.Passes("not on the list");
    }
    return switch (action) {
      case ALLOW -> new Ruling.Allows("on the list");
      case REFUSE ->
          new Ruling.Refuses(
              Reason.ACCESS, refusal.reply("7.1", "not accepted here"), "on the list");
      case HOLD -> new Ruling.Adds(Reason.ACCESS, new Reply.Hold("access list"), "on the list");
    };
  }

  private boolean isSender(Facts facts) {
    if (!facts.isNullSender()) {
      return isAmong(lists.senders(), facts.sender());
    }
    for (NamePattern pattern : lists.senders()) {
      if (pattern instanceof NamePattern.Null) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAmong(List<NamePattern> patterns, Optional<Address> address) {
    if (address.isPresent()) {
      for (NamePattern pattern : patterns) {
        if (pattern.matches(address.get())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isNamed(List<NamePattern> patterns, Optional<Domain> name) {
    if (name.isPresent()) {
      for (NamePattern pattern : patterns) {
        if (pattern.matches(name.get())) {
          return true;
        }
      }
    }
    return false;
  }

  private static Optional<Domain> helo(Facts facts) {
    return Domain.parse(facts.request().get(Attribute.HELO_NAME));
  }
}
