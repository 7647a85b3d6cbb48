package dovetail.auth.session;

import dovetail.auth.answer.DovecotSeries;
import dovetail.auth.answer.Passdb;
import dovetail.auth.answer.PassdbEntry;
import dovetail.auth.answer.User;
import dovetail.auth.answer.Users;
import dovetail.auth.wire.DictCommand;
import dovetail.auth.wire.DictReply;
import dovetail.directory.AccountMask;
import dovetail.directory.Lookup;
import dovetail.mail.Address;
import dovetail.observe.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * One connection of Dovecot 2.3's auth process, which reads its passdb and userdb from a dict. A
 * user is all that stands behind the key's last name, whatever is in it: Dovecot escapes nothing
 * there. For one thread.
 */
public final class DictAuthSession {
  private static final String PASSDB = "shared/passdb/";
  private static final String USERDB = "shared/userdb/";

  private static final String TRY_AGAIN = "the accounts cannot be read at the moment";
  private static final String NOTHING_IS_WRITTEN =
      "nothing is written here: quota and last logins go to another socket, auth.dict_listen";

  private final Passdb passdb;
  private final Users users;

  /** What is to be done about a line. */
  public sealed interface Answer {
    /** Nothing is said. */
    record Nothing() implements Answer {}

    /** That is said, and that is what was found, for the log. */
    record Say(DictReply reply, String user, Lookup<?> found) implements Answer {}

    /** That is said of keys that nobody has here. */
    record Deny(DictReply reply, String key) implements Answer {}

    /** That is said of what is not for this socket. */
    record Refuse(DictReply reply) implements Answer {}

    /** All users are named. */
    record Name(Listing listing) implements Answer {}
  }

  /**
   * The names of all users, a part at a time in their order. The values are empty, even if they are
   * asked for: Dovecot does that, but looks at none, and each would be a lookup.
   */
  public final class Listing {
    private long left;
    private String after = "";
    private boolean over;

    private Listing(long most) {
      this.left = most;
    }

    /** Whether everything was said. */
    public boolean isOver() {
      return over;
    }

    /** What is to be said next; waits for the database. */
    public List<DictReply> next() {
      return switch (users.page(after, AccountMask.ALL)) {
        case Lookup.Found<List<Address>>(List<Address> page) -> rows(page);
        case Lookup.Absent<List<Address>> _ -> rows(List.of());
        case Lookup.Unavailable<List<Address>> _ -> {
          over = true;
          yield List.of(new DictReply.Failed(TRY_AGAIN));
        }
      };
    }

    private List<DictReply> rows(List<Address> page) {
      List<DictReply> rows = new ArrayList<>();
      page.stream()
          .limit(left)
          .forEach(address ->
              rows.add(new DictReply.Row(USERDB.concat(address.toString()), List.of(""))));
      left -= rows.size();
      over = page.isEmpty() || left == 0;
      if (over) {
        rows.add(new DictReply.End());
      } else {
        after = page.getLast().toString();
      }
      return rows;
    }
  }

  public DictAuthSession(Passdb passdb, Users users) {
    this.passdb = passdb;
    this.users = users;
  }

  /** Takes a line; waits for the database. */
  public Answer next(DictCommand command) {
    return switch (command) {
      case DictCommand.Lookup(String key, _) -> lookup(key);
      case DictCommand.Iterate iterate -> iterate(iterate);
      case DictCommand.Commit(long id) -> new Answer.Refuse(unwritten(id, false));
      case DictCommand.CommitAsync(long id) -> new Answer.Refuse(unwritten(id, true));
      case DictCommand.Begin _,
          DictCommand.Set _,
          DictCommand.Unset _,
          DictCommand.Increment _,
          DictCommand.Timestamp _,
          DictCommand.HideLogValues _,
          DictCommand.Rollback _ ->
          new Answer.Nothing();
    };
  }

  private static DictReply unwritten(long id, boolean async) {
    return new DictReply.Committed(id, async, DictReply.Outcome.FAILED, NOTHING_IS_WRITTEN);
  }

  private Answer lookup(String key) {
    if (key.startsWith(USERDB)) {
      String user = key.substring(USERDB.length());
      return say(user, place(user));
    }
    String rest = key.startsWith(PASSDB) ? key.substring(PASSDB.length()) : "";
    int slash = rest.indexOf('/');
    if (slash <= 0) {
      return new Answer.Deny(new DictReply.NotFound(), key);
    }
    String user = rest.substring(slash + 1);
    return say(user, passdb.entry(user, rest.substring(0, slash)).map(PassdbEntry::fields));
  }

  /** Dovecot takes a user without any field for one, too. */
  private Lookup<SequencedMap<String, String>> place(String user) {
    return users.user(user, "").map(DictAuthSession::fields);
  }

  private static SequencedMap<String, String> fields(User user) {
    return user.fields(DovecotSeries.V2_3);
  }

  private static Answer say(String user, Lookup<SequencedMap<String, String>> found) {
    DictReply reply =
        switch (found) {
          case Lookup.Found<SequencedMap<String, String>>(SequencedMap<String, String> fields) ->
              DictReply.Values.of(json(fields));
          case Lookup.Absent<SequencedMap<String, String>> _ -> new DictReply.NotFound();
          case Lookup.Unavailable<SequencedMap<String, String>> _ ->
              new DictReply.Failed(TRY_AGAIN);
        };
    return new Answer.Say(reply, user, found.map(_ -> ""));
  }

  private static String json(SequencedMap<String, String> fields) {
    return new String(Json.object(fields), StandardCharsets.UTF_8);
  }

  private Answer iterate(DictCommand.Iterate asked) {
    if (!asked.paths().contains(USERDB) || asked.has(DictCommand.Iterate.EXACT_KEY)) {
      return new Answer.Deny(new DictReply.End(), asked.paths().getFirst());
    }
    return new Answer.Name(new Listing(asked.maxRows() == 0 ? Long.MAX_VALUE : asked.maxRows()));
  }
}
