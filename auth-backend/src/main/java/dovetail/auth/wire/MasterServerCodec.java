package dovetail.auth.wire;

import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The server's side of the auth master protocol. */
public final class MasterServerCodec {
  /** The most octets of a line, either way, without the LF. */
  public static final int MAX_LINE = AuthWords.MAX_LINE;

  private static final String FAILED = "fail";

  private final LineReader in;
  private final LineWriter out;

  /**
   * @param in what the client sends
   * @param out where lines go, one call for each write
   */
  public MasterServerCodec(BoundedInput in, Sink out) {
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
  public MasterRequest read() throws IOException {
    try (TabFields line = in.read()) {
      return switch (line.word()) {
        case AuthWords.VERSION -> version(line);
        case AuthWords.USER -> user(line);
        case AuthWords.PASS -> pass(line);
        case AuthWords.LIST -> new MasterRequest.ListUsers(line.number("id"), line.parameters());
        case AuthWords.REQUEST ->
            new MasterRequest.Request(
                line.number("id"),
                line.number("client's process number"),
                line.number("client's id"),
                line.text("cookie"),
                line.parameters());
        case AuthWords.CACHE_FLUSH -> flush(line);
        case AuthWords.CACHE_STATUS -> new MasterRequest.CacheStatus(line.number("id"));
        case AuthWords.CPID, AuthWords.AUTH ->
            throw new ProtocolException("an auth client's line: it has the wrong socket");
        default -> throw new ProtocolException("a line that is none of an auth master");
      };
    }
  }

  private static MasterRequest version(TabFields line) throws ProtocolException {
    int major = (int) line.number("major version", Integer.MAX_VALUE);
    if (major != AuthWords.MAJOR) {
      throw new ProtocolException("version %d of the auth master protocol".formatted(major));
    }
    return new MasterRequest.Version(major, (int) line.number("minor version", Integer.MAX_VALUE));
  }

  private static MasterRequest user(TabFields line) throws ProtocolException {
    MasterRequest.User user =
        new MasterRequest.User(line.number("id"), line.text("user"), line.parameters());
    if (user.service().isEmpty()) {
      throw new ProtocolException("USER without a service");
    }
    return user;
  }

  private static MasterRequest pass(TabFields line) throws ProtocolException {
    MasterRequest.Pass pass =
        new MasterRequest.Pass(line.number("id"), line.text("user"), line.parameters());
    if (pass.service().isEmpty()) {
      throw new ProtocolException("PASS without a service");
    }
    return pass;
  }

  private static MasterRequest flush(TabFields line) throws ProtocolException {
    long id = line.number("id");
    List<String> masks = new ArrayList<>();
    while (line.more()) {
      masks.add(line.text("mask"));
    }
    return new MasterRequest.CacheFlush(id, masks);
  }

  /**
   * Writes lines, all in one write.
   *
   * @throws IllegalArgumentException if one is longer than clients read
   */
  public void write(List<MasterReply> replies) throws IOException {
    out.begin();
    for (MasterReply reply : replies) {
      put(reply);
    }
    out.send();
  }

  /** Writes one line. */
  public void write(MasterReply reply) throws IOException {
    write(List.of(reply));
  }

  private void put(MasterReply reply) {
    switch (reply) {
      case MasterReply.Version(int major, int minor) ->
          out.word(AuthWords.VERSION).field(major).field(minor);
      case MasterReply.Spid(long pid) -> out.word(AuthWords.SPID).field(pid);
      case MasterReply.User(long id, String user, Fields fields) ->
          out.word(AuthWords.USER).field(id).field(user).fields(fields);
      case MasterReply.Pass(long id, String user, Fields fields) ->
          out.word(AuthWords.PASS).field(id).field(AuthWords.USER_FIELD, user).fields(fields);
      case MasterReply.NotFound(long id) -> out.word(AuthWords.NOTFOUND).field(id);
      case MasterReply.Fail fail -> {
        out.word(AuthWords.FAIL).field(fail.id());
        fail.reason().ifPresent(reason -> out.field(AuthWords.REASON, reason));
      }
      case MasterReply.Row(long id, String user) -> out.word(AuthWords.LIST).field(id).field(user);
      case MasterReply.Done(long id, boolean failed) ->
          out.word(AuthWords.DONE).field(id).field(failed ? FAILED : "");
      case MasterReply.Ok ok -> {
        out.word(AuthWords.OK).field(ok.id());
        ok.words().forEach(out::field);
      }
    }
    out.end();
  }
}
