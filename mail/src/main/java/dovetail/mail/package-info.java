/** What a mail is: addresses, domains, header fields and stored messages (RFC 5321, 5322, 6531). */
@org.jspecify.annotations.NullMarked
package dovetail.mail;
