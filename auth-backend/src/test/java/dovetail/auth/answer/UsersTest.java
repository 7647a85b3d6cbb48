package dovetail.auth.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Account;
import dovetail.directory.DomainEntry;
import dovetail.directory.LoginService;
import dovetail.directory.Lookup;
import dovetail.directory.MapAccounts;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who has mail here, and what of him Dovecot is told. */
final class UsersTest {
  private static final Address JOE = Address.parse("joe@example.com").orElseThrow();
  private static final Set<LoginService> ALL = EnumSet.allOf(LoginService.class);
  private static final UserSettings SETTINGS =
      new UserSettings(
          HomeTemplate.read("/var/vmail/%{domain}/%{username}"),
          Optional.of(5000L),
          Optional.of(5001L),
          MailLocation.of("maildir:~/Maildir"));

  private final MapAccounts accounts = new MapAccounts();
  private final Users users = new Users(accounts, () -> SETTINGS);

  private static Account account(boolean active, boolean receive, Set<LoginService> services) {
    return new Account(
        JOE,
        active,
        receive,
        true,
        services,
        List.of(),
        Account.Place.USUAL,
        new Account.Credentials(Optional.empty(), List.of(), false));
  }

  private static Account placed(Account.Place place) {
    return new Account(
        JOE,
        true,
        true,
        true,
        ALL,
        List.of(),
        place,
        new Account.Credentials(Optional.empty(), List.of(), false));
  }

  private User joe(String service) {
    Lookup<User> found = users.user("joe@example.com", service);
    assertThat(found).isInstanceOf(Lookup.Found.class);
    return ((Lookup.Found<User>) found).value();
  }

  @Test
  void whatAMailboxDoesNotSayTheSettingsDo() {
    accounts.put(placed(Account.Place.USUAL));
    assertThat(joe("lmtp").fields(DovecotSeries.V2_3))
        .containsExactly(
            Map.entry("home", "/var/vmail/example.com/joe"),
            Map.entry("uid", "5000"),
            Map.entry("gid", "5001"),
            Map.entry("mail", "maildir:~/Maildir"));
  }

  @Test
  void whatAMailboxSaysGoesFirst() {
    accounts.put(
        placed(
            new Account.Place(Optional.of("/srv/joe"), Optional.of(7L), Optional.of(8L), 1_000)));
    assertThat(joe("lmtp").fields(DovecotSeries.V2_3))
        .containsExactly(
            Map.entry("home", "/srv/joe"),
            Map.entry("uid", "7"),
            Map.entry("gid", "8"),
            Map.entry("mail", "maildir:~/Maildir"),
            Map.entry("quota_rule", "*:bytes=1000"));
    assertThat(joe("lmtp").fields(DovecotSeries.V2_4))
        .containsExactly(
            Map.entry("home", "/srv/joe"),
            Map.entry("uid", "7"),
            Map.entry("gid", "8"),
            Map.entry("mail_driver", "maildir"),
            Map.entry("mail_path", "~/Maildir"),
            Map.entry("quota_storage_size", "1000B"));
  }

  @Test
  void whatNobodySaysIsNotSaid() {
    accounts.put(placed(Account.Place.USUAL));
    Lookup<User> found = new Users(accounts, () -> UserSettings.NONE).user("joe@example.com", "x");
    assertThat(((Lookup.Found<User>) found).value().fields(DovecotSeries.V2_4)).isEmpty();
  }

  @Test
  void namesHaveOneSpelling() {
    accounts.put(placed(Account.Place.USUAL));
    accounts.put(
        new DomainEntry.AliasOf(Domain.parse("alias.example").orElseThrow(), true, JOE.domain()));
    for (String name : List.of("JOE@Example.COM", "joe@alias.example")) {
      assertThat(users.user(name, "lmtp")).as(name).isEqualTo(new Lookup.Found<>(joe("lmtp")));
    }
    for (String name :
        List.of("joe", "", "@example.com", "joe@", "jim@example.com", "joe/x", "*")) {
      assertThat(users.user(name, "lmtp")).as(name).isInstanceOf(Lookup.Absent.class);
    }
  }

  @Test
  void whoTakesNoMailIsNobodyToThoseWhoBringIt() {
    accounts.put(account(true, false, ALL));
    assertThat(users.user("joe@example.com", "lmtp")).isInstanceOf(Lookup.Absent.class);
    assertThat(users.user("joe@example.com", "LDA")).isInstanceOf(Lookup.Absent.class);
    assertThat(users.user("joe@example.com", "doveadm")).isInstanceOf(Lookup.Found.class);
    accounts.put(account(false, true, ALL));
    assertThat(users.user("joe@example.com", "lmtp")).isInstanceOf(Lookup.Absent.class);
    assertThat(users.user("joe@example.com", "imap")).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void loginsAreThereForWhatTheyAreGoodFor() {
    accounts.put(account(true, true, Set.of(LoginService.IMAP)));
    assertThat(users.login("Joe@example.com", "imap")).isEqualTo(new Lookup.Found<>(JOE));
    assertThat(users.login("joe@example.com", "lmtp")).isEqualTo(new Lookup.Found<>(JOE));
    assertThat(users.login("joe@example.com", "submission")).isInstanceOf(Lookup.Absent.class);
    assertThat(users.login("joe@example.com", "pop3")).isInstanceOf(Lookup.Absent.class);
    accounts.put(account(false, true, ALL));
    assertThat(users.login("joe@example.com", "imap")).isInstanceOf(Lookup.Absent.class);
  }

  @Test
  void whoMayNotSendHasNoLoginForThat() {
    Account joe = account(true, true, ALL);
    accounts.put(
        new Account(
            JOE, true, true, false, ALL, List.of(), Account.Place.USUAL, joe.credentials()));
    assertThat(users.login("joe@example.com", "smtp")).isInstanceOf(Lookup.Absent.class);
    assertThat(users.login("joe@example.com", "imap")).isInstanceOf(Lookup.Found.class);
    accounts.put(account(true, true, Set.of(LoginService.IMAP)));
    assertThat(users.login("joe@example.com", "jmap")).isInstanceOf(Lookup.Absent.class);
  }

  @Test
  void notToKnowIsNotToKnowThatThereIsNobody() {
    accounts.unavailable(Optional.of("away"));
    assertThat(users.user("joe@example.com", "lmtp")).isEqualTo(new Lookup.Unavailable<>("away"));
    assertThat(users.login("joe@example.com", "imap")).isEqualTo(new Lookup.Unavailable<>("away"));
  }

  @Test
  void nobodysHomeIsInAnothers() {
    HomeTemplate homes = HomeTemplate.read("/v/%{domain}/%{username}").orElseThrow();
    assertThat(homes.of(address("..", "example.com"))).isEqualTo("/v/example.com/%2E.");
    assertThat(homes.of(address("../x", "example.com"))).isEqualTo("/v/example.com/%2E.%2Fx");
    assertThat(homes.of(address("a/b", "example.com"))).isEqualTo("/v/example.com/a%2Fb");
    assertThat(homes.of(address("a%2fb", "example.com"))).isEqualTo("/v/example.com/a%252fb");
    assertThat(homes.of(address("$1\\x", "example.com"))).isEqualTo("/v/example.com/$1\\x");
    assertThat(HomeTemplate.read("/v/%{user}").orElseThrow().of(JOE))
        .isEqualTo("/v/joe@example.com");
  }

  private static Address address(String localPart, String domain) {
    return Address.of(localPart, domain).orElseThrow();
  }

  @Test
  void templatesAndLocationsAreReadOrRefused() {
    for (String text :
        List.of(
            "",
            "v/%{user}",
            "/v",
            "/v/%{username}",
            "/v/%{domain}/x",
            "/v/%u",
            "/v/%{user}/%{other}",
            "/v/%{user}\n",
            "%{user}")) {
      assertThat(HomeTemplate.read(text)).as(text).isEmpty();
    }
    for (String text : List.of("", "maildir", "maildir:", ":x", "Maildir:~", "mbox:~/m:INDEX=/i")) {
      assertThat(MailLocation.of(text)).as(text).isEmpty();
    }
    assertThat(MailLocation.of("sdbox:~/dbox")).contains(new MailLocation("sdbox", "~/dbox"));
  }
}
