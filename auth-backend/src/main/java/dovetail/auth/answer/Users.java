package dovetail.auth.answer;

import dovetail.directory.Account;
import dovetail.directory.AccountMask;
import dovetail.directory.Accounts;
import dovetail.directory.Lookup;
import dovetail.mail.Address;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Says who has mail here. For any thread; waits for the database. */
public final class Users {
  /** So many addresses are read at a time. */
  private static final int PAGE = 1_000;

  private final Accounts accounts;
  private final Supplier<UserSettings> settings;

  /**
   * @param settings those that hold now
   */
  public Users(Accounts accounts, Supplier<UserSettings> settings) {
    this.accounts = accounts;
    this.settings = settings;
  }

  /**
   * The user of that name. Who may not log in is one all the same; who takes no mail is none to
   * those who bring it.
   *
   * @param name as it was asked for, in whatever case
   * @param service who asks, such as {@code lmtp}
   */
  public Lookup<User> user(String name, String service) {
    return accounts
        .named(name)
        .flatMap(account ->
            isThereFor(account, service)
                ? new Lookup.Found<>(User.of(account, settings.get()))
                : new Lookup.Absent<>());
  }

  /**
   * The one name of the account with that login, if it is good for that service; with which
   * password is not asked here.
   *
   * @param name as it was asked for, in whatever case
   * @param service what the login is for, or who asks
   */
  public Lookup<Address> login(String name, String service) {
    return accounts
        .named(name)
        .flatMap(account ->
            account.active()
                    && isThereFor(account, service)
                    && (delivers(service) || ServiceRights.isFor(service, account))
                ? new Lookup.Found<>(account.address())
                : new Lookup.Absent<>());
  }

  private static boolean isThereFor(Account account, String service) {
    return !delivers(service) || (account.active() && account.receive());
  }

  private static boolean delivers(String service) {
    return switch (service.toLowerCase(Locale.ROOT)) {
      case "lmtp", "lda" -> true;
      default -> false;
    };
  }

  /**
   * The names of users, a part at a time in their order; an empty list behind the last one.
   *
   * @param after the last one of the part before; empty for the first part
   */
  public Lookup<List<Address>> page(String after, AccountMask mask) {
    return accounts.page(after, PAGE, mask);
  }
}
