package dovetail.milter.filter;

/** Which From addresses a login may have signed. */
public enum LoginMatch {
  /** Every address of the login's own domain. */
  DOMAIN,
  /** Only the address that is the login; case does not count. */
  ADDRESS
}
