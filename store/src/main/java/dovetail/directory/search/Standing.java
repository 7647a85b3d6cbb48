package dovetail.directory.search;

/** By what mail for an address is taken. */
public enum Standing {
  /** An alias stands at the address. */
  ALIAS,
  /** Nothing stands there, and the domain has somebody for that. */
  CATCH_ALL,
  /** A mailbox stands there. */
  MAILBOX,
  /** A mailbox stands at the domain of which this one is another name. */
  ALIAS_DOMAIN
}
