package dovetail.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the cache of accounts gives when, with a clock of the test's own. */
final class CachingAccountsTest {
  private static final Address JOE = Address.parse("joe@one.example").orElseThrow();
  private static final Address ANN = Address.parse("ann@one.example").orElseThrow();
  private static final Address OTHER = Address.parse("joe@alias.example").orElseThrow();
  private static final Domain ALIAS = OTHER.domain();
  private static final CacheLimits LIMITS =
      new CacheLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          1000);

  private final MapAccounts source =
      new MapAccounts()
          .put(account(JOE, "{SSHA}old"))
          .put(new DomainEntry.AliasOf(ALIAS, true, JOE.domain()));
  private final AtomicLong now = new AtomicLong(17);
  private final CachingAccounts cache = new CachingAccounts(source, LIMITS, now::get);

  private static Account account(Address address, String hash) {
    return new Account(
        address,
        true,
        true,
        true,
        Set.of(LoginService.IMAP),
        List.of(),
        Account.Place.USUAL,
        new Account.Credentials(
            Optional.of(new StoredHash(hash)),
            List.of(
                new AppPassword(
                    "phone",
                    new StoredHash("{SSHA}phone"),
                    Set.of(),
                    List.of(),
                    Optional.of(Instant.EPOCH))),
            true));
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void expect(Address login, String hash) {
    assertThat(
            cache
                .account(login)
                .map(account -> account.credentials().password().map(StoredHash::text).orElse("")))
        .isEqualTo(new Lookup.Found<>(hash));
  }

  @Test
  void isKeptForItsTimeUnderBothNames() {
    expect(JOE, "{SSHA}old");
    expect(OTHER, "{SSHA}old");
    source.put(account(JOE, "{SSHA}new"));
    pass(Duration.ofSeconds(59));
    expect(JOE, "{SSHA}old");
    expect(OTHER, "{SSHA}old");
    assertThat(cache.counts().loads()).isEqualTo(2);
    assertThat(cache.size()).isEqualTo(2);
    pass(Duration.ofSeconds(1));
    expect(JOE, "{SSHA}new");
    expect(OTHER, "{SSHA}new");
  }

  @Test
  void nobodyIsStaleOnceAChangeIsKnown() {
    int number = 0;
    for (String subject :
        List.of(
            "mailbox joe@one.example",
            "account joe@one.example",
            "domain one.example",
            "all",
            "",
            "nonsense x",
            "mailbox no address")) {
      expect(JOE, number == 0 ? "{SSHA}old" : "{SSHA}" + number);
      expect(OTHER, number == 0 ? "{SSHA}old" : "{SSHA}" + number);
      number++;
      source.put(account(JOE, "{SSHA}" + number));
      cache.changed(subject);
      expect(JOE, "{SSHA}" + number);
      expect(OTHER, "{SSHA}" + number);
    }
    source.put(new DomainEntry.AliasOf(ALIAS, false, JOE.domain()));
    cache.changed("domain alias.example");
    assertThat(cache.account(OTHER).map(Account::active)).isEqualTo(new Lookup.Found<>(false));
  }

  @Test
  void otherChangesLeaveThemAlone() {
    cache.account(JOE);
    for (String subject :
        List.of(
            "mailbox ann@one.example",
            "account ann@one.example",
            "domain two.example",
            "alias joe@one.example",
            "block account joe@one.example",
            "dkim one.example",
            "entry canonical_maps",
            "exception",
            "grant joe@one.example",
            "limit",
            "relay",
            "suspension")) {
      cache.changed(subject);
    }
    cache.account(JOE);
    assertThat(cache.counts().loads()).isEqualTo(1);
  }

  @Test
  void whoWasRemovedIsGoneAndWhoIsNewIsThere() {
    cache.account(JOE);
    assertThat(cache.account(ANN)).isEqualTo(new Lookup.Absent<>());
    source.remove(JOE);
    source.put(account(ANN, "{SSHA}ann"));
    cache.changed("mailbox joe@one.example");
    cache.changed("mailbox ann@one.example");
    assertThat(cache.account(JOE)).isEqualTo(new Lookup.Absent<>());
    expect(ANN, "{SSHA}ann");
  }

  @Test
  void whileTheDatabaseIsAwayWhatWasFoundHoldsUpToTheBound() {
    cache.account(JOE);
    cache.account(ANN);
    source.unavailable(Optional.of("gone"));
    pass(Duration.ofMinutes(59));
    expect(JOE, "{SSHA}old");
    assertThat(cache.account(ANN)).isEqualTo(new Lookup.Unavailable<>("gone"));
    assertThat(cache.counts().staleAnswers()).isEqualTo(1);
    pass(Duration.ofMinutes(1));
    assertThat(cache.account(JOE)).isEqualTo(new Lookup.Unavailable<>("gone"));
  }

  @Test
  void whoAsksWhenTheDatabaseIsKnownToAnswerIsNotToldThatItIsAway() {
    source.unavailable(Optional.of("gone"));
    assertThat(cache.account(ANN)).isEqualTo(new Lookup.Unavailable<>("gone"));
    source.unavailable(Optional.empty());
    assertThat(cache.account(JOE)).isEqualTo(new Lookup.Unavailable<>("gone"));
    cache.answered();
    expect(JOE, "{SSHA}old");
    assertThat(cache.account(ANN)).isEqualTo(new Lookup.Absent<>());
  }

  /** The last step of a one-time password must be the one of now. */
  @Test
  void secretsAndListsAreAskedForEachTime() {
    source.put(JOE, new TotpSecret("JBSWY3DP", 1));
    assertThat(cache.totp(JOE)).isEqualTo(new Lookup.Found<>(new TotpSecret("JBSWY3DP", 1)));
    source.put(JOE, new TotpSecret("JBSWY3DP", 2));
    assertThat(cache.totp(JOE)).isEqualTo(new Lookup.Found<>(new TotpSecret("JBSWY3DP", 2)));
    assertThat(cache.totp(ANN)).isEqualTo(new Lookup.Absent<>());
    assertThat(cache.page("", 10, AccountMask.ALL)).isEqualTo(new Lookup.Found<>(List.of(JOE)));
    source.put(account(ANN, "x"));
    assertThat(cache.page("", 10, AccountMask.ALL))
        .isEqualTo(new Lookup.Found<>(List.of(ANN, JOE)));
    assertThat(cache.page("ann@one.example", 10, new AccountMask("*@one.*")))
        .isEqualTo(new Lookup.Found<>(List.of(JOE)));
    assertThat(cache.page("", 10, new AccountMask("?oe@*")))
        .isEqualTo(new Lookup.Found<>(List.of(JOE)));
    assertThat(cache.page("", 1, AccountMask.ALL)).isEqualTo(new Lookup.Found<>(List.of(ANN)));
  }

  @Test
  void noTextShowsASecret() {
    source.put(JOE, new TotpSecret("JBSWY3DP", 1));
    String shown = cache.account(JOE) + " " + cache.totp(JOE) + " " + source.account(JOE);
    assertThat(shown)
        .contains("joe@one.example", "phone", "(hash)", "(secret)")
        .doesNotContain("SSHA", "{", "JBSWY3DP");
  }
}
