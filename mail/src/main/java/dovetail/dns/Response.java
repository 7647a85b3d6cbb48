package dovetail.dns;

import java.time.Duration;

/**
 * An answer as it comes from where it is known.
 *
 * @param answer the answer
 * @param ttl how long it holds, zero if it must not be kept; of a failure it says nothing
 * @param <T> what a record of the type holds
 */
public record Response<T>(Answer<T> answer, Duration ttl) {}
