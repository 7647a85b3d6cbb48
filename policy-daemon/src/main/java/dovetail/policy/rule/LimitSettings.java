package dovetail.policy.rule;

import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
import dovetail.server.Network;
import java.net.InetAddress;
import java.time.ZoneId;

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
  private static final String ALL = "*";

  /** Bits of addresses that count as one client. */
  public record Prefixes(int ipv4, int ipv6) {
    /** The network that counts as one client. */
    public Network of(InetAddress client) {
      return Network.of(client, client.getAddress().length == 4 ? ipv4 : ipv6);
    }

    /** Its name. */
    public String network(InetAddress client) {
      return of(client).toString();
    }
  }

  /**
   * Whether the rule may ever look for what is set for a subject.
   *
   * @param subject as a counter has it: of clients a {@link Network}
   */
  public boolean finds(String subject) {
    return subject.equals(ALL)
        || switch (key) {
          case SASL_USERNAME, SENDER -> true;
          case SENDER_DOMAIN, RECIPIENT_DOMAIN -> subject.indexOf('@') < 0;
          case CLIENT_ADDRESS -> isClient(subject);
          case CONSTANT -> false;
        };
  }

  private boolean isClient(String subject) {
    try {
      Network network = Network.parse(subject);
      return network.equals(prefixes.of(network.address()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
