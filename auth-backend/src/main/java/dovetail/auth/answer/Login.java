package dovetail.auth.answer;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A try to log in, but for the password.
 *
 * @param user as the client wrote it; empty if it says nothing but by a token
 * @param authorization as whom it wants to act, if it says so
 * @param service what for: smtp, imap, pop3, ...
 * @param client where it comes from, if that is known
 * @param at when
 */
public record Login(
    String user,
    Optional<String> authorization,
    String service,
    Optional<InetAddress> client,
    Instant at) {
  /** The service of somebody who wants to have another password; app passwords are not for it. */
  public static final String PASSWORD_CHANGE = "password-change";

  /** The same of somebody else. */
  Login of(String other) {
    return new Login(other, authorization, service, client, at);
  }
}
