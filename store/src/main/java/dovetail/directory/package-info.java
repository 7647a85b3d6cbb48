/**
 * Who and what is hosted here: domains, mailboxes, aliases, grants. All names are in their
 * canonical form (see {@link dovetail.mail.Address#canonical}).
 */
@org.jspecify.annotations.NullMarked
package dovetail.directory;
