package dovetail.policy.source;

import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.EntryMap;
import dovetail.directory.Lookup;
import dovetail.directory.search.Hosting;
import dovetail.directory.search.Missing;
import dovetail.directory.search.Recipient;
import dovetail.mail.Address;
import dovetail.policy.rule.Recipients;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What becomes of mail for an address, by the directory: as the lookup tables have it, but that
 * addresses at domains that are relayed are for the other host to judge.
 */
final class StoredRecipients implements Recipients {
  private static final Pattern SRS = Pattern.compile("srs[01][=+-]");

  private final Directory directory;
  private final CanonicalRows canonical;

  StoredRecipients(Directory directory) {
    this.directory = directory;
    this.canonical = new CanonicalRows(directory);
  }

  @Override
  public Destination of(Address recipient) {
    return switch (Recipient.of(directory, recipient)) {
      case Recipient.Mailboxes(Set<Address> mailboxes, boolean elsewhere) ->
          unlessRewritten(recipient, new Destination.Mailboxes(mailboxes, elsewhere));
      case Recipient.Relayed() -> new Destination.Elsewhere(recipient + " is relayed");
      case Recipient.NotOurs() -> new Destination.Elsewhere(recipient + " is none of ours");
      case Recipient.Unknown(Missing why) -> unlessRewritten(recipient, nowhere(why));
      case Recipient.Endless(_, String text) -> new Destination.Unknown(text);
      case Recipient.Unavailable(String why) -> new Destination.Unknown(why);
    };
  }

  private static Destination nowhere(Missing why) {
    return new Destination.Nowhere(why.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private Destination unlessRewritten(Address recipient, Destination found) {
    if (SRS.matcher(recipient.localPart()).lookingAt()) {
      return new Destination.Elsewhere(recipient + " has the form of SRS");
    }
    return switch (Hosting.of(directory, recipient.domain())) {
      case Hosting.At at when isRelayed(at) && found instanceof Destination.Nowhere ->
          new Destination.Elsewhere(recipient.domain() + " is relayed");
      case Hosting.At at -> unlessRewritten(recipient, at, found);
      // Below a domain that is relayed with all names below it, perhaps.
      case Hosting.None _ -> new Destination.Elsewhere(recipient + " is for others to judge");
      case Hosting.Unknown(String why) -> new Destination.Unknown(why);
    };
  }

  /** Nothing is relayed at another name of a domain, only what an alias there leads to. */
  private static boolean isRelayed(Hosting.At at) {
    return at.domain().kind() == DomainEntry.Kind.RELAY && !at.otherName();
  }

  private Destination unlessRewritten(Address recipient, Hosting.At at, Destination found) {
    return switch (canonical.of(recipient, at.domain().delimiters())) {
      case Lookup.Found<EntryMap>(EntryMap map) ->
          new Destination.Elsewhere(recipient + " is rewritten by " + map.parameter());
      case Lookup.Absent<EntryMap>() -> found;
      case Lookup.Unavailable<EntryMap>(String why) -> new Destination.Unknown(why);
    };
  }
}
