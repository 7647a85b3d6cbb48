package dovetail.policy.rule;

import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
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
  /** Bits of addresses that count as one client. */
  public record Prefixes(int ipv4, int ipv6) {}
}
