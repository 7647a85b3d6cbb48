package dovetail.auth.wire;

import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The server's side of the auth client protocol. */
public final class AuthServerCodec {
  /** The most octets of a line, either way, without the LF. */
  public static final int MAX_LINE = AuthWords.MAX_LINE;

  private final LineReader in;
  private final LineWriter out;
  private int minor;

  /**
   * @param in what the client sends
   * @param out where lines go, one call for each write
   */
  public AuthServerCodec(BoundedInput in, Sink out) {
    this.in = new LineReader(in, MAX_LINE);
    this.out = new LineWriter(out, MAX_LINE);
  }

  /**
   * Waits for the first octet of the next line.
   *
   * @return false if the client has closed the connection between two lines
   */
  public boolean await() throws IOException {
    return in.await();
  }

  /** Whether the next line is already here, at least in part. */
  public boolean buffered() {
    return in.buffered();
  }

  /**
   * Reads the next line.
   *
   * @throws ProtocolException if it is none of this protocol, truncated or too long
   */
  public ClientLine read() throws IOException {
    try (TabFields line = in.read()) {
      return switch (line.word()) {
        case AuthWords.VERSION -> version(line);
        case AuthWords.CPID -> new ClientLine.Cpid(line.number("process number"));
        case AuthWords.AUTH -> auth(line);
        case AuthWords.CONT -> cont(line);
        case AuthWords.CANCEL -> new ClientLine.Cancel(line.number("id"));
        case AuthWords.USER, AuthWords.PASS, AuthWords.LIST, AuthWords.REQUEST ->
            throw new ProtocolException("an auth master's request: it has the wrong socket");
        default -> throw new ProtocolException("a line that is none of an auth client");
      };
    }
  }

  private ClientLine version(TabFields line) throws ProtocolException {
    int major = (int) line.number("major version", Integer.MAX_VALUE);
    minor = (int) line.number("minor version", Integer.MAX_VALUE);
    if (major != AuthWords.MAJOR) {
      throw new ProtocolException("version %d of the auth client protocol".formatted(major));
    }
    return new ClientLine.Version(major, minor);
  }

  private ClientLine auth(TabFields line) throws ProtocolException {
    long id = line.number("id");
    String mechanism = line.text("mechanism");
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    while (line.more() && !line.nextIs(AuthWords.RESPONSE)) {
      line.parameter(parameters);
    }
    if (parameters.containsKey(AuthWords.RESPONSE)) {
      throw new ProtocolException("AUTH with a response whose name is escaped");
    }
    Fields fields = new Fields(parameters);
    if (AuthWords.service(fields).isEmpty()) {
      throw new ProtocolException("AUTH without a service");
    }
    return new ClientLine.Auth(id, mechanism, fields, response(line));
  }

  /** Nothing but {@code resp==} was an empty response at first, and Exim writes {@code resp=}. */
  private Optional<Payload> response(TabFields line) throws ProtocolException {
    if (!line.more()) {
      return Optional.empty();
    }
    boolean none = minor < AuthWords.EMPTY_RESPONSE && line.nextIsEmpty(AuthWords.RESPONSE);
    Payload payload = line.value();
    if (line.more()) {
      payload.close();
      throw new ProtocolException("AUTH with parameters behind the response");
    }
    return none ? Optional.empty() : Optional.of(payload);
  }

  private static ClientLine cont(TabFields line) throws ProtocolException {
    long id = line.number("id");
    Payload response = line.payload("response");
    if (line.more()) {
      response.close();
      throw new ProtocolException("CONT with more than its response");
    }
    return new ClientLine.Cont(id, response);
  }

  /**
   * Writes lines, all in one write.
   *
   * @throws IllegalArgumentException if one is longer than clients read
   */
  public void write(List<ServerLine> lines) throws IOException {
    out.begin();
    for (ServerLine line : lines) {
      put(line);
    }
    out.send();
  }

  /** Writes one line. */
  public void write(ServerLine line) throws IOException {
    write(List.of(line));
  }

  private void put(ServerLine line) {
    switch (line) {
      case ServerLine.Version(int major, int theirs) ->
          out.word(AuthWords.VERSION).field(major).field(theirs);
      case ServerLine.Mech mech -> {
        out.word(AuthWords.MECH).field(mech.name());
        for (MechanismFlag flag : MechanismFlag.values()) {
          if (mech.flags().contains(flag)) {
            out.field(flag.word());
          }
        }
      }
      case ServerLine.Spid(long pid) -> out.word(AuthWords.SPID).field(pid);
      case ServerLine.Cuid(long id) -> out.word(AuthWords.CUID).field(id);
      case ServerLine.Cookie(String hex) -> out.word(AuthWords.COOKIE).field(hex);
      case ServerLine.Done() -> out.word(AuthWords.DONE);
      case ServerLine.Cont(long id, Payload challenge) ->
          out.word(AuthWords.CONT).field(id).field(challenge);
      case ServerLine.Ok ok -> {
        out.word(AuthWords.OK).field(ok.id()).field(AuthWords.USER_FIELD, ok.user());
        out.fields(ok.fields());
        ok.response().ifPresent(response -> out.field(AuthWords.RESPONSE, response));
      }
      case ServerLine.Fail fail -> {
        out.word(AuthWords.FAIL).field(fail.id());
        fail.user().ifPresent(user -> out.field(AuthWords.USER_FIELD, user));
        // Dovecot's own order: what comes behind may be of the account, and name itself as it will.
        fail.code().ifPresent(code -> out.field(AuthWords.CODE, code.word()));
        fail.reason().ifPresent(reason -> out.field(AuthWords.REASON, reason));
        out.fields(fail.fields());
      }
      case ServerLine.Cancelled(long id) -> out.word(AuthWords.CANCELLED).field(id);
    }
    out.end();
  }
}
