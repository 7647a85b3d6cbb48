package dovetail.policy.rule;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.Set;

/** Whose senders are. For any thread; may wait for a database. */
public interface Senders {
  /** Who may send in the name of an address, which is canonical, ours or not. */
  Ownership owners(Address sender);

  /** Where those who send in a domain's name are at home. */
  Home home(Domain domain);

  /** Who may send in the name of an address. */
  sealed interface Ownership {
    /** Those logins may; nobody if there are none. */
    record Known(Set<String> logins) implements Ownership {
      public Known {
        logins = Set.copyOf(logins);
      }
    }

    /** Nobody can say. */
    record Unknown(String why) implements Ownership {}
  }

  /** Where those who send in a domain's name are at home. */
  enum Home {
    /** Here: its mailboxes are ours. */
    HERE,
    /** The domain is ours, but relayed to others or switched off: they may send, too. */
    HERE_AND_ELSEWHERE,
    /** The domain is none of ours. */
    ELSEWHERE,
    /** Nobody can say at the moment. */
    UNKNOWN
  }
}
