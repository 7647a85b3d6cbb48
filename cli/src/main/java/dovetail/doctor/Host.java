package dovetail.doctor;

import java.util.Optional;

/**
 * What Dovetail finds on the host.
 *
 * @param provider who computes signatures
 * @param slow why that is the slow one, if it is
 * @param dns what is wrong with the DNS
 * @param database what is wrong with the database
 * @param clock what is wrong with the clock
 */
public record Host(
    String provider,
    Optional<String> slow,
    Optional<String> dns,
    Optional<String> database,
    Optional<String> clock) {}
