package dovetail.iprev;

import dovetail.mail.Domain;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What the DNS says of an address.
 *
 * @param address the address
 * @param status the result
 * @param detail what exactly is wrong, in fixed words; empty if nothing is
 * @param name the first name that leads back to it; whoever owns the address has chosen it
 */
public record IprevResult(
    InetAddress address, IprevStatus status, String detail, Optional<Domain> name) {
  /** For somebody who could not wait for the answer. */
  public static IprevResult timedOut(InetAddress address) {
    return new IprevResult(address, IprevStatus.TEMPERROR, "timeout", Optional.empty());
  }
}
