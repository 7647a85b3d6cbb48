package dovetail.auth.answer;

import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Refusal;
import dovetail.auth.password.Secret;
import dovetail.auth.password.Verdict;
import dovetail.directory.Account;
import dovetail.directory.Accounts;
import dovetail.directory.AppPassword;
import dovetail.directory.LoginService;
import dovetail.directory.Lookup;
import dovetail.directory.StoredHash;
import dovetail.mail.Address;
import dovetail.server.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says who may log in. Who does not know the password learns nothing else, neither from what is
 * said nor from how long it takes. For any thread; waits for the database and for hashes.
 */
public final class Authenticator {
  /** As long as a name may be in what is kept and written of it. */
  private static final int MOST_NAME = 320;

  private final Accounts accounts;
  private final HashThreads hashes;
  private final OneTimeCodes codes;
  private final Guard guard;
  private final Marker marker;
  private final LoginNotes notes;
  private final Supplier<AuthenticatorSettings> settings;

  /** What it decides by. */
  public record Parts(
      Accounts accounts,
      HashThreads hashes,
      OneTimeCodes codes,
      Guard guard,
      Marker marker,
      LoginNotes notes) {}

  /**
   * @param settings those that hold now
   */
  public Authenticator(Parts parts, Supplier<AuthenticatorSettings> settings) {
    this.accounts = parts.accounts();
    this.hashes = parts.hashes();
    this.codes = parts.codes();
    this.guard = parts.guard();
    this.marker = parts.marker();
    this.notes = parts.notes();
    this.settings = settings;
  }

  /** What one try is about. */
  private record Try(
      Login login, String user, Secret password, Guard.Attempt attempt, GuardSettings patience) {
    Outcome of(Reason reason) {
      return new Outcome(reason, user, Duration.ZERO);
    }

    Try with(Secret other) {
      return new Try(login, user, other, attempt, patience);
    }
  }

  /** A password that was right, and what it is good for. */
  private record Key(Reason reason, StoredHash hash, Optional<AppPassword> app) {}

  /**
   * Decides about a login.
   *
   * @param password only until this returns
   */
  public Outcome decide(Login login, Secret password) {
    Optional<Address> address = Address.parse(login.user()).map(Address::canonical);
    String user = address.map(Address::toString).orElseGet(() -> plain(login.user()));
    AuthenticatorSettings now = settings.get();
    Try one =
        new Try(
            login,
            user,
            password,
            new Guard.Attempt(user, login.client(), login.at()),
            now.guard());
    if (guard.stopped(one.attempt(), one.patience()).isPresent()) {
      return new Outcome(Reason.BLOCKED, user, one.patience().delay());
    }
    Lookup<Account> found = address.map(accounts::account).orElseGet(Lookup.Absent::new);
    return switch (found) {
      case Lookup.Unavailable<Account> _ -> one.of(Reason.DATABASE);
      case Lookup.Absent<Account> _ -> nobody(one, Reason.UNKNOWN);
      case Lookup.Found<Account>(Account account) -> named(one, account, now);
    };
  }

  /** Whatever name of its domain was used, it is one account that is tried. */
  private Outcome named(Try other, Account account, AuthenticatorSettings now) {
    String user = account.address().toString();
    if (user.equals(other.user())) {
      return known(other, account, now);
    }
    Try one =
        new Try(
            other.login(),
            user,
            other.password(),
            new Guard.Attempt(user, other.login().client(), other.login().at()),
            now.guard());
    return guard.stopped(one.attempt(), one.patience()).isPresent()
        ? new Outcome(Reason.BLOCKED, user, one.patience().delay())
        : known(one, account, now);
  }

  static String plain(String user) {
    String lower = user.toLowerCase(Locale.ROOT);
    return lower.length() <= MOST_NAME ? lower : lower.substring(0, MOST_NAME);
  }

  /** Takes as long as if there were one. */
  private Outcome nobody(Try one, Reason reason) {
    return hashes.checkNobody(one.password()) instanceof Verdict.Busy
        ? one.of(Reason.BUSY)
        : wrong(one, reason);
  }

  private Outcome wrong(Try one, Reason reason) {
    Duration delay =
        guard.failed(one.attempt(), marker.mark(one.user(), one.password()), one.patience());
    return new Outcome(reason, one.user(), delay);
  }

  private Outcome known(Try one, Account account, AuthenticatorSettings now) {
    Account.Credentials credentials = account.credentials();
    if (credentials.password().isEmpty() && credentials.appPasswords().isEmpty()) {
      return nobody(one, Reason.NO_PASSWORD);
    }
    boolean coded = ServiceRights.needsCode(one.login().service(), account, now);
    return credentials
        .password()
        .map(hash -> byOwnPassword(one, account, hash, coded))
        .orElseGet(() -> byAppPassword(one, account, Reason.WRONG_PASSWORD));
  }

  private Outcome byOwnPassword(Try one, Account account, StoredHash hash, boolean coded) {
    try (Typed typed = coded ? Typed.withCode(one.password()) : Typed.alone(one.password())) {
      return switch (hashes.check(hash.text(), typed.password())) {
        case Verdict.Matches(boolean outdated) -> {
          Optional<Reason> trouble = coded ? trouble(one, account, typed) : Optional.empty();
          yield trouble
              .map(reason -> failed(one, reason))
              .orElseGet(() ->
                  opened(
                      one.with(typed.password()),
                      account,
                      new Key(Reason.PASSWORD, hash, Optional.empty()),
                      outdated));
        }
        case Verdict.Differs() -> byAppPassword(one, account, Reason.WRONG_PASSWORD);
        case Verdict.Refused(Refusal refusal, _) -> {
          notes.unusable(account, refusal.text());
          yield byAppPassword(
              one, account, refusal.temporary() ? Reason.SCHEME : Reason.NO_PASSWORD);
        }
        case Verdict.Busy() -> one.of(Reason.BUSY);
      };
    }
  }

  /** The password is right: is its code? */
  private Optional<Reason> trouble(Try one, Account account, Typed typed) {
    return switch (typed
        .code()
        .map(code -> codes.take(account.address(), code, one.login().at()))
        .orElse(OneTimeCodes.Worth.WRONG)) {
      case RIGHT -> Optional.empty();
      case WRONG -> Optional.of(Reason.WRONG_CODE);
      case UNKNOWN -> Optional.of(Reason.DATABASE);
    };
  }

  private Outcome failed(Try one, Reason reason) {
    return reason.kind() == Reason.Kind.UNKNOWN ? one.of(reason) : wrong(one, reason);
  }

  private Outcome byAppPassword(Try one, Account account, Reason otherwise) {
    for (AppPassword app : account.credentials().appPasswords()) {
      switch (hashes.check(app.hash().text(), one.password())) {
        case Verdict.Matches(_) -> {
          return opened(
              one, account, new Key(Reason.APP_PASSWORD, app.hash(), Optional.of(app)), false);
        }
        case Verdict.Differs() -> {}
        case Verdict.Refused(Refusal refusal, _) -> notes.unusable(account, refusal.text());
        case Verdict.Busy() -> {
          return one.of(Reason.BUSY);
        }
      }
    }
    return failed(one, otherwise);
  }

  /** The password is right: now it may be said what else is not. */
  private Outcome opened(Try one, Account account, Key key, boolean outdated) {
    Optional<Reason> objection = objection(one.login(), account, key.app());
    String user = account.address().toString();
    if (objection.isPresent()) {
      return new Outcome(objection.get(), user, Duration.ZERO);
    }
    guard.succeeded(one.attempt());
    notes.passed(
        new Passage(
            account.address(),
            LoginService.meant(one.login().service()),
            one.login().client(),
            key.app().map(AppPassword::label),
            one.login().at()));
    if (outdated) {
      notes.outdated(account, key.hash(), one.password());
    }
    return new Outcome(key.reason(), user, Duration.ZERO);
  }

  private static Optional<Reason> objection(
      Login login, Account account, Optional<AppPassword> app) {
    if (!account.active()) {
      return Optional.of(Reason.DOMAIN_OFF);
    }
    if (app.flatMap(AppPassword::expires).filter(end -> !login.at().isBefore(end)).isPresent()) {
      return Optional.of(Reason.EXPIRED);
    }
    if (!isFor(login, account, app)) {
      return Optional.of(Reason.SERVICE_OFF);
    }
    if (!isFrom(login.client(), account.networks())
        || !app.map(AppPassword::networks).stream()
            .allMatch(networks -> isFrom(login.client(), networks))) {
      return Optional.of(Reason.NETWORK_OFF);
    }
    boolean other =
        login
            .authorization()
            .filter(name -> !Address.parse(name).map(Address::canonical).equals(canonical(login)))
            .isPresent();
    return other ? Optional.of(Reason.OTHER_USER) : Optional.empty();
  }

  private static Optional<Address> canonical(Login login) {
    return Address.parse(login.user()).map(Address::canonical);
  }

  private static boolean isFor(Login login, Account account, Optional<AppPassword> app) {
    if (login.service().equals(Login.PASSWORD_CHANGE)) {
      return app.isEmpty();
    }
    Optional<LoginService> service = LoginService.meant(login.service());
    return ServiceRights.isFor(login.service(), account)
        && app.stream().allMatch(one -> service.filter(one.services()::contains).isPresent());
  }

  private static boolean isFrom(Optional<InetAddress> client, List<String> networks) {
    return networks.isEmpty()
        || client
            .filter(address ->
                networks.stream().anyMatch(text -> Network.parse(text).contains(address)))
            .isPresent();
  }
}
