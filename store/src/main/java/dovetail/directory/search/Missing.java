package dovetail.directory.search;

/** Why there is nothing here for an address or a domain. */
public enum Missing {
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
  NOT_RECEIVING
}
