package dovetail.cli;

import dovetail.auth.AuthConfig;
import dovetail.auth.AuthSettings;
import dovetail.auth.answer.LoginExplanation;
import dovetail.auth.answer.LoginTrial;
import dovetail.auth.answer.User;
import dovetail.auth.answer.Users;
import dovetail.config.Settings;
import dovetail.directory.Account;
import dovetail.directory.AddressEntry;
import dovetail.directory.DomainEntry;
import dovetail.directory.Lookup;
import dovetail.directory.Usage;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.LastLogin;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.store.sql.Store;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of a login. */
sealed interface LoginFacts {
  /**
   * There is such an account.
   *
   * @param served whether the auth backend is switched on
   * @param scram whether SCRAM-SHA-256 is offered
   * @param used when app passwords were used last, by their labels
   * @param last logins
   * @param place where its mail is
   */
  record Known(
      Account account,
      LoginExplanation explanation,
      boolean served,
      boolean scram,
      SortedMap<String, String> used,
      List<LastLogin> last,
      Place place)
      implements LoginFacts {}

  /**
   * Where the mail of an account is, as Dovecot is told.
   *
   * @param user empty where Dovecot would be told that there is none
   * @param delivered whether those who bring mail find it
   * @param usage how much is there
   */
  record Place(Optional<User> user, boolean delivered, Optional<Usage> usage) {}

  /**
   * There is none.
   *
   * @param why what there is instead
   * @param keptOut who is kept out, as if there were one
   */
  record Nobody(String why, LoginExplanation.KeptOut keptOut) implements LoginFacts {}

  /** Reads them. */
  static LoginFacts read(Store store, Settings settings, LoginTrial.Asked asked)
      throws UnavailableException, FailureException {
    AuthSettings auth = AuthSettings.of(settings, Optional.empty()); // tokens open nothing more
    LoginTrial trial =
        new LoginTrial(
            auth.logins(), AuthConfig.hashing(settings).limits(), store.blocks().all(asked.at()));
    Optional<Address> address = Address.parse(asked.user()).map(Address::canonical);
    if (address.isEmpty()) {
      return new Nobody("no address, which all logins are", trial.keptOut(asked));
    }
    Optional<Account> account = known(store.accounts().account(address.get()));
    if (account.isEmpty()) {
      return new Nobody(instead(store, address.get()), trial.keptOut(asked));
    }
    Address name = account.get().address();
    return new Known(
        account.get(),
        trial.explain(asked, account.get()),
        settings.get(AuthConfig.ENABLED),
        auth.logins().scram(),
        used(store, account.get()),
        store.logins().last(name),
        place(store, auth, name));
  }

  private static String instead(Store store, Address address)
      throws UnavailableException, FailureException {
    Optional<DomainEntry> domain = known(store.directory().domain(address.domain()));
    if (domain.isEmpty()) {
      return "no login: " + address.domain() + " is none of our domains";
    }
    Domain hosted =
        domain.get() instanceof DomainEntry.AliasOf other ? other.target() : domain.get().name();
    Optional<AddressEntry> there =
        known(store.directory().address(new Address(address.localPart(), hosted)));
    return there.flatMap(AddressEntry::alias).isPresent()
        ? "no login but an alias; who gets its mail has a login of his own"
        : "no login: there is no such mailbox";
  }

  private static SortedMap<String, String> used(Store store, Account account)
      throws UnavailableException {
    SortedMap<String, String> used = new TreeMap<>();
    for (var app : account.credentials().appPasswords()) {
      List<String> key = List.of(account.address().toString(), app.label());
      Optional<Row> row = store.administration().find(Kind.APP_PASSWORD, key);
      row.flatMap(one -> one.get("used")).ifPresent(time -> used.put(app.label(), time));
    }
    return used;
  }

  private static Place place(Store store, AuthSettings auth, Address name) throws FailureException {
    Users users = new Users(store.accounts(), auth::users);
    return new Place(
        known(users.user(name.toString(), "")),
        known(users.user(name.toString(), "lmtp")).isPresent(),
        known(store.directory().usage(name)));
  }

  private static <T> Optional<T> known(Lookup<T> lookup) throws FailureException {
    return switch (lookup) {
      case Lookup.Found<T>(T value) -> Optional.of(value);
      case Lookup.Absent<T>() -> Optional.empty();
      case Lookup.Unavailable<T>(String why) ->
          throw new FailureException(Exit.TEMPORARY, "the database: " + why);
    };
  }
}
