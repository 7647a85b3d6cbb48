package dovetail.auth.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashSettings;
import dovetail.auth.password.HashThreads;
import dovetail.auth.password.ScramKeys;
import dovetail.auth.password.ScramMechanism;
import dovetail.auth.password.Secret;
import dovetail.directory.Account;
import dovetail.directory.AppPassword;
import dovetail.directory.DomainEntry;
import dovetail.directory.LoginService;
import dovetail.directory.Lookup;
import dovetail.directory.MapAccounts;
import dovetail.directory.StoredHash;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose password is told: of nobody whom we would not let in with it. */
final class PassdbTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Address JOE = Address.parse("joe@example.com").orElseThrow();
  private static final Set<LoginService> ALL = EnumSet.allOf(LoginService.class);

  private static final String KEYS =
      ScramKeys.generate(ScramMechanism.SHA_256, sesame(), 4096, new SecureRandom()).stored();

  /** Of "sesame" each, if of anything. */
  private static final List<String> STORED =
      List.of(
          "",
          "{PLAIN}sesame",
          "{SHA256}0MBPSxlR5K6q7IIj7SA55ULzqugFpvp/bXlOWv/10nI=",
          "{PLAIN-MD5}c8dae1c50e092f3d877192fc555b1dcf",
          "{PLAIN-MD5}c8dae1c50e092f3d877192fc555b1dcf " + KEYS,
          "{SHA256}0MBPSxlR5K6q7IIj7SA55ULzqugFpvp/bXlOWv/10nI= " + KEYS,
          KEYS,
          "{CRAM-MD5}0123",
          "{NEW}sesame",
          "sesame");

  private static final List<String> SERVICES =
      List.of("smtp", "submission", "imap", "IMAP", "pop3", "sieve", "managesieve", "doveadm", "");

  private final MapAccounts accounts = new MapAccounts();
  private final List<String> unusable = new ArrayList<>();
  private final HashThreads hashes = threads();
  private final AuthenticatorSettings settings =
      new AuthenticatorSettings(
          new GuardSettings(
              Duration.ofHours(1),
              10_000,
              10_000,
              Duration.ofMinutes(15),
              Duration.ZERO,
              Duration.ZERO,
              List.of()),
          Set.of(LoginService.SMTP),
          false,
          Optional.empty());
  private final Passdb passdb =
      new Passdb(
          new Passdb.Parts(accounts, hashes, new Notes()),
          () -> settings,
          () ->
              new UserSettings(
                  HomeTemplate.read("/mail/%{user}"),
                  Optional.of(1L),
                  Optional.of(2L),
                  Optional.empty()));
  private final Authenticator authenticator = authenticator(hashes);

  private static HashThreads threads() {
    return new HashThreads(
        new HashSettings(1, 2, 64L << 20, Duration.ofSeconds(30), false),
        new Argon2id(new SecureRandom()),
        System::nanoTime);
  }

  private Authenticator authenticator(HashThreads by) {
    return new Authenticator(
        new Authenticator.Parts(
            accounts,
            by,
            new OneTimeCodes(accounts, (_, _) -> false),
            new Guard(() -> 0, "mx.example.net", _ -> {}),
            new Marker(new SecureRandom()),
            new Challenges(new SecureRandom()),
            new Notes()),
        () -> settings);
  }

  private final class Notes implements LoginNotes {
    @Override
    public void passed(Passage passage) {}

    @Override
    public void outdated(Account account, StoredHash hash, Secret password) {}

    @Override
    public void unusable(Account account, String why) {
      unusable.add(account.address() + ": " + why);
    }
  }

  @AfterEach
  void close() {
    hashes.close();
  }

  private static Account account(String stored, boolean active, boolean send, boolean totp) {
    return account(stored, active, send, totp, ALL);
  }

  private static Account account(
      String stored, boolean active, boolean send, boolean totp, Set<LoginService> services) {
    return new Account(
        JOE,
        active,
        true,
        send,
        services,
        List.of("192.0.2.0/24", "2001:db8::/32"),
        new Account.Place(Optional.empty(), Optional.empty(), Optional.empty(), 77),
        new Account.Credentials(
            Optional.of(stored).filter(text -> !text.isEmpty()).map(StoredHash::new),
            List.of(
                new AppPassword(
                    "phone", new StoredHash("{PLAIN}apple"), ALL, List.of(), Optional.empty())),
            totp));
  }

  private static Secret sesame() {
    return Secret.of("sesame".getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isLetIn(String service, Authenticator authenticator) {
    Login login =
        new Login(
            "joe@example.com",
            Optional.empty(),
            service,
            Optional.of(InetAddress.ofLiteral("192.0.2.1")),
            NOW);
    try (Secret secret = sesame()) {
      return authenticator.decide(login, secret).reason() == Reason.PASSWORD;
    }
  }

  private static List<Account> all(String stored) {
    List<Account> all = new ArrayList<>();
    for (boolean active : new boolean[] {false, true}) {
      for (boolean send : new boolean[] {false, true}) {
        for (boolean totp : new boolean[] {false, true}) {
          for (LoginService one : LoginService.values()) {
            all.add(account(stored, active, send, totp, Set.of(one)));
          }
          all.add(account(stored, active, send, totp, Set.of()));
          all.add(account(stored, active, send, totp));
        }
      }
    }
    return all;
  }

  /** It is told of those whom the authenticator lets in, and of nobody else. */
  @Test
  void agreesWithTheAuthenticator() {
    HashThreads none = threads();
    none.close();
    // Where a password is compared at once, no other one need take its time here.
    Authenticator quick = authenticator(none);
    int told = 0;
    for (String stored : STORED) {
      Authenticator by = hashes.isCheap(stored) ? quick : authenticator;
      for (Account account : all(stored)) {
        accounts.put(account);
        for (String service : SERVICES) {
          Lookup<PassdbEntry> entry = passdb.entry("joe@example.com", service);
          assertThat(entry instanceof Lookup.Found<PassdbEntry>)
              .as("%s for %s", account, service)
              .isEqualTo(isLetIn(service, by));
          told += entry instanceof Lookup.Found<PassdbEntry> ? 1 : 0;
        }
      }
    }
    assertThat(told).isPositive();
  }

  @Test
  void tellsAllThatDovecotMustKnow() {
    accounts.put(account("{PLAIN}sesame", true, true, false));
    PassdbEntry entry = found("JOE@Example.COM", "imap");
    assertThat(entry.fields())
        .containsExactly(
            Map.entry("user", "joe@example.com"),
            Map.entry("password", "{PLAIN}sesame"),
            Map.entry("allow_nets", "192.0.2.0/24,2001:db8::/32"),
            Map.entry("userdb_home", "/mail/joe@example.com"),
            Map.entry("userdb_uid", "1"),
            Map.entry("userdb_gid", "2"),
            Map.entry("userdb_quota_rule", "*:bytes=77"));
    assertThat(entry.toString()).doesNotContain("sesame");
  }

  /** Dovecot knows of no second one. */
  @Test
  void tellsOneOfTwoPartsOnly() {
    String hash = "{SHA256}0MBPSxlR5K6q7IIj7SA55ULzqugFpvp/bXlOWv/10nI=";
    accounts.put(account(hash + " " + KEYS, true, true, false));
    assertThat(found("joe@example.com", "imap").fields()).containsEntry("password", hash);
    accounts.put(account("{PLAIN-MD5}00 " + KEYS, true, true, false));
    assertThat(found("joe@example.com", "imap").fields()).containsEntry("password", KEYS);
  }

  private PassdbEntry found(String name, String service) {
    return ((Lookup.Found<PassdbEntry>) passdb.entry(name, service)).value();
  }

  @Test
  void knowsTheOtherNamesOfADomain() {
    accounts.put(account("{PLAIN}sesame", true, true, false));
    accounts.put(
        new DomainEntry.AliasOf(Domain.parse("example.org").orElseThrow(), true, JOE.domain()));
    accounts.put(
        new DomainEntry.AliasOf(Domain.parse("off.example").orElseThrow(), false, JOE.domain()));
    assertThat(found("joe@example.org", "imap").user().address()).isEqualTo(JOE);
    assertThat(passdb.entry("joe@off.example", "imap")).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void whatIsNotComparedHereIsNotToldAndIsNoted() {
    accounts.put(account("{PLAIN-MD5}c8dae1c50e092f3d877192fc555b1dcf", true, true, false));
    assertThat(passdb.entry("joe@example.com", "imap")).isEqualTo(new Lookup.Absent<>());
    assertThat(unusable).containsExactly("joe@example.com: weak scheme, needs auth.weak_schemes");
  }

  /** As with the authenticator nobody is told no. */
  @Test
  void whatIsTooDearIsUnknown() {
    accounts.put(account("{PBKDF2}$1$salt$2000000$" + "0".repeat(40), true, true, false));
    assertThat(passdb.entry("joe@example.com", "imap"))
        .isEqualTo(
            new Lookup.Unavailable<>("a password is stored that takes too much memory or time"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "joe", "joe@", "@example.com", "joe@example.com\0", "*@example.com"})
  void whoIsNobodyIsAbsent(String name) {
    accounts.put(account("{PLAIN}sesame", true, true, false));
    assertThat(passdb.entry(name, "imap")).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void nobodyKnowsWhileTheDatabaseIsAway() {
    accounts.unavailable(Optional.of("planted"));
    assertThat(passdb.entry("joe@example.com", "imap"))
        .isEqualTo(new Lookup.Unavailable<>("planted"));
  }
}
