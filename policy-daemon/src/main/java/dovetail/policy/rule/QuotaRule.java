package dovetail.policy.rule;

import dovetail.mail.Address;
import dovetail.policy.wire.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * No mail that nobody has room for. Who gets it is found out first: it is refused only if all of
 * them are mailboxes of ours, and full.
 */
public final class QuotaRule implements Rule {
  private final Recipients recipients;
  private final Rooms rooms;
  private final int grace;
  private final Refusal refusal;

  /**
   * @param grace how many percent of the quota a mailbox may hold beyond it: what is known of its
   *     contents is a little old
   */
  public QuotaRule(Recipients recipients, Rooms rooms, int grace, Refusal refusal) {
    this.recipients = recipients;
    this.rooms = rooms;
    this.grace = grace;
    this.refusal = refusal;
  }

  @Override
  public Set<Stage> needs() {
    return Set.of(Stage.RCPT, Stage.DATA, Stage.END_OF_MESSAGE);
  }

  @Override
  public Ruling judge(Facts facts) {
    if (!needs().contains(facts.stage())) {
      return new Ruling.NotNow("there is no recipient yet");
    }
    Optional<Address> recipient = facts.recipient();
    return recipient.isPresent()
        ? judge(recipient.get(), Math.max(1, facts.size()))
        : new Ruling.Passes("not one recipient with an address at a domain");
  }

  private Ruling judge(Address recipient, long size) {
    return switch (recipients.of(recipient)) {
      case Recipients.Destination.Mailboxes(Set<Address> mailboxes, boolean elsewhere)
          when !elsewhere && !mailboxes.isEmpty() ->
          judge(mailboxes, size);
      case Recipients.Destination.Mailboxes _ ->
          new Ruling.Passes("not for mailboxes of ours alone");
      case Recipients.Destination.Elsewhere(String why) -> new Ruling.Passes(why);
      case Recipients.Destination.Nowhere(String why) -> new Ruling.Passes(why);
      case Recipients.Destination.Unknown(String why) -> new Ruling.Abstains(why);
    };
  }

  /** Asks one after the other until one has room. */
  private Ruling judge(Set<Address> mailboxes, long size) {
    List<Address> ordered =
        mailboxes.stream().sorted(Comparator.comparing(Address::toString)).toList();
    Optional<String> unknown = Optional.empty();
    String full = "";
    for (Address mailbox : ordered) {
      switch (rooms.of(mailbox)) {
        case Rooms.Room.Unknown(String why) -> unknown = Optional.of(why);
        case Rooms.Room.Open() -> {
          return new Ruling.Passes(mailbox + " has room");
        }
        case Rooms.Room.Limited(long used, long quota) -> {
          String saw =
              "%s holds %d of %d bytes, with %d to come".formatted(mailbox, used, quota, size);
          if (sum(used, size) <= limit(quota)) {
            return new Ruling.Passes(saw);
          }
          full = saw;
        }
      }
    }
    String saw = ordered.size() == 1 ? full : full + ", and so on for all " + ordered.size();
    return unknown
        .<Ruling>map(Ruling.Abstains::new)
        .orElseGet(() ->
            new Ruling.Refuses(
                Reason.MAILBOX_FULL, refusal.reply("2.2", "the mailbox is full"), saw));
  }

  private long limit(long quota) {
    return sum(quota, quota / 100 * grace + quota % 100 * grace / 100);
  }

  /** The sum of two that are not negative; as much as there is if it is more. */
  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
