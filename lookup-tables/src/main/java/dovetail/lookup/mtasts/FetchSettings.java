package dovetail.lookup.mtasts;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How policies are fetched.
 *
 * @param timeout for one policy in all, from the first connection to the last octet
 * @param port that of policy hosts: 443, but for tests
 * @param authorities a file of certificates that are trusted in place of those that Java trusts
 * @param internal addresses at which a policy host may be though they are not public
 */
public record FetchSettings(
    Duration timeout, int port, Optional<Path> authorities, Predicate<InetAddress> internal) {}
