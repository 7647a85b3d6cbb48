package dovetail.auth.session;

import dovetail.auth.answer.DovecotSeries;
import dovetail.auth.answer.User;
import dovetail.auth.answer.Users;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.MasterReply;
import dovetail.auth.wire.MasterRequest;
import dovetail.directory.AccountMask;
import dovetail.directory.Lookup;
import dovetail.mail.Address;
import dovetail.server.io.ProtocolException;
import java.util.List;
import java.util.Optional;

/** One connection of the auth master protocol. For one thread. */
public final class MasterSession {
  private static final int MAJOR = 1;

  /** What auth-userdb of Dovecot 2.3 speaks. */
  private static final int MINOR = 1;

  /** From this minor on, it is Dovecot 2.4, which gave both protocols the same number. */
  private static final int SERIES_2_4 = 3;

  private static final String TRY_AGAIN = "the accounts cannot be read at the moment";

  private final Users users;
  private Optional<DovecotSeries> series = Optional.empty();

  /** What is to be done about a line. */
  public sealed interface Answer {
    /** Nothing is said. */
    record Nothing() implements Answer {}

    /** That is said, and that is what was found, for the log. */
    record Say(MasterReply reply, String user, Lookup<?> found) implements Answer {}

    /** All users are named. */
    record Name(Listing listing) implements Answer {}
  }

  /** The names of all users, a part at a time. */
  public final class Listing {
    private final long id;
    private final AccountMask mask;
    private String after = "";
    private boolean over;

    private Listing(long id, AccountMask mask) {
      this.id = id;
      this.mask = mask;
    }

    /** Whether everything was said. */
    public boolean isOver() {
      return over;
    }

    /** What is to be said next; waits for the database. */
    public List<MasterReply> next() {
      return switch (users.page(after, mask)) {
        case Lookup.Found<List<Address>>(List<Address> page) when !page.isEmpty() -> {
          after = page.getLast().toString();
          yield page.stream()
              .<MasterReply>map(address -> new MasterReply.Row(id, address.toString()))
              .toList();
        }
        case Lookup.Found<List<Address>> _, Lookup.Absent<List<Address>> _ -> last(false);
        case Lookup.Unavailable<List<Address>> _ -> last(true);
      };
    }

    private List<MasterReply> last(boolean failed) {
      over = true;
      return List.of(new MasterReply.Done(id, failed));
    }
  }

  public MasterSession(Users users) {
    this.users = users;
  }

  /** What is said first. */
  public static List<MasterReply> handshake(long pid) {
    return List.of(new MasterReply.Version(MAJOR, MINOR), new MasterReply.Spid(pid));
  }

  /**
   * Takes a line; waits for the database.
   *
   * @throws ProtocolException if it has no place here
   */
  public Answer next(MasterRequest request) throws ProtocolException {
    return switch (request) {
      case MasterRequest.Version version -> greet(version);
      case MasterRequest.User user -> place(user, known());
      case MasterRequest.Pass pass -> {
        known();
        yield login(pass);
      }
      case MasterRequest.ListUsers list -> {
        known();
        yield new Answer.Name(
            new Listing(list.id(), list.mask().map(AccountMask::new).orElse(AccountMask.ALL)));
      }
      case MasterRequest.Request _, MasterRequest.CacheFlush _, MasterRequest.CacheStatus _ ->
          throw new ProtocolException("a line that auth-userdb does not take");
    };
  }

  private DovecotSeries known() throws ProtocolException {
    return series.orElseThrow(() -> new ProtocolException("a line before VERSION"));
  }

  private Answer greet(MasterRequest.Version version) throws ProtocolException {
    if (series.isPresent()) {
      throw new ProtocolException("a second VERSION");
    }
    series = Optional.of(version.minor() < SERIES_2_4 ? DovecotSeries.V2_3 : DovecotSeries.V2_4);
    return new Answer.Nothing();
  }

  private Answer place(MasterRequest.User request, DovecotSeries known) {
    Lookup<User> found = users.user(request.user(), request.service());
    MasterReply reply =
        switch (found) {
          case Lookup.Found<User>(User user) ->
              new MasterReply.User(
                  request.id(), user.address().toString(), new Fields(user.fields(known)));
          case Lookup.Absent<User> _ -> new MasterReply.NotFound(request.id());
          case Lookup.Unavailable<User> _ -> fail(request.id());
        };
    return new Answer.Say(reply, request.user(), found);
  }

  private Answer login(MasterRequest.Pass request) {
    Lookup<Address> found = users.login(request.user(), request.service());
    MasterReply reply =
        switch (found) {
          case Lookup.Found<Address>(Address address) ->
              new MasterReply.Pass(request.id(), address.toString(), Fields.NONE);
          case Lookup.Absent<Address> _ -> new MasterReply.NotFound(request.id());
          case Lookup.Unavailable<Address> _ -> fail(request.id());
        };
    return new Answer.Say(reply, request.user(), found);
  }

  private static MasterReply fail(long id) {
    return new MasterReply.Fail(id, Optional.of(TRY_AGAIN));
  }
}
