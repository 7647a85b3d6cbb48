package dovetail.auth;

import dovetail.auth.answer.AuthenticatorSettings;
import dovetail.auth.answer.GuardSettings;
import dovetail.auth.answer.HomeTemplate;
import dovetail.auth.answer.LoginNotes;
import dovetail.auth.answer.MailLocation;
import dovetail.auth.answer.Passage;
import dovetail.auth.answer.UserSettings;
import dovetail.auth.password.Secret;
import dovetail.auth.session.Mechanism;
import dovetail.directory.Account;
import dovetail.directory.DomainEntry;
import dovetail.directory.LoginService;
import dovetail.directory.MapAccounts;
import dovetail.directory.StoredHash;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Accounts that tests know. */
final class Accounting {
  static final AuthSettings SETTINGS =
      new AuthSettings(
          Duration.ofSeconds(30),
          Set.of(Mechanism.PLAIN),
          new AuthenticatorSettings(
              new GuardSettings(
                  Duration.ofHours(1),
                  30,
                  100,
                  Duration.ofMinutes(15),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(8),
                  List.of()),
              Set.of(),
              false,
              Optional.empty()),
          new UserSettings(
              HomeTemplate.read("/var/vmail/%{domain}/%{username}"),
              Optional.of(5000L),
              Optional.of(5000L),
              MailLocation.of("maildir:~/Maildir")));

  private static final Set<LoginService> ALL = EnumSet.allOf(LoginService.class);

  private Accounting() {}

  /** Takes no notes. */
  static final class NoNotes implements LoginNotes {
    @Override
    public void passed(Passage passage) {}

    @Override
    public void outdated(Account account, StoredHash hash, Secret password) {}

    @Override
    public void unusable(Account account, String why) {}
  }

  /** Joe with a quota, one who may not send, one from near alone, one of a domain that is off. */
  static MapAccounts some() {
    return new MapAccounts()
        .put(account("joe@one.example", true, true, List.of(), 10_485_760))
        .put(account("mute@one.example", true, false, List.of(), 0))
        .put(
            account(
                "near@one.example",
                true,
                true,
                List.of("127.0.0.0/8", "2001:db8:0:0:0:0:0:0/32"),
                0))
        .put(account("a/b@one.example", true, true, List.of(), 0))
        .put(account("gone@off.example", false, true, List.of(), 0))
        .put(new DomainEntry.AliasOf(domain("alias.example"), true, domain("one.example")));
  }

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private static Account account(
      String address, boolean active, boolean send, List<String> networks, long quota) {
    return new Account(
        Address.parse(address).orElseThrow(),
        active,
        true,
        send,
        ALL,
        networks,
        new Account.Place(Optional.empty(), Optional.empty(), Optional.empty(), quota),
        new Account.Credentials(Optional.of(new StoredHash("{PLAIN}sesame")), List.of(), false));
  }
}
