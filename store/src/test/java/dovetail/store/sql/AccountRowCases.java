package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators keep for logins: app passwords, networks, secrets of one-time passwords. */
abstract class AccountRowCases extends OnEachDatabase {
  static final String HASH = "{ARGON2ID}$argon2id$x";
  static final String TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

  @BeforeEach
  void fill() throws Exception {
    add(domain("example.com"), mailbox("joe@example.com"), mailbox("ann@example.com"));
  }

  static Row appPassword(String address, String label, String... more) {
    String[] all = new String[more.length + 6];
    System.arraycopy(more, 0, all, 0, more.length);
    System.arraycopy(
        new String[] {"address", address, "label", label, "password", HASH},
        0,
        all,
        more.length,
        6);
    return row(Kind.APP_PASSWORD, all);
  }

  private Row find(Kind kind, String... key) throws UnavailableException {
    return store.administration().find(kind, List.of(key)).orElseThrow();
  }

  private void set(Row row) throws Exception {
    apply(List.of(new Change.Set(row)));
  }

  private void refused(Change change, String why) {
    assertThatThrownBy(() -> apply(List.of(change)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }

  private long count(String statement) throws UnavailableException {
    try (Database database = Database.open(settings, new SecureRandom())) {
      return database.<Long, UnavailableException>read(sql -> sql.number(statement));
    }
  }

  @Test
  void appPasswordsAreKeptAsTheyAreGiven() throws Exception {
    Row phone =
        appPassword(
            "joe@example.com",
            "My Phone \u260e",
            "services",
            "imap smtp",
            "expires",
            "2027-01-31",
            "networks",
            "192.0.2.0/24 2001:db8::1");
    add(phone, appPassword("joe@example.com", "laptop"), appPassword("ann@example.com", "laptop"));
    assertThat(find(Kind.APP_PASSWORD, "joe@example.com", "My Phone \u260e").values())
        .containsEntry("services", "smtp imap")
        .containsEntry("expires", "2027-02-01T00:00:00Z")
        .containsEntry("networks", "192.0.2.0/24 2001:db8:0:0:0:0:0:1")
        .containsEntry("password", HASH)
        .containsEntry("used", "");
    assertThat(find(Kind.APP_PASSWORD, "ann@example.com", "laptop").values())
        .containsEntry("services", "smtp imap pop3 sieve")
        .containsEntry("expires", "");
    assertThat(all(Kind.APP_PASSWORD))
        .extracting(Row::key)
        .containsExactly(
            List.of("ann@example.com", "laptop"),
            List.of("joe@example.com", "My Phone \u260e"),
            List.of("joe@example.com", "laptop"));
    set(row(Kind.APP_PASSWORD, "address", "joe@example.com", "label", "laptop", "expires", ""));
    refused(new Change.Add(phone), "it exists already");
  }

  @Test
  void anAppPasswordBelongsToAMailboxAndIsNeverEmpty() throws Exception {
    refused(new Change.Add(appPassword("nobody@example.com", "x")), "there is no mailbox nobody@");
    refused(
        new Change.Add(row(Kind.APP_PASSWORD, "address", "joe@example.com", "label", "x")),
        "a password is missing");
    for (int i = 0; i < 20; i++) {
      add(appPassword("joe@example.com", "n" + i));
    }
    refused(new Change.Add(appPassword("joe@example.com", "more")), "it has 20 of them already");
    add(appPassword("ann@example.com", "more"));
  }

  @Test
  void aChangeIsToldWithoutTheHash() throws Exception {
    ChangeFeed feed = store.changes();
    assertThat(feed.next()).isEmpty();
    add(appPassword("joe@example.com", "phone", "expires", "2027-01-31"));
    assertThat(feed.next()).containsExactly("account joe@example.com");
    set(row(Kind.MAILBOX, "address", "joe@example.com", "totp", TOTP, "networks", "192.0.2.1"));
    assertThat(feed.next()).containsExactly("mailbox joe@example.com");
    assertThat(store.administration().audit(2).toString())
        .contains("app-password", "joe@example.com phone", "expires=2027-02-01T00:00:00Z")
        .contains("networks=192.0.2.1; totp=(changed)", "password=(changed)")
        .doesNotContain("argon2id")
        .doesNotContain(TOTP);
  }

  @Test
  void mailboxesHaveNetworksAndASealedSecret() throws Exception {
    assertThat(find(Kind.MAILBOX, "joe@example.com").values())
        .containsEntry("networks", "")
        .containsEntry("totp", "");
    set(row(Kind.MAILBOX, "address", "joe@example.com", "totp", TOTP, "networks", "192.0.2.0/24"));
    set(row(Kind.MAILBOX, "address", "joe@example.com", "password", HASH));
    assertThat(find(Kind.MAILBOX, "joe@example.com").values())
        .containsEntry("networks", "192.0.2.0/24")
        .containsEntry("password", HASH)
        .containsEntry("totp", TOTP);
    assertThat(count("SELECT COUNT(*) FROM account_totp WHERE secret LIKE 'v1:%'")).isEqualTo(1);
    assertThat(all(Kind.MAILBOX).getFirst().get("totp")).isEmpty(); // ann's
    set(row(Kind.MAILBOX, "address", "joe@example.com", "totp", "", "networks", ""));
    assertThat(find(Kind.MAILBOX, "joe@example.com").values())
        .containsEntry("networks", "")
        .containsEntry("password", HASH)
        .containsEntry("totp", "");
  }

  /** Else nobody could mend what the loss of the key has spoilt. */
  @Test
  void whatWasSealedWithALostKeyCanBeReplaced() throws Exception {
    set(row(Kind.MAILBOX, "address", "joe@example.com", "totp", TOTP));
    Files.delete(folder.resolve("secret.key"));
    store.close();
    store = open(settings);
    assertThatThrownBy(() -> find(Kind.MAILBOX, "joe@example.com"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("the secret of mailbox joe@example.com totp cannot be read");
    set(row(Kind.MAILBOX, "address", "joe@example.com", "quota", "1G"));
    set(row(Kind.MAILBOX, "address", "joe@example.com", "totp", TOTP));
    assertThat(find(Kind.MAILBOX, "joe@example.com").get("totp")).contains(TOTP);
  }

  @Test
  void whoGetsTheAddressNextBeginsWithNothing() throws Exception {
    add(appPassword("joe@example.com", "phone"), appPassword("ann@example.com", "phone"));
    set(row(Kind.MAILBOX, "address", "joe@example.com", "totp", TOTP, "networks", "192.0.2.1"));
    apply(List.of(new Change.Remove(row(Kind.MAILBOX, "address", "joe@example.com"), false)));
    add(mailbox("joe@example.com"));
    assertThat(find(Kind.MAILBOX, "joe@example.com").values())
        .containsEntry("networks", "")
        .containsEntry("totp", "");
    assertThat(all(Kind.APP_PASSWORD)).hasSize(1);
    apply(List.of(new Change.Remove(row(Kind.DOMAIN, "domain", "example.com"), true)));
    assertThat(all(Kind.APP_PASSWORD)).isEmpty();
  }

  @Test
  void areListedByDomain() throws Exception {
    add(domain("other.example"), mailbox("joe@other.example"));
    add(appPassword("joe@example.com", "phone"), appPassword("joe@other.example", "phone"));
    List<Row> found = new java.util.ArrayList<>();
    store.administration().list(Kind.APP_PASSWORD, Optional.of("other.example"), found::add);
    assertThat(found).extracting(row -> row.key().getFirst()).containsExactly("joe@other.example");
  }
}
