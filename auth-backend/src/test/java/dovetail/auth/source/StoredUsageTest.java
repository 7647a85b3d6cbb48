package dovetail.auth.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.answer.MailboxNote;
import dovetail.directory.Account;
import dovetail.directory.AccountMask;
import dovetail.directory.Accounts;
import dovetail.directory.DomainEntry;
import dovetail.directory.LoginService;
import dovetail.directory.Lookup;
import dovetail.directory.MapAccounts;
import dovetail.directory.StoredHash;
import dovetail.directory.TotpSecret;
import dovetail.directory.Usage;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UsageStore;
import dovetail.directory.login.AppPasswordUse;
import dovetail.directory.login.LastLogin;
import dovetail.directory.login.LoginStore;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of notes. */
final class StoredUsageTest {
  private static final Address JOE = Address.parse("joe@example.com").orElseThrow();
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final MapAccounts accounts = new MapAccounts();
  private final List<String> written = new ArrayList<>();
  private final List<Instant> times = new ArrayList<>();
  private boolean away;
  private Runnable meanwhile = () -> {};
  private Optional<Address> unreadable = Optional.empty();
  private final StoredUsage usage =
      new StoredUsage(new Partly(), new StoredUsage.Stores(new Usages(), new Logins()));

  private void write(String what) throws UnavailableException {
    if (away) {
      throw new UnavailableException("planted");
    }
    meanwhile.run();
    written.add(what);
  }

  /** The accounts, but for one that cannot be read. */
  private final class Partly implements Accounts {
    @Override
    public Lookup<Account> account(Address login) {
      return unreadable.filter(login::equals).isPresent()
          ? new Lookup.Unavailable<>("planted")
          : accounts.account(login);
    }

    @Override
    public Lookup<TotpSecret> totp(Address account) {
      throw new AssertionError("nobody asks for that");
    }

    @Override
    public Lookup<List<Address>> page(String after, int most, AccountMask mask) {
      throw new AssertionError("nobody asks for that");
    }
  }

  private final class Usages implements UsageStore {
    @Override
    public void put(Address mailbox, Usage held, Instant at) throws UnavailableException {
      times.add(at);
      write("%s %d bytes %d messages".formatted(mailbox, held.bytes(), held.messages()));
    }

    @Override
    public void putBytes(Address mailbox, long bytes, Instant at) throws UnavailableException {
      times.add(at);
      write("%s %d bytes".formatted(mailbox, bytes));
    }

    @Override
    public void putMessages(Address mailbox, long messages, Instant at)
        throws UnavailableException {
      times.add(at);
      write("%s %d messages".formatted(mailbox, messages));
    }
  }

  private final class Logins implements LoginStore {
    @Override
    public boolean rehash(Address account, StoredHash verified, StoredHash fresh) {
      throw new AssertionError("nobody asks for that");
    }

    @Override
    public boolean change(Address account, StoredHash verified, StoredHash fresh) {
      throw new AssertionError("nobody asks for that");
    }

    @Override
    public boolean useTotp(Address account, long step) {
      throw new AssertionError("nobody asks for that");
    }

    @Override
    public void used(List<AppPasswordUse> uses) {
      throw new AssertionError("nobody asks for that");
    }

    @Override
    public void loggedIn(List<LastLogin> logins) throws UnavailableException {
      for (LastLogin login : logins) {
        write("%s %s %s".formatted(login.account(), login.service(), login.time()));
      }
    }

    @Override
    public List<LastLogin> recent(Instant since, int most) {
      throw new AssertionError("nobody asks for that");
    }

    @Override
    public List<LastLogin> last(Address account) {
      throw new AssertionError("nobody asks for that");
    }
  }

  private void host(Address address) {
    accounts.put(
        new Account(
            address,
            true,
            true,
            true,
            EnumSet.allOf(LoginService.class),
            List.of(),
            Account.Place.USUAL,
            new Account.Credentials(Optional.empty(), List.of(), false)));
  }

  private void take(MailboxNote... notes) {
    assertThat(usage.take(List.of(notes))).isTrue();
  }

  private void exchange() throws UnavailableException {
    usage.exchange();
  }

  @Test
  void whatIsToldLastCounts() throws Exception {
    host(JOE);
    take(
        new MailboxNote.Bytes("joe@example.com", 5, NOON),
        new MailboxNote.Messages("joe@example.com", 1, NOON));
    take(new MailboxNote.Bytes("JOE@Example.com", 7, NOON));
    take(
        new MailboxNote.LoggedIn("joe@example.com", "imap", NOON),
        new MailboxNote.LoggedIn("joe@example.com", "imap", NOON.minusSeconds(5)),
        new MailboxNote.LoggedIn("joe@example.com", "pop3", NOON));
    assertThat(usage.waiting()).isEqualTo(3);
    exchange();
    assertThat(written)
        .containsExactlyInAnyOrder(
            "joe@example.com 7 bytes 1 messages",
            "joe@example.com imap 2026-03-01T12:00:00Z",
            "joe@example.com pop3 2026-03-01T12:00:00Z");
    exchange();
    assertThat(written).hasSize(3);
    assertThat(usage.waiting()).isZero();
  }

  @Test
  void whatIsNotToldStays() throws Exception {
    host(JOE);
    take(new MailboxNote.Bytes("joe@example.com", 5, NOON));
    exchange();
    take(new MailboxNote.Messages("joe@example.com", 0, NOON));
    exchange();
    assertThat(written).containsExactly("joe@example.com 5 bytes", "joe@example.com 0 messages");
  }

  /** Which is not when it is written. */
  @Test
  void eachIsWrittenWithItsTimeAndTheOlderFirst() throws Exception {
    host(JOE);
    take(
        new MailboxNote.Bytes("joe@example.com", 5, NOON.plusMillis(1)),
        new MailboxNote.Messages("joe@example.com", 1, NOON.plusMillis(2)));
    exchange();
    take(
        new MailboxNote.Bytes("joe@example.com", 6, NOON.plusSeconds(9)),
        new MailboxNote.Messages("joe@example.com", 2, NOON.plusSeconds(4)));
    exchange();
    take(
        new MailboxNote.Bytes("joe@example.com", 7, NOON.plusSeconds(10)),
        new MailboxNote.Messages("joe@example.com", 3, NOON.plusSeconds(11)));
    exchange();
    assertThat(written)
        .containsExactly(
            "joe@example.com 5 bytes 1 messages",
            "joe@example.com 2 messages",
            "joe@example.com 6 bytes",
            "joe@example.com 7 bytes",
            "joe@example.com 3 messages");
    assertThat(times)
        .containsExactly(
            NOON,
            NOON.plusSeconds(4),
            NOON.plusSeconds(9),
            NOON.plusSeconds(10),
            NOON.plusSeconds(11));
  }

  @Test
  void othersAreDropped() throws Exception {
    host(JOE);
    accounts.put(
        new DomainEntry.AliasOf(Domain.parse("example.org").orElseThrow(), true, JOE.domain()));
    for (String name :
        List.of("", "joe", "jim@example.com", "joe\0@example.com", "%@example.com")) {
      take(new MailboxNote.Bytes(name, 5, NOON), new MailboxNote.LoggedIn(name, "imap", NOON));
    }
    take(new MailboxNote.Bytes("joe@example.org", 6, NOON));
    take(new MailboxNote.LoggedIn("joe@example.org", "imap", NOON));
    exchange();
    assertThat(written)
        .containsExactlyInAnyOrder(
            "joe@example.com 6 bytes", "joe@example.com imap 2026-03-01T12:00:00Z");
    assertThat(usage.waiting()).isZero();
  }

  @Test
  void nothingIsLostWhileTheDatabaseIsAway() throws Exception {
    host(JOE);
    take(new MailboxNote.Bytes("joe@example.com", 5, NOON));
    take(new MailboxNote.LoggedIn("joe@example.com", "imap", NOON));
    away = true;
    assertThatThrownBy(this::exchange).isInstanceOf(UnavailableException.class);
    away = false;
    accounts.unavailable(Optional.of("planted"));
    assertThatThrownBy(this::exchange).isInstanceOf(UnavailableException.class);
    accounts.unavailable(Optional.empty());
    take(new MailboxNote.Messages("joe@example.com", 2, NOON));
    exchange();
    assertThat(written)
        .containsExactly(
            "joe@example.com 5 bytes 2 messages", "joe@example.com imap 2026-03-01T12:00:00Z");
  }

  /** What comes while something is written is not taken for written. */
  @Test
  void whatComesMeanwhileIsWrittenNext() throws Exception {
    host(JOE);
    take(new MailboxNote.Bytes("joe@example.com", 5, NOON));
    meanwhile = () -> take(new MailboxNote.Bytes("joe@example.com", 6, NOON));
    exchange();
    meanwhile = () -> {};
    exchange();
    assertThat(written).containsExactly("joe@example.com 5 bytes", "joe@example.com 6 bytes");
  }

  @Test
  void oneThatCannotBeReadKeepsNobodyElseWaiting() throws Exception {
    Address ann = Address.parse("ann@example.com").orElseThrow();
    host(JOE);
    host(ann);
    unreadable = Optional.of(ann);
    take(
        new MailboxNote.Bytes("ann@example.com", 5, NOON),
        new MailboxNote.LoggedIn("ann@example.com", "imap", NOON),
        new MailboxNote.Bytes("joe@example.com", 6, NOON),
        new MailboxNote.LoggedIn("joe@example.com", "imap", NOON));
    assertThatThrownBy(this::exchange)
        .isInstanceOf(UnavailableException.class)
        .hasMessage("planted");
    assertThat(written).containsExactly("joe@example.com 6 bytes", "joe@example.com imap " + NOON);
    assertThat(usage.waiting()).isEqualTo(2);
    unreadable = Optional.empty();
    exchange();
    assertThat(usage.waiting()).isZero();
  }

  @Test
  void noMoreIsKeptThanThereIsRoomFor() throws Exception {
    accounts.unavailable(Optional.of("planted"));
    for (int i = 0; i < 100_000; i++) {
      take(new MailboxNote.Bytes("user%d@example.com".formatted(i), i, NOON));
    }
    List<MailboxNote> more = List.of(new MailboxNote.Bytes("joe@example.com", 1, NOON));
    assertThat(usage.take(more)).isFalse();
    assertThat(usage.waiting()).isEqualTo(100_000);
    accounts.unavailable(Optional.empty());
    usage.exchange();
    assertThat(usage.waiting()).isZero();
    assertThat(usage.take(more)).isTrue();
  }
}
