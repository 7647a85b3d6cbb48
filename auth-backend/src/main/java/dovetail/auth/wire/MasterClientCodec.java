package dovetail.auth.wire;

import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The client's side of the auth master protocol. */
public final class MasterClientCodec {
  private final LineReader in;
  private final LineWriter out;

  /**
   * @param in what the server sends
   * @param out where lines go, one call for each write
   */
  public MasterClientCodec(BoundedInput in, Sink out) {
    this.in = new LineReader(in, AuthWords.MAX_LINE);
    this.out = new LineWriter(out, AuthWords.MAX_LINE);
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
  public MasterReply read() throws IOException {
    try (TabFields line = in.read()) {
      return switch (line.word()) {
        case AuthWords.VERSION -> version(line);
        case AuthWords.SPID -> new MasterReply.Spid(line.number("process number"));
        case AuthWords.USER ->
            new MasterReply.User(line.number("id"), line.text("user"), line.parameters());
        case AuthWords.PASS -> pass(line);
        case AuthWords.NOTFOUND -> new MasterReply.NotFound(line.number("id"));
        case AuthWords.FAIL ->
            new MasterReply.Fail(line.number("id"), line.parameters().get(AuthWords.REASON));
        case AuthWords.LIST -> new MasterReply.Row(line.number("id"), line.text("user"));
        case AuthWords.DONE ->
            new MasterReply.Done(line.number("id"), line.more() && !line.text("outcome").isEmpty());
        case AuthWords.OK -> ok(line);
        default -> throw new ProtocolException("a line that is no answer to an auth master");
      };
    }
  }

  private static MasterReply version(TabFields line) throws ProtocolException {
    int major = (int) line.number("major version", Integer.MAX_VALUE);
    if (major != AuthWords.MAJOR) {
      throw new ProtocolException("version %d of the auth master protocol".formatted(major));
    }
    return new MasterReply.Version(major, (int) line.number("minor version", Integer.MAX_VALUE));
  }

  private static MasterReply pass(TabFields line) throws ProtocolException {
    long id = line.number("id");
    SequencedMap<String, String> all = new LinkedHashMap<>(line.parameters().all());
    String user = Optional.ofNullable(all.remove(AuthWords.USER_FIELD)).orElse("");
    if (user.isEmpty()) {
      throw new ProtocolException("PASS without a user");
    }
    return new MasterReply.Pass(id, user, new Fields(all));
  }

  private static MasterReply ok(TabFields line) throws ProtocolException {
    long id = line.number("id");
    List<String> words = new ArrayList<>();
    while (line.more()) {
      words.add(line.text("word"));
    }
    return new MasterReply.Ok(id, words);
  }

  /**
   * Writes lines, all in one write.
   *
   * @throws IllegalArgumentException if one is longer than servers read
   */
  public void write(List<MasterRequest> requests) throws IOException {
    out.begin();
    for (MasterRequest request : requests) {
      put(request);
    }
    out.send();
  }

  /** Writes one line. */
  public void write(MasterRequest request) throws IOException {
    write(List.of(request));
  }

  private void put(MasterRequest request) {
    switch (request) {
      case MasterRequest.Version(int major, int minor) ->
          out.word(AuthWords.VERSION).field(major).field(minor);
      case MasterRequest.User(long id, String user, Fields parameters) ->
          out.word(AuthWords.USER).field(id).field(user).fields(parameters);
      case MasterRequest.Pass(long id, String user, Fields parameters) ->
          out.word(AuthWords.PASS).field(id).field(user).fields(parameters);
      case MasterRequest.ListUsers(long id, Fields parameters) ->
          out.word(AuthWords.LIST).field(id).fields(parameters);
      case MasterRequest.Request one -> {
        out.word(AuthWords.REQUEST).field(one.id()).field(one.clientPid()).field(one.clientId());
        out.field(one.cookie()).fields(one.parameters());
      }
      case MasterRequest.CacheFlush flush -> {
        out.word(AuthWords.CACHE_FLUSH).field(flush.id());
        flush.masks().forEach(out::field);
      }
      case MasterRequest.CacheStatus(long id) -> out.word(AuthWords.CACHE_STATUS).field(id);
    }
    out.end();
  }
}
