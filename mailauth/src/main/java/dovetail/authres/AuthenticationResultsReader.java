package dovetail.authres;

import dovetail.mail.MalformedException;
import dovetail.mail.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads what others write as Authentication-Results (RFC 8601 2.2), in one pass. Forgiven are a
 * missing authserv-id, odd characters in values without quotes, empty results, and semicolons at
 * the end. Read over, and never a reason to doubt the rest, is what a reader need not know: results
 * that do not begin with {@code method=result}, properties that are not called {@code
 * ptype.property}, words that belong to nothing, comments other than the one behind a result.
 */
public final class AuthenticationResultsReader {
  /** Octets in one value; Postfix cuts a field off there (header_size_limit). */
  static final int MAX_LENGTH = 102_400;

  /** Comments nested deeper than anyone writes them by hand. */
  static final int MAX_DEPTH = 20;

  private static final int MAX_DIGITS = 9;

  private final ResultsCursor cursor;
  private final List<MethodResult> results = new ArrayList<>();

  private AuthenticationResultsReader(ResultsCursor cursor) {
    this.cursor = cursor;
  }

  /**
   * Reads the value of a field, or what stands behind the instance in ARC's.
   *
   * @param octets one character for each; may be folded
   */
  public static Reading read(String octets) {
    return read(octets, new ResultsCursor(octets));
  }

  static Reading read(String octets, ResultsCursor cursor) {
    if (octets.length() > MAX_LENGTH) {
      return new Reading.Malformed("too long", MAX_LENGTH);
    }
    try {
      return new AuthenticationResultsReader(cursor).payload();
    } catch (MalformedException wrong) {
      return new Reading.Malformed(wrong.reason(), (int) wrong.offset());
    }
  }

  private Reading payload() throws MalformedException {
    skipCfws();
    if (cursor.atEnd()) {
      throw malformed("empty");
    }
    int start = cursor.offset();
    Optional<String> id = AuthservId.read(cursor);
    checkComments();
    if (id.isEmpty()) {
      cursor.backTo(start);
      results();
      return new Reading.Nameless(results);
    }
    OptionalInt version = OptionalInt.empty();
    if (Keyword.isDigit(cursor.peek())) {
      version = number(cursor.word());
      if (version.isEmpty()) {
        throw malformed("version that is no number");
      }
      skipCfws();
    }
    if (!cursor.atEnd() && cursor.peek() != ';') {
      throw malformed("no semicolon behind the authserv-id");
    }
    results();
    String name = Utf8.tolerant(id.get());
    return new Reading.Parsed(new AuthenticationResults(name, version, results));
  }

  private void results() throws MalformedException {
    while (!cursor.atEnd()) {
      cursor.skip(';');
      Optional<MethodResult> result = result();
      if (result.isPresent() && results.size() == AuthenticationResults.MAX_RESULTS) {
        throw malformed("too many results");
      }
      result.ifPresent(results::add);
    }
  }

  /** What stands up to the next semicolon, if it is a result. */
  private Optional<MethodResult> result() throws MalformedException {
    Optional<Pair> first = pair();
    skipCfws();
    Optional<String> comment = cursor.comment();
    Optional<String> reason = Optional.empty();
    List<Property> properties = new ArrayList<>();
    for (var next = pair(); next.isPresent(); next = pair()) {
      Pair pair = next.get();
      if (reason.isEmpty() && pair.key().equalsIgnoreCase("reason")) {
        reason = Optional.of(pair.value());
      }
      pair.property().ifPresent(properties::add);
      if (properties.size() > MethodResult.MAX_PROPERTIES) {
        throw malformed("too many properties");
      }
    }
    Optional<MethodResult> bare = first.flatMap(AuthenticationResultsReader::methodSpec);
    if (bare.isEmpty()) {
      return bare;
    }
    MethodResult is = bare.get();
    return Optional.of(
        new MethodResult(is.method(), is.version(), is.result(), comment, reason, properties));
  }

  private static Optional<MethodResult> methodSpec(Pair pair) {
    int slash = pair.key().indexOf('/');
    String method = slash < 0 ? pair.key() : pair.key().substring(0, slash);
    OptionalInt version = slash < 0 ? OptionalInt.empty() : number(pair.key().substring(slash + 1));
    if (pair.stray()
        || !Keyword.is(method)
        || !Keyword.is(pair.value())
        || (slash >= 0 && version.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new MethodResult(
            method, version, pair.value(), Optional.empty(), Optional.empty(), List.of()));
  }

  /**
   * A key and its value.
   *
   * @param stray whether words stand before it that belong to nothing
   */
  private record Pair(String key, String value, boolean stray) {
    Optional<Property> property() {
      int dot = key.indexOf('.');
      if (dot < 0 || !Keyword.is(key.substring(0, dot)) || !Keyword.is(key.substring(dot + 1))) {
        return Optional.empty();
      }
      return Optional.of(new Property(key.substring(0, dot), key.substring(dot + 1), value));
    }
  }

  /** The next pair before the next semicolon; a key may have CFWS around its dot or slash. */
  private Optional<Pair> pair() throws MalformedException {
    StringBuilder key = new StringBuilder();
    boolean stray = false;
    while (true) {
      skipCfws();
      if (cursor.atEnd() || cursor.peek() == ';') {
        return Optional.empty();
      }
      if (cursor.skip('=')) {
        return Optional.of(new Pair(key.toString(), value(), stray));
      }
      String part = cursor.peek() == '"' ? '"' + value() : cursor.word();
      if (!key.isEmpty() && !joins(key.charAt(key.length() - 1)) && !joins(part.charAt(0))) {
        stray = true;
        key.setLength(0);
      }
      key.append(part);
    }
  }

  private static boolean joins(char c) {
    return c == '.' || c == '/';
  }

  private String value() throws MalformedException {
    skipCfws();
    Optional<String> value = cursor.value();
    if (value.isEmpty()) {
      throw malformed("unterminated quoted string");
    }
    return value.get();
  }

  private static OptionalInt number(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= MAX_DIGITS
            && digits.chars().allMatch(Keyword::isDigit);
    return number ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
  }

  private void skipCfws() throws MalformedException {
    cursor.skipCfws();
    checkComments();
  }

  private void checkComments() throws MalformedException {
    if (cursor.unterminated()) {
      throw malformed("unterminated comment");
    }
    if (cursor.deepest() > MAX_DEPTH) {
      throw malformed("comments nested too deep");
    }
  }

  private MalformedException malformed(String reason) {
    return new MalformedException(reason, cursor.offset());
  }
}
