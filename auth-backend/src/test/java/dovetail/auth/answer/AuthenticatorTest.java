package dovetail.auth.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashSettings;
import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Secret;
import dovetail.auth.password.TotpKeyTest;
import dovetail.directory.Account;
import dovetail.directory.Accounts;
import dovetail.directory.AppPassword;
import dovetail.directory.DomainEntry;
import dovetail.directory.LoginService;
import dovetail.directory.MapAccounts;
import dovetail.directory.StoredHash;
import dovetail.directory.TotpSecret;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.Block;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in, and what the others are told. */
final class AuthenticatorTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Address JOE = Address.parse("joe@example.com").orElseThrow();
  private static final Set<LoginService> ALL = EnumSet.allOf(LoginService.class);
  private static final GuardSettings PATIENCE =
      new GuardSettings(
          Duration.ofHours(1),
          2,
          50,
          Duration.ofMinutes(15),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          List.of());

  private final MapAccounts accounts = new MapAccounts();
  private final List<Passage> passages = new ArrayList<>();
  private final List<String> outdated = new ArrayList<>();
  private final List<String> unusable = new ArrayList<>();
  private long lastStep;
  private boolean awayForCodes;
  private boolean scram;
  private final HashThreads hashes =
      new HashThreads(
          new HashSettings(1, 2, 64L << 20, Duration.ofSeconds(30), false),
          new Argon2id(new SecureRandom()),
          System::nanoTime);
  private final Guard guard = new Guard(() -> 0, "mx.example.net", _ -> {});
  private final Authenticator authenticator = authenticator(accounts);

  private Authenticator authenticator(Accounts from) {
    return new Authenticator(
        new Authenticator.Parts(
            from,
            hashes,
            new OneTimeCodes(accounts, this::useCode),
            guard,
            new Marker(new SecureRandom()),
            new Challenges(new SecureRandom()),
            new Notes()),
        () ->
            new AuthenticatorSettings(
                PATIENCE, Set.of(LoginService.SMTP), scram, Optional.empty()));
  }

  private final class Notes implements LoginNotes {
    @Override
    public void passed(Passage passage) {
      passages.add(passage);
    }

    @Override
    public void outdated(Account account, StoredHash hash, Secret password) {
      outdated.add(account.address() + " " + hash.text());
    }

    @Override
    public void unusable(Account account, String why) {
      unusable.add(account.address() + ": " + why);
    }
  }

  @AfterEach
  void close() {
    hashes.close();
  }

  private static Account account(String password, AppPassword... apps) {
    return new Account(
        JOE,
        true,
        true,
        true,
        ALL,
        List.of(),
        Account.Place.USUAL,
        new Account.Credentials(
            Optional.of(password).filter(text -> !text.isEmpty()).map(StoredHash::new),
            List.of(apps),
            false));
  }

  private static AppPassword app(String password, Set<LoginService> services) {
    return new AppPassword(
        "phone",
        new StoredHash("{PLAIN}" + password),
        services,
        List.of("192.0.2.0/24"),
        Optional.of(NOW.plusSeconds(60)));
  }

  private static Login from(String user, String service) {
    return new Login(
        user, Optional.empty(), service, Optional.of(InetAddress.ofLiteral("192.0.2.1")), NOW);
  }

  private Outcome login(String user, String password, String service) {
    return decide(from(user, service), password);
  }

  private Outcome decide(Login login, String password) {
    return decide(authenticator, login, password);
  }

  private static Outcome decide(Authenticator by, Login login, String password) {
    try (Secret secret = Secret.of(password.getBytes(StandardCharsets.UTF_8))) {
      return by.decide(login, secret);
    }
  }

  /** By it another takes its place, and by nothing else: nobody hashes it anew meanwhile. */
  @Test
  void whoWantsAnotherPasswordIsGivenWhatWasVerified() {
    accounts.put(account("{PLAIN}sesame"));
    Outcome outcome = login("joe@example.com", "sesame", Login.PASSWORD_CHANGE);
    assertThat(outcome.reason()).isEqualTo(Reason.PASSWORD);
    assertThat(outcome.verified()).contains(new StoredHash("{PLAIN}sesame"));
    assertThat(outcome.atOnce()).isEqualTo(outcome);
    assertThat(outcome.toString()).doesNotContain("sesame").doesNotContain("PLAIN");
    assertThat(outdated).isEmpty();
    assertThat(login("joe@example.com", "sesame", "imap").verified()).isEmpty();
    assertThat(login("joe@example.com", "open", Login.PASSWORD_CHANGE).verified()).isEmpty();
  }

  @Test
  void thePasswordOpensAllThatTheAccountMay() {
    accounts.put(account("{PLAIN}sesame"));
    assertThat(login("Joe@EXAMPLE.com", "sesame", "imap"))
        .isEqualTo(new Outcome(Reason.PASSWORD, "joe@example.com", Duration.ZERO));
    assertThat(login("joe@example.com", "sesame", "submission").reason())
        .isEqualTo(Reason.PASSWORD);
    assertThat(passages)
        .extracting(Passage::service)
        .containsExactly(Optional.of(LoginService.IMAP), Optional.of(LoginService.SMTP));
    assertThat(outdated).hasSize(2).first().isEqualTo("joe@example.com {PLAIN}sesame");
  }

  @Test
  void whoDoesNotKnowItIsToldTheSameWhetherOrNotThereIsSuchAnAccount() {
    accounts.put(account("{PLAIN}sesame"));
    assertThat(login("joe@example.com", "x", "imap"))
        .isEqualTo(new Outcome(Reason.WRONG_PASSWORD, "joe@example.com", Duration.ofSeconds(1)));
    assertThat(login("jim@example.com", "x", "imap"))
        .isEqualTo(new Outcome(Reason.NO_ACCOUNT, "jim@example.com", Duration.ofSeconds(2)));
    assertThat(login("joe", "x", "imap").reason()).isEqualTo(Reason.NO_ACCOUNT);
    assertThat(login("joe@example.com", "sesame", "imap").reason()).isEqualTo(Reason.BLOCKED);
    assertThat(passages).isEmpty();
  }

  @Test
  void anAppPasswordThatWasMadeByChanceTakesNoTime() {
    accounts.put(
        account(new Argon2id(new SecureRandom()).hash("sesame".toCharArray()), app("phone", ALL)));
    hashes.close(); // so that nothing can be hashed any more
    assertThat(login("joe@example.com", "phone", "imap").reason()).isEqualTo(Reason.APP_PASSWORD);
    assertThat(login("joe@example.com", "sesame", "imap").reason()).isEqualTo(Reason.BUSY);
    assertThat(passages).hasSize(1);
  }

  @Test
  void whoIsKeptOutWhileHeWaitsHasNothingCompared() {
    accounts.put(account("{PLAIN}sesame"));
    Block block =
        new Block(
            new Block.Subject(Block.Kind.ACCOUNT, "joe@example.com"),
            NOW,
            NOW.plusSeconds(60),
            "many",
            "mx2.example.net");
    Accounts slow = new Noticed(accounts, () -> guard.replace(List.of(block)));
    assertThat(decide(authenticator(slow), from("joe@example.com", "imap"), "sesame").reason())
        .isEqualTo(Reason.BLOCKED);
    assertThat(passages).isEmpty();
  }

  @Test
  void aWrongPasswordTakesItsTimeHoweverTheRightOneIsStored() {
    accounts.put(account("{PLAIN}sesame", app("phone", ALL)));
    hashes.close();
    assertThat(login("joe@example.com", "sesame", "imap").reason()).isEqualTo(Reason.PASSWORD);
    assertThat(login("joe@example.com", "x", "imap").reason()).isEqualTo(Reason.BUSY);
    assertThat(login("jim@example.com", "x", "imap").reason()).isEqualTo(Reason.BUSY);
  }

  @Test
  void anAppPasswordThatOpensLessDoesNotStandBeforeTheSameOneThatOpensMore() {
    accounts.put(account("{PLAIN}sesame", app("sesame", Set.of(LoginService.POP3))));
    assertThat(login("joe@example.com", "sesame", "imap").reason()).isEqualTo(Reason.PASSWORD);
  }

  @Test
  void anAppPasswordOpensWhatItIsFor() {
    accounts.put(account("{PLAIN}sesame", app("apple", Set.of(LoginService.IMAP))));
    assertThat(login("joe@example.com", "apple", "imap").reason()).isEqualTo(Reason.APP_PASSWORD);
    assertThat(passages.getFirst().label()).contains("phone");
    assertThat(outdated).isEmpty();
    assertThat(login("joe@example.com", "apple", "pop3").reason()).isEqualTo(Reason.SERVICE_OFF);
    assertThat(login("joe@example.com", "apple", "doveadm").reason()).isEqualTo(Reason.SERVICE_OFF);
    assertThat(
            decide(
                    new Login(
                        "joe@example.com",
                        Optional.empty(),
                        "imap",
                        Optional.of(InetAddress.ofLiteral("198.51.100.1")),
                        NOW),
                    "apple")
                .reason())
        .isEqualTo(Reason.NETWORK_OFF);
    assertThat(
            decide(
                    new Login(
                        "joe@example.com",
                        Optional.empty(),
                        "imap",
                        Optional.of(InetAddress.ofLiteral("192.0.2.1")),
                        NOW.plusSeconds(60)),
                    "apple")
                .reason())
        .isEqualTo(Reason.EXPIRED);
  }

  @Test
  void whatTheAccountMayNotNoPasswordMay() {
    Account joe = account("{PLAIN}sesame", app("apple", ALL));
    accounts.put(
        new Account(
            JOE,
            true,
            true,
            false,
            Set.of(LoginService.SMTP, LoginService.IMAP),
            List.of("192.0.2.0/25"),
            Account.Place.USUAL,
            joe.credentials()));
    assertThat(login("joe@example.com", "sesame", "smtp").reason()).isEqualTo(Reason.SERVICE_OFF);
    assertThat(login("joe@example.com", "apple", "smtp").reason()).isEqualTo(Reason.SERVICE_OFF);
    assertThat(login("joe@example.com", "sesame", "pop3").reason()).isEqualTo(Reason.SERVICE_OFF);
    assertThat(login("joe@example.com", "sesame", "imap").reason()).isEqualTo(Reason.PASSWORD);
    Login nowhere = new Login("joe@example.com", Optional.empty(), "imap", Optional.empty(), NOW);
    assertThat(decide(nowhere, "sesame").reason()).isEqualTo(Reason.NETWORK_OFF);
  }

  @Test
  void nobodyActsForAnother() {
    accounts.put(account("{PLAIN}sesame"));
    Login other =
        new Login("joe@example.com", Optional.of("ann@example.com"), "imap", Optional.empty(), NOW);
    assertThat(decide(other, "sesame").reason()).isEqualTo(Reason.OTHER_USER);
    Login self =
        new Login("joe@example.com", Optional.of("JOE@example.com"), "imap", Optional.empty(), NOW);
    assertThat(decide(self, "sesame").reason()).isEqualTo(Reason.PASSWORD);
  }

  /** With the secret of RFC 6238, each of whose codes is used up by {@link #useCode}. */
  private void withCodes() {
    Account joe = account("{PLAIN}sesame", app("apple", ALL));
    accounts.put(
        new Account(
            JOE,
            true,
            true,
            true,
            ALL,
            List.of(),
            Account.Place.USUAL,
            new Account.Credentials(
                joe.credentials().password(), joe.credentials().appPasswords(), true)));
    accounts.put(JOE, new TotpSecret(TotpKeyTest.SECRET, lastStep));
  }

  private boolean useCode(Address account, long step) throws UnavailableException {
    if (awayForCodes) {
      throw new UnavailableException("away");
    }
    boolean fresh = account.equals(JOE) && step > lastStep;
    lastStep = Math.max(lastStep, step);
    return fresh;
  }

  @Test
  void aPasswordAloneIsNotEnoughWhereACodeIsAskedFor() {
    withCodes();
    assertThat(login("joe@example.com", "sesame", "smtp").reason()).isEqualTo(Reason.WRONG_CODE);
    assertThat(login("joe@example.com", "sesame", "imap").reason()).isEqualTo(Reason.PASSWORD);
    assertThat(login("joe@example.com", "apple", "smtp").reason()).isEqualTo(Reason.APP_PASSWORD);
  }

  @Test
  void aCodeIsTypedBehindThePasswordAndGoodOnce() {
    withCodes();
    String typed = "sesame" + TotpKeyTest.code(NOW);
    assertThat(login("joe@example.com", typed, "smtp").reason()).isEqualTo(Reason.PASSWORD);
    assertThat(outdated).as("what is hashed anew").containsExactly("joe@example.com {PLAIN}sesame");
    assertThat(login("joe@example.com", typed, "smtp").reason()).isEqualTo(Reason.WRONG_CODE);
    withCodes();
    assertThat(login("joe@example.com", typed, "smtp").reason()).isEqualTo(Reason.WRONG_CODE);
    String next = "sesame" + TotpKeyTest.code(NOW.plusSeconds(30));
    assertThat(login("joe@example.com", next, "smtp").reason()).isEqualTo(Reason.PASSWORD);
  }

  /** As with a service that nobody has heard of, or a change of the password. */
  @Test
  void aServiceThatIsNotKnownAsksForACodeToo() {
    withCodes();
    for (String service : List.of("", "jmap", "submissions", Login.PASSWORD_CHANGE)) {
      assertThat(login("joe@example.com", "sesame", service).reason())
          .as(service)
          .isIn(Reason.WRONG_CODE, Reason.BLOCKED);
    }
    assertThat(login("joe@example.com", "sesame", "imaps").reason()).isEqualTo(Reason.PASSWORD);
  }

  @Test
  void whoDoesNotKnowThePasswordHasNoUseForACode() {
    withCodes();
    String code = TotpKeyTest.code(NOW);
    for (String typed : List.of(code, "wrong" + code, "sesame " + code, "sesame" + code + "x")) {
      Outcome outcome = login("joe@example.com", typed, "smtp");
      assertThat(outcome.reason()).as(typed).isIn(Reason.WRONG_PASSWORD, Reason.BLOCKED);
    }
    assertThat(lastStep).as("used codes").isZero();
  }

  @Test
  void aCodeThatCannotBeUsedUpIsNotTaken() {
    withCodes();
    awayForCodes = true;
    String typed = "sesame" + TotpKeyTest.code(NOW);
    assertThat(login("joe@example.com", typed, "smtp").reason()).isEqualTo(Reason.DATABASE);
  }

  @Test
  void aDatabaseThatIsAwayAndAHashThatIsNotReadAreNoWrongPassword() {
    accounts.put(account("{MD5}$1$wmyrgRuV$kImF6.9MAFQNHe23kq5vI/"));
    assertThat(login("joe@example.com", "test", "imap").reason()).isEqualTo(Reason.NO_PASSWORD);
    assertThat(unusable).containsExactly("joe@example.com: weak scheme, needs auth.weak_schemes");
    accounts.put(
        account("{ARGON2ID}$argon2id$v=19$m=1048576,t=1,p=1$c29tZXNhbHQ$" + "A".repeat(43)));
    assertThat(login("joe@example.com", "test", "imap").reason()).isEqualTo(Reason.SCHEME);
    accounts.unavailable(Optional.of("gone"));
    assertThat(login("joe@example.com", "test", "imap").reason()).isEqualTo(Reason.DATABASE);
  }

  @Test
  void anotherNameOfTheDomainIsTheSameAccount() {
    accounts.put(account("{PLAIN}sesame"));
    accounts.put(
        new DomainEntry.AliasOf(
            Domain.parse("alias.example").orElseThrow(),
            true,
            Domain.parse("example.com").orElseThrow()));
    assertThat(login("joe@alias.example", "sesame", "imap"))
        .isEqualTo(new Outcome(Reason.PASSWORD, "joe@example.com", Duration.ZERO));
    for (int i = 0; i < 3; i++) {
      login(i % 2 == 0 ? "joe@alias.example" : "joe@example.com", "wrong" + i, "imap");
    }
    assertThat(login("joe@example.com", "sesame", "imap").reason()).isEqualTo(Reason.BLOCKED);
  }
}
