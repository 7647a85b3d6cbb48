package dovetail.auth.source;

import dovetail.auth.answer.MailboxNote;
import dovetail.auth.answer.MailboxNotes;
import dovetail.auth.wire.PlainText;
import dovetail.directory.Account;
import dovetail.directory.Accounts;
import dovetail.directory.Lookup;
import dovetail.directory.Usage;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UsageStore;
import dovetail.directory.login.LastLogin;
import dovetail.directory.login.LoginStore;
import dovetail.mail.Address;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Dovecot tells of mailboxes, written by {@link #exchange} so that nobody waits for it, and
 * kept while the database is away. Of several notes of one thing the last counts, whichever host it
 * was told. For any thread.
 */
public final class StoredUsage implements MailboxNotes {
  private static final Logger logger = LoggerFactory.getLogger("auth");

  /** With so much unwritten the database has been away for long. */
  private static final int MOST = 100_000;

  private final Accounts accounts;
  private final Stores stores;
  private final Map<Address, Held> usages = new ConcurrentHashMap<>();
  private final Map<Use, Instant> logins = new ConcurrentHashMap<>();

  /** Where it is written. */
  public record Stores(UsageStore usage, LoginStore logins) {}

  /** What is known of one mailbox, or of another name of it. */
  private record Held(Optional<Told> bytes, Optional<Told> messages) {
    private Held and(Held later) {
      return new Held(later.bytes.or(() -> bytes), later.messages.or(() -> messages));
    }
  }

  /** How much, and when that was so. */
  private record Told(long count, Instant at) {}

  private record Use(Address account, String service) {}

  /**
   * @param accounts say whose mailboxes there are
   */
  public StoredUsage(Accounts accounts, Stores stores) {
    this.accounts = accounts;
    this.stores = stores;
  }

  @Override
  public boolean take(Collection<MailboxNote> notes) {
    if (usages.size() + logins.size() >= MOST) {
      return false;
    }
    notes.forEach(note ->
        Address.parse(note.user())
            .map(Address::canonical)
            .ifPresentOrElse(address -> keep(address, note), () -> drop(note.user())));
    return true;
  }

  private void keep(Address address, MailboxNote note) {
    switch (note) {
      case MailboxNote.Bytes(_, long bytes, Instant at) ->
          usages.merge(
              address, new Held(Optional.of(new Told(bytes, at)), Optional.empty()), Held::and);
      case MailboxNote.Messages(_, long messages, Instant at) ->
          usages.merge(
              address, new Held(Optional.empty(), Optional.of(new Told(messages, at))), Held::and);
      case MailboxNote.LoggedIn(_, String service, Instant at) ->
          logins.merge(
              new Use(address, service), at, (one, other) -> one.isAfter(other) ? one : other);
    }
  }

  private static void drop(String user) {
    if (logger.isDebugEnabled()) {
      logger.debug("Dovecot tells of a mailbox that is not here: {}", PlainText.line(user));
    }
  }

  /** How many notes are not written yet. */
  public int waiting() {
    return usages.size() + logins.size();
  }

  /**
   * Writes what is new. For one thread at a time.
   *
   * @throws UnavailableException if the database does not answer; nothing is lost then
   */
  public void exchange() throws UnavailableException {
    Optional<String> trouble = Optional.empty();
    for (Map.Entry<Address, Held> one :
        usages.entrySet().stream().map(Map.Entry::copyOf).toList()) {
      Lookup<Account> found = mailbox(one.getKey());
      if (found instanceof Lookup.Unavailable<Account>(String why)) {
        trouble = trouble.or(() -> Optional.of(why)); // no reason not to write the others
        continue;
      }
      if (found instanceof Lookup.Found<Account>(Account account)) {
        write(account.address(), one.getValue());
      }
      usages.remove(one.getKey(), one.getValue());
    }
    Optional<String> more = writeLogins();
    if (trouble.or(() -> more).isPresent()) {
      throw new UnavailableException(trouble.or(() -> more).get());
    }
  }

  /** The trouble with what could not be written, if there is some. */
  private Optional<String> writeLogins() throws UnavailableException {
    Optional<String> trouble = Optional.empty();
    List<LastLogin> known = new ArrayList<>();
    List<Map.Entry<Use, Instant>> over = new ArrayList<>();
    for (Map.Entry<Use, Instant> one : logins.entrySet().stream().map(Map.Entry::copyOf).toList()) {
      Use use = one.getKey();
      switch (mailbox(use.account())) {
        case Lookup.Unavailable<Account>(String why) ->
            trouble = trouble.or(() -> Optional.of(why));
        case Lookup.Absent<Account> _ -> over.add(one);
        case Lookup.Found<Account>(Account account) -> {
          known.add(new LastLogin(account.address(), use.service(), one.getValue(), ""));
          over.add(one);
        }
      }
      if (known.size() == Latest.MOST_AT_ONCE) {
        write(known, over);
      }
    }
    write(known, over);
    return trouble;
  }

  /** Empties both. */
  private void write(List<LastLogin> known, List<Map.Entry<Use, Instant>> over)
      throws UnavailableException {
    if (!known.isEmpty()) {
      stores.logins().loggedIn(List.copyOf(known));
    }
    over.forEach(one -> logins.remove(one.getKey(), one.getValue()));
    known.clear();
    over.clear();
  }

  private void write(Address mailbox, Held held) throws UnavailableException {
    UsageStore store = stores.usage();
    Optional<Instant> bytes = held.bytes().map(Told::at).map(StoredUsage::second);
    Optional<Instant> messages = held.messages().map(Told::at).map(StoredUsage::second);
    if (bytes.isPresent() && bytes.equals(messages)) {
      Usage usage = new Usage(count(held.bytes()), count(held.messages()));
      store.put(mailbox, usage, bytes.get());
      return;
    }
    // What is older first, since nothing is taken that is older than the row.
    boolean bytesFirst = bytes.isPresent() && messages.filter(bytes.get()::isAfter).isEmpty();
    if (bytesFirst) {
      store.putBytes(mailbox, count(held.bytes()), bytes.get());
    }
    if (messages.isPresent()) {
      store.putMessages(mailbox, count(held.messages()), messages.get());
    }
    if (bytes.isPresent() && !bytesFirst) {
      store.putBytes(mailbox, count(held.bytes()), bytes.get());
    }
  }

  /** The store knows no smaller unit. */
  private static Instant second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  private static long count(Optional<Told> told) {
    return told.map(Told::count).orElse(0L);
  }

  /** A mailbox; what is told of others is dropped, since the store takes anything. */
  private Lookup<Account> mailbox(Address address) {
    Lookup<Account> found = accounts.account(address);
    if (found instanceof Lookup.Absent<Account>) {
      drop(address.toString());
    }
    return found;
  }
}
