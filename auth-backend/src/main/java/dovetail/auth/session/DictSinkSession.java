package dovetail.auth.session;

import dovetail.auth.answer.MailboxNote;
import dovetail.auth.answer.MailboxNotes;
import dovetail.auth.wire.DictCommand;
import dovetail.auth.wire.DictReply;
import dovetail.server.io.ProtocolException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One connection of Dovecot's quota_clone and last_login, which write to a dict how much a mailbox
 * holds and when its owner has logged in. Nothing is ever read from it. For one thread.
 */
public final class DictSinkSession {
  /** A plugin has one open. */
  private static final int MOST_OPEN = 8;

  /** They set two keys. */
  private static final int MOST_KEYS = 64;

  /** A longer key or user names no mailbox, and would only take room until the end. */
  private static final int MOST_NAME = 1_100;

  private static final String TOO_LONG = "a name of more than %d characters".formatted(MOST_NAME);

  private static final String NOT_READ = "this socket only takes quota and last logins";
  private static final String FULL =
      "the database has been away for long, and no more can be kept for it";

  private final MailboxNotes notes;
  private final NoteReader reader;
  private final Map<Long, Transaction> open = new HashMap<>();

  /** What is to be done about a line. */
  public sealed interface Answer {
    /** Nothing is said. */
    record Nothing() implements Answer {}

    /** A transaction is over; that is said of it. */
    record Say(DictReply.Committed reply) implements Answer {}

    /** That is said of what is not for this socket. */
    record Refuse(DictReply reply) implements Answer {}
  }

  /** What one has set so far, and what will make it fail. */
  private static final class Transaction {
    private final String user;
    private final Map<String, MailboxNote> notes = new LinkedHashMap<>();
    private Optional<String> failure = Optional.empty();

    private Transaction(String user) {
      this.user = user;
    }

    /** The first one is told. */
    private void fail(String why) {
      failure = failure.or(() -> Optional.of(why));
    }
  }

  /**
   * @param clock by which quota is told now, and no login later
   */
  public DictSinkSession(MailboxNotes notes, InstantSource clock) {
    this.notes = notes;
    this.reader = new NoteReader(clock);
  }

  /** Whether a transaction is under way. */
  public boolean isOpen() {
    return !open.isEmpty();
  }

  /**
   * Takes a line.
   *
   * @throws ProtocolException if it has no place here
   */
  public Answer next(DictCommand command) throws ProtocolException {
    switch (command) {
      case DictCommand.Lookup _, DictCommand.Iterate _ -> {
        return new Answer.Refuse(new DictReply.Failed(NOT_READ));
      }
      case DictCommand.Commit(long id) -> {
        return new Answer.Say(commit(id, false));
      }
      case DictCommand.CommitAsync(long id) -> {
        return new Answer.Say(commit(id, true));
      }
      case DictCommand.Begin begin -> begin(begin);
      case DictCommand.Set set -> set(set);
      case DictCommand.Unset(long id, String key) -> unset(of(id), key);
      case DictCommand.Increment(long id, String key, _) ->
          of(id)
              .fail(
                  key.length() > MOST_NAME
                      ? TOO_LONG
                      : "it can only be set, not increased: " + key);
      case DictCommand.Timestamp(long id, _, _) -> of(id);
      case DictCommand.HideLogValues(long id, _) -> of(id);
      case DictCommand.Rollback(long id) -> ended(id);
    }
    return new Answer.Nothing();
  }

  private void begin(DictCommand.Begin begin) throws ProtocolException {
    if (open.size() >= MOST_OPEN) {
      throw new ProtocolException("more than %d open transactions".formatted(MOST_OPEN));
    }
    boolean tooLong = begin.user().length() > MOST_NAME;
    Transaction transaction = new Transaction(tooLong ? "" : begin.user());
    if (tooLong) {
      transaction.fail(TOO_LONG);
    }
    if (open.putIfAbsent(begin.id(), transaction) != null) {
      throw new ProtocolException("a transaction that is open already");
    }
  }

  private Transaction of(long id) throws ProtocolException {
    return found(Optional.ofNullable(open.get(id)));
  }

  private Transaction ended(long id) throws ProtocolException {
    return found(Optional.ofNullable(open.remove(id)));
  }

  private static Transaction found(Optional<Transaction> open) throws ProtocolException {
    return open.orElseThrow(() -> new ProtocolException("a transaction that is not open"));
  }

  private void set(DictCommand.Set set) throws ProtocolException {
    Transaction transaction = of(set.id());
    if (set.key().length() > MOST_NAME) {
      transaction.fail(TOO_LONG);
      return;
    }
    if (transaction.notes.size() >= MOST_KEYS && !transaction.notes.containsKey(set.key())) {
      transaction.fail("more than %d keys at once".formatted(MOST_KEYS));
      return;
    }
    switch (reader.read(set.key(), set.value(), transaction.user)) {
      case NoteReader.Read.Note(MailboxNote note) -> transaction.notes.put(set.key(), note);
      case NoteReader.Read.Ignored() -> {}
      case NoteReader.Read.Wrong(String why) -> transaction.fail(why);
    }
  }

  /** A key that goes is set anew right behind that: quota_clone of 2.4 can do so. */
  private static void unset(Transaction transaction, String key) {
    if (NoteReader.isKnown(key)) {
      transaction.notes.remove(key);
    } else {
      transaction.fail(key.length() > MOST_NAME ? TOO_LONG : NoteReader.unknown(key));
    }
  }

  private DictReply.Committed commit(long id, boolean async) throws ProtocolException {
    Transaction transaction = ended(id);
    Optional<String> failure =
        transaction.failure.or(
            () -> notes.take(transaction.notes.values()) ? Optional.empty() : Optional.of(FULL));
    DictReply.Outcome outcome =
        failure.isPresent() ? DictReply.Outcome.FAILED : DictReply.Outcome.DONE;
    return new DictReply.Committed(id, async, outcome, failure.orElse(""));
  }
}
