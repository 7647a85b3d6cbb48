/** What the auth backend takes from the store and leaves there; nothing else of it writes there. */
@org.jspecify.annotations.NullMarked
package dovetail.auth.source;
