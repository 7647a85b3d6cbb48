/**
 * Tokens that others have issued: JSON Web Tokens, verified here with the keys that are configured.
 */
@org.jspecify.annotations.NullMarked
package dovetail.auth.token;
