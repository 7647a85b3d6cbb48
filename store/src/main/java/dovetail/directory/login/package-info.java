/** What logins leave behind: when accounts were used last, and who is kept out for a time. */
@org.jspecify.annotations.NullMarked
package dovetail.directory.login;
