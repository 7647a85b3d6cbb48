package dovetail.auth.wire;

import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** The client's side of the auth client protocol. */
public final class AuthClientCodec {
  /** What is done with lines of a handshake that are not known. */
  public enum UnknownLines {
    /** They are passed over, as Postfix does. */
    SKIP,
    /** They break the protocol, as with Dovecot's login processes. */
    REFUSE
  }

  private final LineReader in;
  private final LineWriter out;
  private final UnknownLines unknown;
  private boolean shaken;

  /**
   * @param in what the server sends
   * @param out where lines go, one call for each write
   */
  public AuthClientCodec(BoundedInput in, Sink out, UnknownLines unknown) {
    this.in = new LineReader(in, AuthWords.MAX_LINE);
    this.out = new LineWriter(out, AuthWords.MAX_LINE);
    this.unknown = unknown;
  }

  /** Waits for the first octet of the next line; false if the server has closed instead. */
  public boolean await() throws IOException {
    return in.await();
  }

  /**
   * Reads the next line.
   *
   * @throws ProtocolException if it is none of this protocol, truncated or too long
   */
  public ServerLine read() throws IOException {
    while (true) {
      try (TabFields line = in.read()) {
        Optional<ServerLine> read = shaken ? answer(line) : handshake(line);
        if (read.isPresent()) {
          shaken |= read.get() instanceof ServerLine.Done;
          return read.get();
        }
      }
    }
  }

  private Optional<ServerLine> handshake(TabFields line) throws ProtocolException {
    return switch (line.word()) {
      case AuthWords.VERSION -> Optional.of(version(line));
      case AuthWords.MECH -> Optional.of(mechanism(line));
      case AuthWords.SPID -> Optional.of(new ServerLine.Spid(line.number("process number")));
      case AuthWords.CUID -> Optional.of(new ServerLine.Cuid(line.number("id")));
      case AuthWords.COOKIE -> Optional.of(new ServerLine.Cookie(line.text("cookie")));
      case AuthWords.DONE -> Optional.of(new ServerLine.Done());
      default -> {
        if (unknown == UnknownLines.REFUSE) {
          throw new ProtocolException("a line that is none of an auth server's handshake");
        }
        yield Optional.empty();
      }
    };
  }

  private static Optional<ServerLine> answer(TabFields line) throws ProtocolException {
    return Optional.of(
        switch (line.word()) {
          case AuthWords.CONT -> new ServerLine.Cont(line.number("id"), line.payload("challenge"));
          case AuthWords.OK -> ok(line);
          case AuthWords.FAIL -> fail(line);
          case AuthWords.CANCELLED -> new ServerLine.Cancelled(line.number("id"));
          default -> throw new ProtocolException("a line that is no answer of an auth server");
        });
  }

  private static ServerLine version(TabFields line) throws ProtocolException {
    int major = (int) line.number("major version", Integer.MAX_VALUE);
    if (major != AuthWords.MAJOR) {
      throw new ProtocolException("version %d of the auth client protocol".formatted(major));
    }
    return new ServerLine.Version(major, (int) line.number("minor version", Integer.MAX_VALUE));
  }

  private static ServerLine mechanism(TabFields line) throws ProtocolException {
    String name = line.text("mechanism");
    Set<MechanismFlag> flags = EnumSet.noneOf(MechanismFlag.class);
    while (line.more()) {
      MechanismFlag.of(line.text("flag")).ifPresent(flags::add);
    }
    return new ServerLine.Mech(name, flags);
  }

  private static ServerLine ok(TabFields line) throws ProtocolException {
    long id = line.number("id");
    SequencedMap<String, String> all = new LinkedHashMap<>();
    Optional<Payload> response = Optional.empty();
    while (line.more()) {
      if (line.nextIs(AuthWords.RESPONSE)) {
        response = Optional.of(line.value());
      } else {
        line.parameter(all);
      }
    }
    String user = Optional.ofNullable(all.remove(AuthWords.USER_FIELD)).orElse("");
    if (!PlainText.isName(user)) {
      throw new ProtocolException("OK without a name that anybody can have");
    }
    if (all.containsKey(AuthWords.RESPONSE)) {
      throw new ProtocolException("OK with a response whose name is escaped");
    }
    return new ServerLine.Ok(id, user, new Fields(all), response);
  }

  private static ServerLine fail(TabFields line) throws ProtocolException {
    long id = line.number("id");
    SequencedMap<String, String> all = new LinkedHashMap<>(line.parameters().all());
    Optional<String> user = Optional.ofNullable(all.remove(AuthWords.USER_FIELD));
    Optional<String> reason = Optional.ofNullable(all.remove(AuthWords.REASON));
    Optional<FailCode> code = Optional.ofNullable(all.get(AuthWords.CODE)).flatMap(FailCode::of);
    if (code.isPresent()) {
      all.remove(AuthWords.CODE);
    }
    return new ServerLine.Fail(id, user, code, reason, new Fields(all));
  }

  /**
   * Writes lines, all in one write.
   *
   * @throws IllegalArgumentException if one is longer than servers read
   */
  public void write(List<ClientLine> lines) throws IOException {
    out.begin();
    for (ClientLine line : lines) {
      put(line);
    }
    out.send();
  }

  /** Writes one line. */
  public void write(ClientLine line) throws IOException {
    write(List.of(line));
  }

  private void put(ClientLine line) {
    switch (line) {
      case ClientLine.Version(int major, int minor) ->
          out.word(AuthWords.VERSION).field(major).field(minor);
      case ClientLine.Cpid(long pid) -> out.word(AuthWords.CPID).field(pid);
      case ClientLine.Auth auth -> {
        out.word(AuthWords.AUTH).field(auth.id()).field(auth.mechanism());
        out.fields(auth.parameters());
        auth.response().ifPresent(this::putFirstResponse);
      }
      case ClientLine.Cont(long id, Payload response) ->
          out.word(AuthWords.CONT).field(id).field(response);
      case ClientLine.Cancel(long id) -> out.word(AuthWords.CANCEL).field(id);
    }
    out.end();
  }

  /** An empty one is written so that servers of all versions see that there is one. */
  private void putFirstResponse(Payload response) {
    out.field(AuthWords.RESPONSE, response);
    if (response instanceof Payload.Octets(SaslData data) && data.length() == 0) {
      out.word("=");
    }
  }
}
