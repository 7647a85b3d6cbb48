package dovetail.lookup.mtasts;

/** What Postfix is told of a next hop. */
public sealed interface TlsAnswer {
  /**
   * The domain has a policy that is to be obeyed.
   *
   * @param value for {@code smtp_tls_policy_maps}
   */
  record Secure(String value) implements TlsAnswer {}

  /**
   * The domain's hosts are known by DANE, which comes before its policy.
   *
   * @param value for {@code smtp_tls_policy_maps}
   */
  record ByDane(String value) implements TlsAnswer {}

  /** Nothing is asked for: Postfix's own settings hold. */
  record Nothing(Why why) implements TlsAnswer {}

  /** A policy is to be obeyed, but whether DANE comes before it is not known. */
  record Unknown(String why) implements TlsAnswer {}

  /** Why nothing is asked for. */
  enum Why {
    /** The key is no name of a domain or a host. */
    NO_DOMAIN,
    /** The domain has no policy, or none that could be had. */
    NO_POLICY,
    /** The policy is only being tested, or is withdrawn. */
    NOT_ENFORCED
  }
}
