package dovetail.auth.answer;

import dovetail.auth.password.Secret;
import dovetail.directory.Account;
import dovetail.directory.Accounts;
import dovetail.directory.AppPassword;
import dovetail.directory.LoginService;
import dovetail.directory.Lookup;
import dovetail.mail.Address;
import dovetail.server.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all ways to log in have in common: whose login it is, whether he is kept out, what a wrong
 * try brings about, and what may still be in the way of one that is right. For any thread; waits
 * for the database.
 */
final class Doorkeeper {
  /** As long as a name may be in what is kept and written of it. */
  private static final int MOST_NAME = 320;

  private final Accounts accounts;
  private final Guard guard;
  private final Marker marker;
  private final LoginNotes notes;
  private final Supplier<AuthenticatorSettings> settings;

  Doorkeeper(Authenticator.Parts parts, Supplier<AuthenticatorSettings> settings) {
    this.accounts = parts.accounts();
    this.guard = parts.guard();
    this.marker = parts.marker();
    this.notes = parts.notes();
    this.settings = settings;
  }

  /**
   * What one try is about.
   *
   * @param user the account's one name; what the client wrote, where there is none
   * @param now the settings by which it is decided
   */
  record Try(Login login, String user, AuthenticatorSettings now) {
    Outcome of(Reason reason) {
      return new Outcome(reason, user, Duration.ZERO);
    }

    private Guard.Attempt attempt() {
      return new Guard.Attempt(user, login.client(), login.at());
    }

    private GuardSettings patience() {
      return now.guard();
    }
  }

  /** Whose login it is. */
  sealed interface Visitor {
    /** There is such an account. */
    record Known(Try one, Account account) implements Visitor {}

    /** There is none, which nobody is to notice. */
    record Nobody(Try one) implements Visitor {}

    /** Nothing that he sends is looked at. */
    record Sent(Outcome away) implements Visitor {}
  }

  /** Looks who it is, unless he is kept out. */
  Visitor look(Login login) {
    Optional<Address> address = canonical(login.user());
    Try one = new Try(login, spelling(address, login.user()), settings.get());
    Optional<Visitor> stopped = stopped(one);
    if (stopped.isPresent()) {
      return stopped.get();
    }
    Lookup<Account> found = address.map(accounts::account).orElseGet(Lookup.Absent::new);
    return switch (found) {
      case Lookup.Unavailable<Account> _ -> new Visitor.Sent(one.of(Reason.DATABASE));
      case Lookup.Absent<Account> _ -> new Visitor.Nobody(one);
      case Lookup.Found<Account>(Account account) -> named(one, account);
    };
  }

  /** Whatever name of its domain was used, it is one account that is tried. */
  private Visitor named(Try other, Account account) {
    String user = account.address().toString();
    if (user.equals(other.user())) {
      return new Visitor.Known(other, account);
    }
    Try one = new Try(other.login(), user, other.now());
    return stopped(one).orElseGet(() -> new Visitor.Known(one, account));
  }

  private Optional<Visitor> stopped(Try one) {
    return blocked(one).map(Visitor.Sent::new);
  }

  /** That he is kept out, if he is by now. */
  Optional<Outcome> blocked(Try one) {
    return guard
        .stopped(one.attempt(), one.patience())
        .map(_ -> new Outcome(Reason.BLOCKED, one.user(), one.patience().delay()));
  }

  /** What stands for those with whom he takes turns. */
  String place(Try one) {
    return guard.place(one.attempt());
  }

  /** The one spelling of a name that somebody wrote, whether or not there is such an account. */
  static String spelling(String user) {
    return spelling(canonical(user), user);
  }

  private static String spelling(Optional<Address> address, String user) {
    return address.map(Address::toString).orElseGet(() -> plain(user));
  }

  /** What stands for a name that is no address. */
  static String plain(String user) {
    String lower = user.toLowerCase(Locale.ROOT);
    return lower.length() <= MOST_NAME ? lower : lower.substring(0, MOST_NAME);
  }

  private static Optional<Address> canonical(String name) {
    return Address.parse(name).map(Address::canonical);
  }

  /**
   * He is not let in.
   *
   * @param tried the password, or what stands for it: the same for the same one
   */
  Outcome refuse(Try one, Reason reason, Secret tried) {
    if (reason.kind() == Reason.Kind.DEFERRED) {
      return one.of(reason);
    }
    Duration delay = guard.failed(one.attempt(), marker.mark(one.user(), tried), one.patience());
    return new Outcome(reason, one.user(), delay);
  }

  /**
   * The password is right: now it may be said what else is not.
   *
   * @param app the app password that it was, if it was one
   */
  Outcome admit(Try one, Account account, Optional<AppPassword> app) {
    return admit(one, account, app, app.isPresent() ? Reason.APP_PASSWORD : Reason.PASSWORD);
  }

  /** The token is right: the same. */
  Outcome admitByToken(Try one, Account account) {
    return admit(one, account, Optional.empty(), Reason.TOKEN);
  }

  private Outcome admit(Try one, Account account, Optional<AppPassword> app, Reason granted) {
    Optional<Reason> objection = objection(one.login(), account, app);
    if (objection.isPresent()) {
      return one.of(objection.get());
    }
    guard.succeeded(one.attempt());
    notes.passed(
        new Passage(
            account.address(),
            LoginService.meant(one.login().service()),
            one.login().client(),
            app.map(AppPassword::label),
            one.login().at()));
    boolean changes =
        granted == Reason.PASSWORD && one.login().service().equals(Login.PASSWORD_CHANGE);
    return new Outcome(
        granted,
        one.user(),
        Duration.ZERO,
        changes ? account.credentials().password() : Optional.empty(),
        Optional.empty());
  }

  /**
   * Why who has the right password is not let in with it.
   *
   * @param app the app password that it was, if it was one
   */
  static Optional<Reason> objection(Login login, Account account, Optional<AppPassword> app) {
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
            .filter(name -> !canonical(name).equals(canonical(login.user())))
            .isPresent();
    return other ? Optional.of(Reason.OTHER_USER) : Optional.empty();
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
