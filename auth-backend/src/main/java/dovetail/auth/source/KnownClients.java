package dovetail.auth.source;

import dovetail.auth.answer.Guard;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.LastLogin;
import dovetail.directory.login.LoginStore;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * Has a guard know after a start from where accounts have logged in before it: else whoever guesses
 * at an account would keep its owner out until he has logged in once more. For one thread.
 */
public final class KnownClients {
  /** The latest ones; a guard has room for as many again. */
  private static final int MOST = Guard.MOST / 2;

  private final LoginStore store;
  private final Guard guard;
  private boolean told;

  public KnownClients(LoginStore store, Guard guard) {
    this.store = store;
    this.guard = guard;
  }

  /**
   * Tells the guard, once. What the database has of each account is the last client at each
   * service.
   *
   * @throws UnavailableException if the database does not answer
   */
  public void tell(Instant now) throws UnavailableException {
    if (told) {
      return;
    }
    for (LastLogin login : store.recent(now.minus(Guard.ACQUAINTED), MOST)) {
      Optional<InetAddress> client = address(login.client());
      guard.succeeded(new Guard.Attempt(login.account().toString(), client, login.time()));
    }
    told = true;
  }

  /** By another hand it may be anything. */
  private static Optional<InetAddress> address(String digits) {
    try {
      return Optional.of(InetAddress.ofLiteral(digits));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
