/** What the DNS has to say of a domain whose mail is handled here, and what it does say. */
@org.jspecify.annotations.NullMarked
package dovetail.cli.dns;
