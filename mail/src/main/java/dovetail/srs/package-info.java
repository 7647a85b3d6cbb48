/**
 * The Sender Rewriting Scheme: forwarded mail gets a return path in a domain of ours, which SPF
 * lets us send for, and bounces to it find back to the first sender. As postsrsd and libsrs2 have
 * it, since no standard says how.
 *
 * <p>An address carries its own proof, a few characters of a keyed hash, so there is no state to
 * keep. Three things follow from that, and no implementation that understands the others' addresses
 * can help them:
 *
 * <ul>
 *   <li>Four characters that are compared without case are one guess in a million. Each secret that
 *       is still accepted is one more chance for a guess, and a guess that hits is good for mail to
 *       that one address, until its stamp is too old.
 *   <li>Everybody who is forwarded to sees hashes, and can try secrets against them at leisure: a
 *       secret has to be random, 16 octets or more.
 *   <li>Where one part ends and the next begins is not hashed. From a signed address others can be
 *       cut that verify as well, all of the same characters after the hash.
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package dovetail.srs;
