/**
 * What Postfix's tables hold, as functions of a directory. Postfix gives a socketmap whole keys
 * only, in the case in which they came: to fold them, to leave out extensions and to try domains
 * and their parents is done here. A key that can be nothing of ours is not found; what nobody can
 * know at the moment is never taken for something that is not there.
 */
@org.jspecify.annotations.NullMarked
package dovetail.lookup.map;
