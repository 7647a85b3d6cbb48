package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Account;
import dovetail.directory.AccountMask;
import dovetail.directory.AppPassword;
import dovetail.directory.CacheLimits;
import dovetail.directory.CachingAccounts;
import dovetail.directory.LoginService;
import dovetail.directory.Lookup;
import dovetail.directory.StoredHash;
import dovetail.directory.TotpSecret;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Address;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who can log in is who was put there, as a whole. */
abstract class AccountCases extends OnEachDatabase {
  private static final Set<LoginService> ALL = Set.of(LoginService.values());

  @BeforeEach
  void fill() throws Exception {
    add(
        domain("one.example", "default-quota", "1G"),
        domain("alias.example", "alias-of", "one.example"),
        domain("off.example", "active", "no"),
        domain("two.example"),
        domain("gone.example", "alias-of", "two.example", "active", "no"),
        mailbox("joe@one.example", "password", "{SSHA}joe"),
        mailbox(
            "\"a b\"@one.example",
            "receive",
            "no",
            "send",
            "no",
            "logins",
            "imap sieve",
            "quota",
            "5G",
            "home",
            "/var/mail/ab",
            "uid",
            "5000",
            "gid",
            "5001",
            "networks",
            "192.0.2.0/24 2001:db8::1",
            "totp",
            AccountRowCases.TOTP),
        mailbox("kim@two.example", "logins", "none"),
        mailbox("ann@off.example"),
        AccountRowCases.appPassword("joe@one.example", "phone", "services", "imap"),
        AccountRowCases.appPassword(
            "joe@one.example", "laptop", "expires", "2027-01-31", "networks", "192.0.2.1"));
  }

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private Account found(String login) {
    Lookup<Account> answer = store.accounts().account(address(login));
    assertThat(answer).as(login).isInstanceOf(Lookup.Found.class);
    return ((Lookup.Found<Account>) answer).value();
  }

  private void expectAbsent(String login) {
    assertThat(store.accounts().account(address(login))).as(login).isEqualTo(new Lookup.Absent<>());
  }

  private static Account joe() {
    StoredHash hash = new StoredHash(AccountRowCases.HASH);
    return new Account(
        address("joe@one.example"),
        true,
        true,
        true,
        ALL,
        List.of(),
        new Account.Place(Optional.empty(), Optional.empty(), Optional.empty(), 1L << 30),
        new Account.Credentials(
            Optional.of(new StoredHash("{SSHA}joe")),
            List.of(
                new AppPassword(
                    "laptop",
                    hash,
                    ALL,
                    List.of("192.0.2.1"),
                    Optional.of(Instant.parse("2027-02-01T00:00:00Z"))),
                new AppPassword(
                    "phone", hash, Set.of(LoginService.IMAP), List.of(), Optional.empty())),
            false));
  }

  @Test
  void isFoundWithAllThatIsKnownOfIt() {
    assertThat(sorted(found("joe@one.example"))).isEqualTo(joe());
    assertThat(found("\"a b\"@one.example"))
        .isEqualTo(
            new Account(
                address("\"a b\"@one.example"),
                true,
                false,
                false,
                Set.of(LoginService.IMAP, LoginService.SIEVE),
                List.of("192.0.2.0/24", "2001:db8:0:0:0:0:0:1"),
                new Account.Place(
                    Optional.of("/var/mail/ab"), Optional.of(5000L), Optional.of(5001L), 5L << 30),
                new Account.Credentials(Optional.empty(), List.of(), true)));
    assertThat(found("kim@two.example").services()).isEmpty();
    assertThat(found("kim@two.example").place()).isEqualTo(Account.Place.USUAL);
  }

  private static Account sorted(Account account) {
    return account.with(
        account.credentials().appPasswords().stream()
            .sorted(java.util.Comparator.comparing(AppPassword::label))
            .toList());
  }

  /** As senders' logins have it: an address of an alias domain is that of the other. */
  @Test
  void anotherNameOfTheDomainLeadsToTheOneAccount() {
    assertThat(sorted(found("joe@alias.example"))).isEqualTo(joe());
    expectAbsent("nobody@alias.example");
  }

  @Test
  void whatIsSwitchedOffIsFoundAsThat() throws Exception {
    assertThat(found("ann@off.example").active()).isFalse();
    assertThat(found("kim@gone.example").active()).isFalse();
    assertThat(found("kim@gone.example").address()).isEqualTo(address("kim@two.example"));
    assertThat(found("kim@two.example").active()).isTrue();
    apply(List.of(new Change.Set(row(Kind.DOMAIN, "domain", "one.example", "active", "no"))));
    assertThat(found("joe@alias.example").active()).isFalse();
  }

  /** An alias has no password, and an extension belongs to no login. */
  @Test
  void whatIsNoMailboxIsNobody() throws Exception {
    add(alias("sales@one.example", "joe@one.example"), alias("@two.example", "joe@one.example"));
    for (String login :
        List.of(
            "nobody@one.example",
            "sales@one.example",
            "joe+x@one.example",
            "any@two.example",
            "joe@unknown.example")) {
      expectAbsent(login);
    }
  }

  @Test
  void manyAreAskedForAtOnce() throws Exception {
    List<Callable<Boolean>> askers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int number = i;
      askers.add(() -> {
        switch (number % 4) {
          case 0 -> assertThat(sorted(found("joe@one.example"))).isEqualTo(joe());
          case 1 -> assertThat(sorted(found("joe@alias.example"))).isEqualTo(joe());
          case 2 -> expectAbsent("nobody" + number + "@one.example");
          default -> assertThat(found("ann@off.example").active()).isFalse();
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(askers)) {
        assertThat(done.get()).isTrue();
      }
    }
  }

  /** A password that was changed is good no longer than until the feed is read. */
  @Test
  void eachChangeReachesACacheByTheFeed() throws Exception {
    CachingAccounts cache =
        new CachingAccounts(store.accounts(), CacheLimits.DEFAULT, System::nanoTime);
    ChangeFeed feed = store.changes();
    assertThat(feed.next()).isEmpty();
    List<Change> changes =
        List.of(
            new Change.Set(
                row(Kind.MAILBOX, "address", "joe@one.example", "password", "{SSHA}new")),
            new Change.Remove(
                row(Kind.APP_PASSWORD, "address", "joe@one.example", "label", "phone"), false),
            new Change.Set(row(Kind.MAILBOX, "address", "joe@one.example", "networks", "::1")),
            new Change.Set(row(Kind.DOMAIN, "domain", "one.example", "default-quota", "2G")),
            new Change.Remove(row(Kind.MAILBOX, "address", "joe@one.example"), false));
    for (Change change : changes) {
      for (String login : List.of("joe@one.example", "joe@alias.example")) {
        cache.account(address(login));
      }
      apply(List.of(change));
      feed.next().forEach(cache::changed);
      for (String login : List.of("joe@one.example", "joe@alias.example")) {
        assertThat(cache.account(address(login)))
            .as("%s after %s", login, change)
            .isEqualTo(store.accounts().account(address(login)));
      }
    }
    expectAbsent("joe@one.example");
    assertThat(cache.counts().loads()).isEqualTo(2 + 2 * changes.size());
  }

  @Test
  void oneThatIsSpoiltLeavesTheOthersAlone() throws Exception {
    try (Database database = Database.open(settings, new SecureRandom())) {
      database.<Integer, UnavailableException>write(sql ->
          sql.update("UPDATE domains SET alias_of = 'no domain' WHERE domain = 'alias.example'"));
    }
    assertThat(store.accounts().account(address("joe@alias.example")))
        .isEqualTo(new Lookup.Unavailable<>("the database holds no domain: no domain"));
    assertThat(found("kim@gone.example").active()).isFalse();
  }

  @Test
  void theSecretOfOneTimePasswordsIsOpenedWithItsKeyOnly() throws Exception {
    Address account = address("\"a b\"@one.example");
    assertThat(store.accounts().totp(account))
        .isEqualTo(new Lookup.Found<>(new TotpSecret(AccountRowCases.TOTP, 0)));
    assertThat(store.accounts().totp(address("joe@one.example"))).isEqualTo(new Lookup.Absent<>());
    Files.delete(folder.resolve("secret.key"));
    store.close();
    store = open(settings);
    assertThat(store.accounts().totp(account)).isInstanceOf(Lookup.Unavailable.class);
    assertThat(found("\"a b\"@one.example").credentials().totp()).isTrue();
  }

  private List<String> pages(int most, String mask) {
    List<String> all = new ArrayList<>();
    String after = "";
    while (true) {
      Lookup<List<Address>> page = store.accounts().page(after, most, new AccountMask(mask));
      assertThat(page).isInstanceOf(Lookup.Found.class);
      List<Address> part = ((Lookup.Found<List<Address>>) page).value();
      assertThat(part).hasSizeLessThanOrEqualTo(most);
      if (part.isEmpty()) {
        return all;
      }
      part.forEach(address -> all.add(address.toString()));
      after = all.getLast();
    }
  }

  @Test
  void allAreListedAPartAtATime() throws Exception {
    add(
        mailbox("50%_!@two.example"),
        mailbox("50xy!@two.example"),
        mailbox("\u00fcte@two.example"));
    List<String> all =
        List.of(
            "\"a b\"@one.example",
            "50%_!@two.example",
            "50xy!@two.example",
            "ann@off.example",
            "joe@one.example",
            "kim@two.example",
            "\u00fcte@two.example");
    assertThat(pages(1, "*")).isEqualTo(all);
    assertThat(pages(3, "*")).isEqualTo(all);
    assertThat(pages(100, "*")).isEqualTo(all);
    assertThat(pages(2, "*@ONE.example")).containsExactly("\"a b\"@one.example", "joe@one.example");
    assertThat(pages(2, "50%_!@*")).containsExactly("50%_!@two.example");
    assertThat(pages(2, "???@o*")).containsExactly("ann@off.example", "joe@one.example");
    assertThat(pages(2, "?te@two.example")).containsExactly("\u00fcte@two.example");
    assertThat(pages(2, "joe@one.example")).containsExactly("joe@one.example");
    assertThat(pages(2, "joe")).isEmpty();
  }
}
