package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.directory.Account;
import dovetail.directory.Lookup;
import dovetail.directory.StoredHash;
import dovetail.directory.TotpSecret;
import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.AppPasswordUse;
import dovetail.directory.login.LastLogin;
import dovetail.directory.login.LoginStore;
import dovetail.mail.Address;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What logins bring about. */
abstract class LoginCases extends OnEachDatabase {
  private static final Address JOE = Address.parse("joe@example.com").orElseThrow();
  private static final Address ANN = Address.parse("ann@example.com").orElseThrow();
  private static final StoredHash OLD = new StoredHash("{SSHA}aGFzaA==");
  private static final StoredHash NEW = new StoredHash("{ARGON2ID}$argon2id$new");

  @BeforeEach
  void fill() throws Exception {
    add(
        domain("example.com"),
        mailbox("joe@example.com", "password", OLD.text(), "totp", AccountRowCases.TOTP),
        mailbox("ann@example.com", "password", OLD.text()),
        AccountRowCases.appPassword("joe@example.com", "phone"),
        AccountRowCases.appPassword("ann@example.com", "phone"));
  }

  private LoginStore logins() {
    return store.logins();
  }

  private Optional<StoredHash> password(Address account) {
    return store.accounts().account(account) instanceof Lookup.Found<Account>(Account found)
        ? found.credentials().password()
        : Optional.empty();
  }

  private String used(String account) throws UnavailableException {
    return store
        .administration()
        .find(Kind.APP_PASSWORD, List.of(account, "phone"))
        .orElseThrow()
        .get("used")
        .orElse("never");
  }

  private static LastLogin login(Address account, String service, int second, String client) {
    return new LastLogin(account, service, NOW.plusSeconds(second), client);
  }

  /** Runs the same on several hosts at once; gives how often it was true. */
  private static int together(int hosts, Callable<Boolean> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(hosts)) {
      int good = 0;
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(hosts, work))) {
        good += done.get() ? 1 : 0;
      }
      return good;
    }
  }

  @Test
  void anotherHashTakesThePlaceOfTheVerifiedOneOnly() throws Exception {
    ChangeFeed feed = store.changes();
    assertThat(feed.next()).isEmpty();
    int before = store.administration().audit(100).size();
    assertThat(logins().rehash(JOE, new StoredHash("{SSHA}aGFzaA="), NEW)).isFalse();
    assertThat(logins().rehash(JOE, new StoredHash("{ssha}aGFzaA=="), NEW)).isFalse();
    assertThat(feed.next()).isEmpty();
    assertThat(password(JOE)).contains(OLD);
    assertThat(logins().rehash(JOE, OLD, NEW)).isTrue();
    assertThat(feed.next()).containsExactly("account joe@example.com");
    assertThat(logins().rehash(JOE, OLD, NEW)).isFalse();
    assertThat(password(JOE)).contains(NEW);
    assertThat(password(ANN)).contains(OLD);
    assertThat(store.administration().audit(100)).hasSize(before);
  }

  @Test
  void anotherPasswordTakesThePlaceOfTheVerifiedOneOnly() throws Exception {
    ChangeFeed feed = store.changes();
    assertThat(feed.next()).isEmpty();
    int before = store.administration().audit(100).size();
    assertThat(logins().change(JOE, new StoredHash("{SSHA}aGFzaA="), NEW)).isFalse();
    assertThat(logins().change(Address.parse("jim@example.com").orElseThrow(), OLD, NEW)).isFalse();
    assertThat(feed.next()).isEmpty();
    assertThat(store.administration().audit(100)).hasSize(before);
    assertThat(logins().change(JOE, OLD, NEW)).isTrue();
    assertThat(feed.next()).containsExactly("account joe@example.com");
    assertThat(logins().change(JOE, OLD, NEW)).isFalse();
    assertThat(password(JOE)).contains(NEW);
    assertThat(password(ANN)).contains(OLD);
    assertThat(store.administration().audit(100))
        .hasSize(before + 1)
        .first()
        .isEqualTo(
            new AuditEntry(
                NOW, "joe@example.com", "set", "mailbox", "joe@example.com", "password=(changed)"));
  }

  @Test
  void ofSeveralHostsOneChangesIt() throws Exception {
    assertThat(together(4, () -> logins().change(JOE, OLD, NEW))).isEqualTo(1);
  }

  /** Who was told that it failed does not find it changed later. */
  @Test
  @Timeout(60)
  void aChangeThatCameTooLateIsNeverMade() throws Exception {
    DatabaseSettings impatient =
        new DatabaseSettings(
            settings.url(),
            settings.user(),
            settings.passwordFile(),
            settings.maxConnections(),
            Duration.ofSeconds(2));
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ExecutorService other = Executors.newSingleThreadExecutor();
        Database database = Database.open(settings, new SecureRandom());
        Store hurried = open(impatient)) {
      Future<Integer> holding =
          other.submit(() ->
              database.<Integer, Exception>write(sql -> {
                int rows = sql.update("UPDATE credentials SET modified = modified + 1");
                held.countDown();
                release.await();
                return rows;
              }));
      held.await();
      assertThatThrownBy(() -> hurried.logins().change(JOE, OLD, NEW))
          .isExactlyInstanceOf(UnavailableException.class);
      release.countDown();
      assertThat(holding.get()).isPositive();
      StoredHash third = new StoredHash("{ARGON2ID}$argon2id$third");
      assertThat(hurried.logins().rehash(JOE, OLD, third)).isTrue();
      assertThat(password(JOE)).contains(third);
    } finally {
      release.countDown();
    }
  }

  @Test
  void ofSeveralHostsOneRehashes() throws Exception {
    assertThat(together(4, () -> logins().rehash(JOE, OLD, NEW))).isEqualTo(1);
  }

  @Test
  void aOneTimePasswordIsGoodOnceOnAllHosts() throws Exception {
    for (long step = 10; step < 15; step++) {
      long now = step;
      assertThat(together(4, () -> logins().useTotp(JOE, now))).isEqualTo(1);
    }
    assertThat(logins().useTotp(JOE, 13)).isFalse();
    assertThat(logins().useTotp(JOE, 16)).isTrue();
    assertThat(store.accounts().totp(JOE))
        .isEqualTo(new Lookup.Found<>(new TotpSecret(AccountRowCases.TOTP, 16)));
    assertThat(logins().useTotp(ANN, 16)).isFalse();
  }

  @Test
  void theLastUseOfAnAppPasswordIsKept() throws Exception {
    ChangeFeed feed = store.changes();
    assertThat(feed.next()).isEmpty();
    logins().used(List.of());
    assertThat(used("joe@example.com")).isEqualTo("never");
    logins()
        .used(
            List.of(
                new AppPasswordUse(JOE, "phone", NOW.plusSeconds(60)),
                new AppPasswordUse(JOE, "phone", NOW.plusSeconds(20)),
                new AppPasswordUse(JOE, "gone", NOW.plusSeconds(20)),
                new AppPasswordUse(ANN, "phone", NOW.plusSeconds(5))));
    logins().used(List.of(new AppPasswordUse(JOE, "phone", NOW.plusSeconds(30))));
    assertThat(used("joe@example.com")).isEqualTo("2026-01-02T03:05:05Z");
    assertThat(used("ann@example.com")).isEqualTo("2026-01-02T03:04:10Z");
    assertThat(feed.next()).isEmpty();
  }

  /** One that was removed and made anew under the same label was not used before it was made. */
  @Test
  void aUseBeforeAnAppPasswordWasMadeIsAnothers() throws Exception {
    logins().used(List.of(new AppPasswordUse(JOE, "phone", NOW.minusSeconds(1))));
    assertThat(used("joe@example.com")).isEqualTo("never");
  }

  @Test
  void theLastLoginAtEachServiceIsKept() throws Exception {
    assertThat(logins().last(JOE)).isEmpty();
    logins().loggedIn(List.of(login(JOE, "imap", 5, "192.0.2.5"), login(ANN, "imap", 7, "")));
    logins()
        .loggedIn(
            List.of(
                login(JOE, "smtp", 9, "2001:db8::9"),
                login(JOE, "imap", 3, "192.0.2.3"),
                login(JOE, "imap", 8, "192.0.2.8"),
                login(JOE, "imap", 6, "192.0.2.6")));
    assertThat(logins().last(JOE))
        .containsExactly(login(JOE, "imap", 8, "192.0.2.8"), login(JOE, "smtp", 9, "2001:db8::9"));
    assertThat(logins().last(ANN)).containsExactly(login(ANN, "imap", 7, ""));
    logins().loggedIn(List.of(login(ANN, "imap", 7, "192.0.2.7")));
    assertThat(logins().last(ANN)).containsExactly(login(ANN, "imap", 7, "192.0.2.7"));
  }

  /** Dovecot notes a login that we have noted, and does not say where it came from. */
  @Test
  void theClientOfALoginIsNotLostByASecondNoteOfIt() throws Exception {
    logins().loggedIn(List.of(login(JOE, "imap", 100, "192.0.2.1")));
    for (int second : List.of(70, 100, 101, 129, 129)) {
      logins().loggedIn(List.of(login(JOE, "imap", second, "")));
      assertThat(logins().last(JOE)).containsExactly(login(JOE, "imap", 100, "192.0.2.1"));
    }
    logins().loggedIn(List.of(login(JOE, "imap", 130, "")));
    assertThat(logins().last(JOE)).as("another one").containsExactly(login(JOE, "imap", 130, ""));
    logins().loggedIn(List.of(login(JOE, "imap", 99, "192.0.2.2")));
    assertThat(logins().last(JOE)).as("too old").containsExactly(login(JOE, "imap", 130, ""));
    logins().loggedIn(List.of(login(JOE, "imap", 129, "192.0.2.2")));
    assertThat(logins().last(JOE))
        .as("the other way round")
        .containsExactly(login(JOE, "imap", 130, "192.0.2.2"));
    logins().loggedIn(List.of(login(JOE, "imap", 131, "192.0.2.3")));
    assertThat(logins().last(JOE)).containsExactly(login(JOE, "imap", 131, "192.0.2.3"));
    logins().loggedIn(List.of(login(JOE, "imap", 130, "192.0.2.4")));
    assertThat(logins().last(JOE)).containsExactly(login(JOE, "imap", 131, "192.0.2.3"));
  }

  @Test
  void theLatestLoginsWithAClientAreFound() throws Exception {
    assertThat(logins().recent(NOW, 10)).isEmpty();
    logins()
        .loggedIn(
            List.of(
                login(JOE, "imap", 5, "192.0.2.5"),
                login(JOE, "smtp", 7, ""),
                login(JOE, "pop3", -1, "192.0.2.6"),
                login(ANN, "imap", 9, "2001:db8::9"),
                login(ANN, "smtp", 0, "192.0.2.7")));
    assertThat(logins().recent(NOW, 10))
        .containsExactly(
            login(ANN, "imap", 9, "2001:db8::9"),
            login(JOE, "imap", 5, "192.0.2.5"),
            login(ANN, "smtp", 0, "192.0.2.7"));
    assertThat(logins().recent(NOW, 1)).containsExactly(login(ANN, "imap", 9, "2001:db8::9"));
  }

  @Test
  void nobodyElseHasLoggedIn() throws Exception {
    Address nobody = Address.parse("nobody@example.com").orElseThrow();
    logins().loggedIn(List.of(login(nobody, "imap", 1, "192.0.2.1")));
    assertThat(logins().last(nobody)).isEmpty();
    logins().loggedIn(List.of(login(JOE, "imap", 1, "192.0.2.1")));
    apply(List.of(new Change.Remove(row(Kind.MAILBOX, "address", "joe@example.com"), false)));
    logins().loggedIn(List.of(login(JOE, "imap", 2, "192.0.2.1")));
    add(mailbox("joe@example.com"));
    assertThat(logins().last(JOE)).isEmpty();
  }

  @Test
  void namesThatAreTooLongAreRefusedBeforeTheyAreWritten() {
    assertThatThrownBy(() -> new LastLogin(JOE, "s".repeat(65), Instant.EPOCH, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LastLogin(JOE, "imap", Instant.EPOCH, "1".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hostsThatWriteManyAtOnceAreNotInOneAnothersWay() throws Exception {
    List<LastLogin> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(login(i % 2 == 0 ? JOE : ANN, "s" + i % 50, i, "192.0.2.1"));
    }
    Callable<Boolean> host =
        () -> {
          for (int i = 0; i < 5; i++) {
            List<LastLogin> mixed = new ArrayList<>(many);
            Collections.shuffle(mixed, new Random(i));
            logins().loggedIn(mixed);
          }
          return true;
        };
    assertThat(together(4, host)).isEqualTo(4);
    assertThat(logins().last(JOE)).hasSize(25);
    assertThat(logins().last(JOE).getFirst()).isEqualTo(login(JOE, "s0", 250, "192.0.2.1"));
  }
}
