package dovetail.milter.filter;

import dovetail.server.Network;
import java.time.Duration;
import java.util.List;

/**
 * How the milter verifies.
 *
 * @param authservId our name in the Authentication-Results field that we write
 * @param relays the networks of hosts that hand on mail of others
 * @param maxSignatures how many signatures of a message are verified
 * @param patience how long the answers of the DNS may be waited for, for one message
 * @param policy what becomes of a message by what was found
 * @param receivedSpf whether the result of SPF is written into a field of its own, too
 * @param shadow whether the policy is only written to the log
 * @param hold whether the MTA keeps what is quarantined until it is released
 */
public record VerifyingSettings(
    String authservId,
    List<Network> relays,
    int maxSignatures,
    Duration patience,
    InboundPolicy policy,
    boolean receivedSpf,
    boolean shadow,
    boolean hold) {
  public VerifyingSettings {
    relays = List.copyOf(relays);
  }
}
