package dovetail.directory.login;

import dovetail.mail.Address;
import java.time.Instant;

/**
 * When an account has logged in last.
 *
 * @param account its own address, canonical
 * @param service where, such as {@code imap}; 64 characters at most
 * @param time when, to the second
 * @param client the client's address in digits; empty if it is not known
 */
public record LastLogin(Address account, String service, Instant time, String client) {
  private static final int MOST = 64;

  public LastLogin {
    if (service.length() > MOST || client.length() > MOST) {
      throw new IllegalArgumentException("no service or client has so long a name");
    }
  }
}
