package dovetail.milter.filter;

import dovetail.dkim.CryptoProvider;
import dovetail.dkim.PublicKeys;
import dovetail.dns.Resolver;
import dovetail.milter.source.Archiving;
import dovetail.milter.source.Exceptions;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all messages are handled with.
 *
 * @param crypto who computes; asked when a message needs it, since it may still be starting
 * @param publicKeys what has been read of others' keys
 * @param resolver who knows the DNS
 * @param exceptions those from the policies of authors' domains
 * @param archiving what copies for archives are made with
 * @param wall what goes into signatures and is compared with theirs
 * @param nanos a clock that only goes forward, in nanoseconds
 */
public record FilterTools(
    Supplier<CryptoProvider> crypto,
    PublicKeys publicKeys,
    Resolver resolver,
    Exceptions exceptions,
    Archiving archiving,
    InstantSource wall,
    LongSupplier nanos) {}
