package dovetail.auth.wire;

import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * The client's side of the dict protocol. What an answer means depends on the question: whoever
 * asks reads with the method that belongs to it, in the order of the questions. The numbers that
 * Dovecot's own server puts before answers are taken as long as they keep that order.
 */
public final class DictClientCodec {
  /** As many questions Dovecot's own server takes at once (DICT_CONN_MAX_PENDING_COMMANDS). */
  private static final int MOST_ANNOUNCED = 1_000;

  private final LineReader in;
  private final LineWriter out;
  private final DictHello hello;
  private final Queue<Long> announced = new ArrayDeque<>();

  /**
   * @param in what the server sends
   * @param out where commands go, one call for each write
   * @param hello says which version is spoken
   */
  public DictClientCodec(BoundedInput in, Sink out, DictHello hello) {
    this.in = new LineReader(in, DictServerCodec.MAX_ANSWER);
    this.out = new LineWriter(out, DictServerCodec.MAX_LINE);
    this.hello = hello;
  }

  /** Waits for the first octet of the next line; false if the server has closed instead. */
  public boolean await() throws IOException {
    return in.await();
  }

  /**
   * Reads the answer to a {@link DictCommand.Lookup}.
   *
   * @throws ProtocolException if it is none, or is truncated
   */
  public DictReply.Lookup readLookup() throws IOException {
    try (TabFields line = answer()) {
      announced.poll();
      return switch (line.letter()) {
        case 'O' -> DictReply.Values.of(line.text("value"));
        case 'M' -> new DictReply.Values(TabText.split(line.text("values")));
        case 'N' -> new DictReply.NotFound();
        case 'F' -> new DictReply.Failed(line.text("error"));
        default -> throw new ProtocolException("a line that is no answer to a lookup");
      };
    }
  }

  /**
   * Reads the next row of the answer to a {@link DictCommand.Iterate}, or its end.
   *
   * @throws ProtocolException if it is none, or is truncated
   */
  public DictReply.Iteration readRow() throws IOException {
    try (TabFields line = answer()) {
      DictReply.Iteration read =
          switch (line.letter()) {
            case 0, '\t' -> new DictReply.End();
            case 'O' -> row(line);
            case 'F' -> new DictReply.Failed(line.text("error"));
            default -> throw new ProtocolException("a line that is no row");
          };
      if (!(read instanceof DictReply.Row)) {
        announced.poll();
      }
      return read;
    }
  }

  private static DictReply.Row row(TabFields line) throws ProtocolException {
    String key = line.text("key");
    List<String> values = new ArrayList<>();
    values.add(line.text("value"));
    while (line.more()) {
      values.add(line.text("value"));
    }
    return new DictReply.Row(key, values);
  }

  /**
   * Reads the answer to a {@link DictCommand.Commit}.
   *
   * @throws ProtocolException if it is none, or is truncated
   */
  public DictReply.Committed readCommit() throws IOException {
    try (TabFields line = answer()) {
      announced.poll();
      int letter = line.letter();
      boolean async = letter == 'A';
      int outcome = async ? line.letter() : letter;
      DictReply.Outcome found =
          Arrays.stream(DictReply.Outcome.values())
              .filter(one -> one.letter() == outcome)
              .findFirst()
              .orElseThrow(
                  () -> new ProtocolException("a line that is no answer to a transaction"));
      long id = line.number("id");
      String error = found.hasError() && line.more() ? line.text("error") : "";
      return new DictReply.Committed(id, async, found, error);
    }
  }

  /** The next line that announces no number, behind the number that it begins with. */
  private TabFields answer() throws IOException {
    while (true) {
      TabFields line = in.read();
      switch (line.peek()) {
        case '*' -> {
          line.letter();
          if (announced.size() == MOST_ANNOUNCED) {
            throw new ProtocolException("more answers announced than anybody has asked for");
          }
          announced.add(line.number("number of an answer"));
        }
        case '+' -> {
          line.letter();
          Long number = line.number("number of an answer");
          if (!number.equals(announced.peek())) {
            throw new ProtocolException("an answer out of its order");
          }
          return line;
        }
        default -> {
          return line;
        }
      }
    }
  }

  /** Writes the hello. */
  public void writeHello() throws IOException {
    out.begin().word("H").glued(hello.major()).field(hello.minor()).field(hello.valueType());
    out.field(hello.user()).field(hello.name()).end();
    out.send();
  }

  /**
   * Writes commands, all in one write.
   *
   * @throws IllegalArgumentException if one is longer than servers read
   */
  public void write(List<? extends DictCommand> commands) throws IOException {
    out.begin();
    for (DictCommand command : commands) {
      put(command);
    }
    out.send();
  }

  /** Writes one command. */
  public void write(DictCommand command) throws IOException {
    write(List.of(command));
  }

  private void put(DictCommand command) {
    switch (command) {
      case DictCommand.Lookup(String key, String user) -> user(out.word("L").glued(key), user);
      case DictCommand.Iterate iterate -> {
        out.word("I").glued(iterate.flags()).field(iterate.maxRows());
        iterate.paths().forEach(out::field);
        user(out, iterate.user());
      }
      case DictCommand.Begin(long id, String user, long seconds) -> {
        user(out.word("B").glued(id), user);
        if (hello.hasExpiry()) {
          out.field(seconds);
        }
      }
      case DictCommand.Set(long id, String key, String value) ->
          out.word("S").glued(id).field(key).field(value);
      case DictCommand.Unset(long id, String key) -> out.word("U").glued(id).field(key);
      case DictCommand.Increment(long id, String key, long difference) ->
          out.word("A").glued(id).field(key).field(difference);
      case DictCommand.Timestamp(long id, long seconds, int nanos) ->
          out.word("T").glued(id).field(seconds).field(nanos);
      case DictCommand.HideLogValues(long id, boolean hide) ->
          out.word("V").glued(id).field(hide ? "yes" : "no");
      case DictCommand.Commit(long id) -> out.word("C").glued(id);
      case DictCommand.CommitAsync(long id) -> out.word("D").glued(id);
      case DictCommand.Rollback(long id) -> out.word("R").glued(id);
    }
    out.end();
  }

  private void user(LineWriter line, String user) {
    if (hello.hasUserInCommands()) {
      line.field(user);
    }
  }
}
