package dovetail.milter.filter;

import java.time.Duration;

/**
 * How the milter verifies.
 *
 * @param authservId our name in the Authentication-Results field that we write
 * @param maxSignatures how many signatures of a message are verified
 * @param patience how long the answers of the DNS may be waited for, for one message
 * @param policy what becomes of a message by what was found
 * @param shadow whether the policy is only written to the log
 * @param hold whether the MTA keeps what is quarantined until it is released
 */
public record VerifyingSettings(
    String authservId,
    int maxSignatures,
    Duration patience,
    InboundPolicy policy,
    boolean shadow,
    boolean hold) {}
