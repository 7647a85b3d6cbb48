/** How passwords are stored, in the form that Dovecot reads, {@code {SCHEME}data}. */
@org.jspecify.annotations.NullMarked
package dovetail.auth.password;
