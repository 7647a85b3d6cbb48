package dovetail.auth.answer;

import dovetail.auth.password.Secret;
import dovetail.directory.Account;
import dovetail.directory.Accounts;
import dovetail.directory.Lookup;
import dovetail.mail.Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How patient we are with whoever tries passwords that others check. For any thread; waits for the
 * database.
 */
public final class LoginPolicy {
  private final Accounts accounts;
  private final Guard guard;
  private final Marker marker;
  private final Supplier<GuardSettings> settings;

  /** What is to be done with a try. */
  public sealed interface Ruling {
    /** The password is to be looked at, after a while. */
    record Check(Duration delay) implements Ruling {}

    /** The password is not to be looked at. */
    record Stop() implements Ruling {}
  }

  /**
   * Somebody's try to log in.
   *
   * @param user as the client wrote it
   * @param client where it comes from, if that is known
   * @param at when
   */
  public record Attempt(String user, Optional<InetAddress> client, Instant at) {}

  /**
   * @param settings those that hold now
   */
  public LoginPolicy(
      Accounts accounts, Guard guard, Marker marker, Supplier<GuardSettings> settings) {
    this.accounts = accounts;
    this.guard = guard;
    this.marker = marker;
    this.settings = settings;
  }

  /** Whether somebody may try a password now. */
  public Ruling allow(Attempt attempt) {
    GuardSettings now = settings.get();
    Guard.Attempt one = known(attempt);
    return guard.stopped(one, now).isPresent()
        ? new Ruling.Stop()
        : new Ruling.Check(guard.patience(one, now));
  }

  /** Takes note that somebody has logged in. */
  public void succeeded(Attempt attempt) {
    guard.succeeded(known(attempt));
  }

  /**
   * Takes note of a wrong password.
   *
   * @param hash of the password, by which the same one is known again
   */
  public void failed(Attempt attempt, String hash) {
    Guard.Attempt one = known(attempt);
    try (Secret secret = Secret.of(hash.getBytes(StandardCharsets.UTF_8))) {
      guard.failed(one, marker.mark(one.login(), secret), settings.get());
    }
  }

  /** Whatever name of its domain was used, it is one account; without a database that name. */
  private Guard.Attempt known(Attempt attempt) {
    Optional<Address> address = Address.parse(attempt.user()).map(Address::canonical);
    String login =
        address
            .flatMap(one ->
                accounts.account(one) instanceof Lookup.Found<Account>(Account account)
                    ? Optional.of(account.address())
                    : address)
            .map(Address::toString)
            .orElseGet(() -> Doorkeeper.plain(attempt.user()));
    return new Guard.Attempt(login, attempt.client(), attempt.at());
  }
}
