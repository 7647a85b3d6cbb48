/**
 * MTA Strict Transport Security, the sender's side (RFC 8461): which of the domains that mail goes
 * to have a policy, what it asks for, and how Postfix is told. A policy that was found once holds
 * until its max_age, whatever becomes of DNS or HTTPS meanwhile: that is what it is for. Sees only
 * what a mail and its DNS are.
 */
@org.jspecify.annotations.NullMarked
package dovetail.lookup.mtasts;
