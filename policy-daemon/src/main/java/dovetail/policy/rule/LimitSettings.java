package dovetail.policy.rule;

import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
import dovetail.server.Network;
import java.net.InetAddress;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A limit.
 *
 * @param name under which its counters are kept
 * @param quota what each key may for which nothing else is set
 * @param prefixes for client addresses
 * @param warnPercent at which use the log says so; 0 for never
 * @param zone in which times are told
 */
public record LimitSettings(
    String name,
    LimitKey key,
    Unit unit,
    WindowKind kind,
    Quota quota,
    Prefixes prefixes,
    int warnPercent,
    Refusal refusal,
    ZoneId zone) {
  /** Bits of addresses that count as one client. */
  public record Prefixes(int ipv4, int ipv6) {
    /** The network that counts as one client. */
    public String network(InetAddress client) {
      return Network.of(client, client.getAddress().length == 4 ? ipv4 : ipv6).toString();
    }

    /** The same of an address or a network as people write it; nothing if it is neither. */
    public Optional<String> network(String text) {
      try {
        return Optional.of(network(Network.parse(text).address()));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
  }
}
