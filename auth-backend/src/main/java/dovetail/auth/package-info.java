/** The accounts of Postfix and Dovecot: who may log in. */
@org.jspecify.annotations.NullMarked
package dovetail.auth;
