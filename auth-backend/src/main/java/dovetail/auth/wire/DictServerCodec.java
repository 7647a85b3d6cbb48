package dovetail.auth.wire;

import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The server's side of the dict protocol. Answers stand in the order of the questions, without the
 * numbers by which Dovecot's own server can change it.
 */
public final class DictServerCodec {
  /** The most octets of a client's line, without the LF (DICT_CLIENT_MAX_LINE_LENGTH). */
  public static final int MAX_LINE = 65_536;

  /** The most octets of an answer's line. Dovecot reads longer ones, but nobody has such values. */
  public static final int MAX_ANSWER = 1_048_576;

  private static final int MOST_NANOS = 999_999_999;

  private final LineReader in;
  private final LineWriter out;
  private Optional<DictHello> hello = Optional.empty();

  /**
   * @param in what the client sends
   * @param out where answers go, one call for each write
   */
  public DictServerCodec(BoundedInput in, Sink out) {
    this.in = new LineReader(in, MAX_LINE);
    this.out = new LineWriter(out, MAX_ANSWER);
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
   * Reads the first line.
   *
   * @throws ProtocolException if it is none of this protocol, truncated or too long
   */
  public DictHello readHello() throws IOException {
    try (TabFields line = in.read()) {
      if (line.letter() != 'H') {
        throw new ProtocolException("a first line that is no dict client's");
      }
      int major = (int) line.number("major version", Integer.MAX_VALUE);
      if (major < DictHello.OLDEST || major > DictHello.NEWEST) {
        throw new ProtocolException("version %d of the dict protocol".formatted(major));
      }
      int minor = (int) line.number("minor version", Integer.MAX_VALUE);
      int type = (int) line.number("type of values", Integer.MAX_VALUE);
      DictHello read =
          new DictHello(major, minor, type, line.text("user"), line.text("dict's name"));
      hello = Optional.of(read);
      return read;
    }
  }

  /**
   * Reads the next line.
   *
   * @throws ProtocolException if it is none of the hello's version, truncated or too long
   * @throws IllegalStateException before {@link #readHello}
   */
  public DictCommand read() throws IOException {
    DictHello version = hello.orElseThrow(() -> new IllegalStateException("no hello was read"));
    try (TabFields line = in.read()) {
      int letter = line.letter();
      return switch (letter) {
        case 'L' -> lookup(line, version);
        case 'I' -> iterate(line, version);
        case 'B' -> begin(line, version);
        default -> change(letter, line);
      };
    }
  }

  private static DictCommand lookup(TabFields line, DictHello version) throws ProtocolException {
    String key = line.text("key");
    if (version.hasUserInCommands()) {
      return new DictCommand.Lookup(key, line.more() ? line.text("user") : "");
    }
    line.end("L");
    return new DictCommand.Lookup(key, version.user());
  }

  private static DictCommand iterate(TabFields line, DictHello version) throws ProtocolException {
    long flags = line.number("flags");
    long rows = line.number("number of rows", Long.MAX_VALUE);
    List<String> paths = new ArrayList<>();
    paths.add(line.text("path"));
    if (version.hasUserInCommands()) {
      String user = line.more() ? line.text("user") : "";
      return new DictCommand.Iterate(flags, rows, paths, user);
    }
    while (line.more()) {
      paths.add(line.text("path"));
    }
    return new DictCommand.Iterate(flags, rows, paths, version.user());
  }

  private static DictCommand begin(TabFields line, DictHello version) throws ProtocolException {
    long id = line.number("id");
    if (!version.hasUserInCommands()) {
      line.end("B");
      return new DictCommand.Begin(id, version.user(), 0);
    }
    String user = line.more() ? line.text("user") : "";
    long seconds = version.hasExpiry() && line.more() ? line.number("seconds until it expires") : 0;
    return new DictCommand.Begin(id, user, seconds);
  }

  /** What belongs to a transaction has, as with Dovecot, all of its fields and no others. */
  private static DictCommand change(int letter, TabFields line) throws ProtocolException {
    DictCommand command =
        switch (letter) {
          case 'S' -> new DictCommand.Set(line.number("id"), line.text("key"), line.text("value"));
          case 'U' -> new DictCommand.Unset(line.number("id"), line.text("key"));
          case 'A' ->
              new DictCommand.Increment(
                  line.number("id"), line.text("key"), line.difference("difference"));
          case 'T' ->
              new DictCommand.Timestamp(
                  line.number("id"),
                  line.difference("seconds"),
                  (int) line.number("nanoseconds", MOST_NANOS));
          case 'V' -> new DictCommand.HideLogValues(line.number("id"), truth(line));
          case 'C' -> new DictCommand.Commit(line.number("id"));
          case 'D' -> new DictCommand.CommitAsync(line.number("id"));
          case 'R' -> new DictCommand.Rollback(line.number("id"));
          default -> throw new ProtocolException("a line that is no dict command");
        };
    line.end("a dict command");
    return command;
  }

  private static boolean truth(TabFields line) throws ProtocolException {
    return switch (line.text("yes or no").toLowerCase(Locale.ROOT)) {
      case "yes", "1" -> true;
      case "no", "0" -> false;
      default -> throw new ProtocolException("V with neither yes nor no");
    };
  }

  /**
   * Writes answers, all in one write.
   *
   * @throws IllegalArgumentException if one is longer than {@link #MAX_ANSWER}
   */
  public void write(List<? extends DictReply> replies) throws IOException {
    out.begin();
    for (DictReply reply : replies) {
      put(reply);
    }
    out.send();
  }

  /** Writes one answer. */
  public void write(DictReply reply) throws IOException {
    write(List.of(reply));
  }

  private void put(DictReply reply) {
    switch (reply) {
      case DictReply.Values(List<String> values) -> {
        boolean several =
            values.size() > 1 && hello.map(DictHello::takesSeveralValues).orElse(false);
        out.word(several ? "M" : "O");
        out.glued(several ? TabText.joined(values) : values.getFirst());
      }
      case DictReply.NotFound() -> out.word("N");
      case DictReply.Failed(String error) -> out.word("F").glued(error);
      case DictReply.Row(String key, List<String> values) -> {
        out.word("O").glued(key);
        boolean several = hello.map(DictHello::takesSeveralValues).orElse(false);
        (several ? values : values.subList(0, 1)).forEach(out::field);
      }
      case DictReply.End() -> {}
      case DictReply.Committed commit -> {
        out.word(commit.async() ? "A" : "").word(String.valueOf(commit.outcome().letter()));
        out.glued(commit.id());
        if (commit.outcome().hasError()) {
          out.field(commit.error());
        }
      }
    }
    out.end();
  }
}
