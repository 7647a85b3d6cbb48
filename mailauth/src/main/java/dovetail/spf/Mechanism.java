package dovetail.spf;

import java.util.Optional;

/** What a client is compared with (RFC 7208 5). A target that is not there is the domain itself. */
sealed interface Mechanism {
  /** Everybody. */
  record All() implements Mechanism {}

  /** Those for whom another domain's record gives a pass. */
  record Include(MacroString target) implements Mechanism {}

  /** The addresses of a name. */
  record A(Optional<MacroString> target, Prefixes prefixes) implements Mechanism {}

  /** The addresses of the hosts that take a domain's mail. */
  record Mx(Optional<MacroString> target, Prefixes prefixes) implements Mechanism {}

  /** Those whose address has a name below the domain. */
  record Ptr(Optional<MacroString> target) implements Mechanism {}

  /** Addresses. */
  record Ip(IpRange range) implements Mechanism {}

  /** Those for whom there is a name. */
  record Exists(MacroString target) implements Mechanism {}

  /** How many bits of an address count (RFC 7208 5.6 dual-cidr-length). */
  record Prefixes(int ipv4, int ipv6) {
    static final Prefixes WHOLE = new Prefixes(IpRange.IPV4_BITS, IpRange.IPV6_BITS);
  }
}
