package dovetail.directory.search;

import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.mail.Address;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for those who get mail for an address: aliases first, as cleanup follows them, then the
 * lists of recipients, as smtpd and the delivery agents ask for what no alias leads on. For one
 * use.
 */
final class RecipientSearch {
  private final Directory directory;
  private final Expansions expansions;
  private final Set<Address> mailboxes = new HashSet<>();
  private boolean elsewhere;
  private Optional<Recipient> trouble = Optional.empty();

  RecipientSearch(Directory directory) {
    this.directory = directory;
    this.expansions = new Expansions(directory);
  }

  Recipient find(AddressKey key) {
    return switch (expansions.of(key)) {
      case Expansion.To to -> behind(key, to);
      case Expansion.Stays _ -> listed(key);
      case Expansion.Ends(Missing why) -> ended(key, why);
      case Expansion.Unknown(String why) -> new Recipient.Unavailable(why);
    };
  }

  private Recipient listed(AddressKey key) {
    return switch (Listing.ofMailboxes(directory, key)) {
      case Listing.Listed(Address mailbox, _) -> new Recipient.Mailboxes(Set.of(mailbox), false);
      case Listing.Not _ -> relayed(key);
      case Listing.Unknown(String why) -> new Recipient.Unavailable(why);
    };
  }

  private Recipient relayed(AddressKey key) {
    return switch (Listing.ofRelayed(directory, key)) {
      case Listing.Listed _ -> new Recipient.Relayed();
      case Listing.Not(Missing why) -> missing(why);
      case Listing.Unknown(String why) -> new Recipient.Unavailable(why);
    };
  }

  private Recipient ended(AddressKey key, Missing why) {
    return why == Missing.NOT_OURS ? relayed(key) : missing(why);
  }

  private static Recipient missing(Missing why) {
    return switch (why) {
      case NOT_OURS, DOMAIN_OFF -> new Recipient.NotOurs();
      case OTHER_KIND, NO_SUCH_ADDRESS, ALIAS_OFF, NOT_RECEIVING -> new Recipient.Unknown(why);
    };
  }

  private Recipient behind(AddressKey key, Expansion.To first) {
    return switch (expansions.behind(key, first)) {
      case Reach.Ends(List<AddressKey> ends, boolean cut) -> {
        elsewhere = cut;
        ends.forEach(this::end);
        yield trouble.orElseGet(() ->
            elsewhere && !cut && isAlone(key, ends)
                ? new Recipient.Relayed()
                : new Recipient.Mailboxes(mailboxes, elsewhere));
      }
      case Reach.Endless(Reach.Fault fault, String text) -> new Recipient.Endless(fault, text);
      case Reach.Unknown(String why) -> new Recipient.Unavailable(why);
    };
  }

  /** Whether an address stands for itself and for nothing else. */
  private static boolean isAlone(AddressKey key, List<AddressKey> ends) {
    return ends.stream().allMatch(end -> end.canonical().equals(key.canonical()));
  }

  /** Takes an address at which an alias ends. */
  private void end(AddressKey key) {
    switch (Hosting.of(directory, key.canonical().domain())) {
      // virtual_alias_domains: nothing is delivered at another name.
      case Hosting.At at when at.otherName() -> {}
      case Hosting.At at when at.domain().kind() == DomainEntry.Kind.RELAY -> elsewhere = true;
      case Hosting.At _ -> {
        switch (Listing.ofMailboxes(directory, key)) {
          case Listing.Listed(Address mailbox, _) -> mailboxes.add(mailbox);
          case Listing.Not _ -> {}
          case Listing.Unknown(String why) -> unknown(why);
        }
      }
      case Hosting.None _ -> elsewhere = true;
      case Hosting.Unknown(String why) -> unknown(why);
    }
  }

  private void unknown(String why) {
    trouble = Optional.of(new Recipient.Unavailable(why));
  }
}
