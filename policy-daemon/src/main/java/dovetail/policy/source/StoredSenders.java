package dovetail.policy.source;

import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.search.Hosting;
import dovetail.directory.search.Missing;
import dovetail.directory.search.Owners;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.policy.rule.Senders;
import java.util.SortedSet;

/** Whose senders are, by the directory: as {@code smtpd_sender_login_maps} has it. */
record StoredSenders(Directory directory) implements Senders {
  @Override
  public Ownership owners(Address sender) {
    return switch (Owners.of(directory, sender)) {
      case Owners.Known(SortedSet<String> logins) -> new Ownership.Known(logins);
      case Owners.TooMany(int most) ->
          new Ownership.Unknown(
              "more than %d addresses lie behind %s: make its alias a list"
                  .formatted(most, sender));
      case Owners.Unavailable(String why) -> new Ownership.Unknown(why);
    };
  }

  @Override
  public Home home(Domain domain) {
    return switch (Hosting.of(directory, domain)) {
      case Hosting.At at ->
          at.domain().kind() == DomainEntry.Kind.MAILBOX ? Home.HERE : Home.HERE_AND_ELSEWHERE;
      case Hosting.None(Missing why) ->
          why == Missing.NOT_OURS ? Home.ELSEWHERE : Home.HERE_AND_ELSEWHERE;
      case Hosting.Unknown _ -> Home.UNKNOWN;
    };
  }
}
