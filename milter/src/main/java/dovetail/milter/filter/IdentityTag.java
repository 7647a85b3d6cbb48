package dovetail.milter.filter;

/** What the {@code i=} tag of a signature says (RFC 6376 3.5). */
public enum IdentityTag {
  /** There is none, which means "@" and the signing domain. */
  NONE,
  /** "@" and the author's domain. */
  DOMAIN,
  /** The author's address. */
  ADDRESS
}
