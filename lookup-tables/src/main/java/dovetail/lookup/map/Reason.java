package dovetail.lookup.map;

import dovetail.directory.search.Missing;
import dovetail.directory.search.Reach;
import dovetail.directory.search.Standing;
import java.util.Locale;

/** Why a map answers as it does: for logs, explanations and tests. */
public enum Reason {
  /** An alias stands at the address. */
  ALIAS,
  /** Nothing stands there, and the domain has somebody for that. */
  CATCH_ALL,
  /** A mailbox stands there. */
  MAILBOX,
  /** A mailbox stands at the domain of which this one is another name. */
  ALIAS_DOMAIN,
  /** The domain is ours, of the kind that was asked for. */
  DOMAIN,
  /** The domain lies below one of ours that relays for those, too. */
  SUBDOMAIN,
  /** These logins may send in the sender's name. */
  OWNERS,
  /** A row of the map has that key, or one that covers it. */
  ROW,
  /** The transport of the domain itself. */
  DOMAIN_TRANSPORT,
  /** The sender is known to send to many. */
  BULK,
  /** The sender has a relay host. */
  RELAY_HOST,
  /** The relay host has a login. */
  LOGIN,
  /** SRS has another address for it. */
  REWRITTEN,
  /** The domain has a policy by MTA-STS. */
  STS_POLICY,
  /** The domain's hosts are known by DANE. */
  DANE,
  /** Found, in a map that says no more. */
  FOUND,

  /** The key can be no address of ours. */
  NO_ADDRESS,
  /** The key can be no domain. */
  NO_DOMAIN,
  /** The key is not UTF-8, or longer than any could be. */
  NO_KEY,
  /** The domain is none of ours. */
  NOT_OURS,
  /** The domain, or the one of which it is another name, is switched off. */
  DOMAIN_OFF,
  /** The domain is ours, but of another kind. */
  OTHER_KIND,
  /** The domain is ours and has no such address. */
  NO_SUCH_ADDRESS,
  /** An alias stands there that is switched off. */
  ALIAS_OFF,
  /** The mailbox does not receive. */
  NOT_RECEIVING,
  /** Nobody may send in the sender's name. */
  NO_OWNER,
  /** No row covers the key. */
  NO_ROW,
  /** The relay host has no login, or there is no relay host. */
  NO_LOGIN,
  /** SRS leaves the address as it is. */
  UNCHANGED,
  /** The domain has no policy by MTA-STS, or none that can be had. */
  NO_POLICY,
  /** The domain's policy is only being tested, or withdrawn. */
  NOT_ENFORCED,
  /** Not found, in a map that says no more. */
  NOT_FOUND,

  /** The aliases lead in a circle without end. */
  CIRCLE,
  /** More aliases lie behind one another than anybody means. */
  TOO_DEEP,
  /** The aliases lead to more addresses than Postfix takes. */
  TOO_MANY_TARGETS,
  /** More addresses lie behind the sender than are looked through. */
  TOO_MANY_OWNERS,
  /** There is a value that no answer can have. */
  BAD_VALUE,
  /** There is no such map. */
  NO_MAP,
  /** The map holds secrets and was asked on an internet socket. */
  SECRET,
  /** Refused, in a map that says no more. */
  REFUSED,

  /** The directory cannot say at the moment. */
  UNAVAILABLE,
  /** A fault of ours. */
  FAILURE;

  static Reason of(Standing standing) {
    return switch (standing) {
      case ALIAS -> ALIAS;
      case CATCH_ALL -> CATCH_ALL;
      case MAILBOX -> MAILBOX;
      case ALIAS_DOMAIN -> ALIAS_DOMAIN;
    };
  }

  static Reason of(Missing missing) {
    return switch (missing) {
      case NOT_OURS -> NOT_OURS;
      case DOMAIN_OFF -> DOMAIN_OFF;
      case OTHER_KIND -> OTHER_KIND;
      case NO_SUCH_ADDRESS -> NO_SUCH_ADDRESS;
      case ALIAS_OFF -> ALIAS_OFF;
      case NOT_RECEIVING -> NOT_RECEIVING;
    };
  }

  static Reason of(Reach.Fault fault) {
    return switch (fault) {
      case CIRCLE -> CIRCLE;
      case TOO_DEEP -> TOO_DEEP;
      case TOO_MANY_TARGETS -> TOO_MANY_TARGETS;
    };
  }

  /** The reason in one word, as logs have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
