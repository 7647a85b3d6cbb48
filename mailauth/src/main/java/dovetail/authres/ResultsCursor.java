package dovetail.authres;

import dovetail.mail.Utf8;
import java.util.Optional;

/**
 * Walks once over the value of an Authentication-Results field, one character for each octet. It
 * forgives what a forger may count on others to forgive: every control character is white space. It
 * counts its steps, so that a test can see that the work grows with the length only.
 */
final class ResultsCursor {
  static final char END = '\uFFFF';

  private final String octets;
  private int at;
  private int steps;
  private int deepest;
  private boolean unterminated;
  private int commentStart;
  private int commentEnd;

  ResultsCursor(String octets) {
    this.octets = octets;
  }

  /** The octet here, or {@link #END}. */
  char peek() {
    return at < octets.length() ? octets.charAt(at) : END;
  }

  boolean atEnd() {
    return at >= octets.length();
  }

  /** Steps over that octet if it stands here. */
  boolean skip(char c) {
    if (peek() != c) {
      return false;
    }
    advance();
    return true;
  }

  int offset() {
    return at;
  }

  /** Goes back to where it was before. */
  void backTo(int offset) {
    at = offset;
  }

  int steps() {
    return steps;
  }

  /** How deep the deepest comment so far was nested. */
  int deepest() {
    return deepest;
  }

  /** Whether a comment ran to the end of the value. */
  boolean unterminated() {
    return unterminated;
  }

  /** Skips white space and comments; whether all comments were terminated. */
  boolean skipCfws() {
    int depth = 0;
    commentStart = -1;
    commentEnd = -1;
    while (!atEnd() && (depth > 0 || isSpace(peek()) || peek() == '(')) {
      switch (peek()) {
        case '(' -> {
          depth++;
          deepest = Math.max(deepest, depth);
          commentStart = commentStart < 0 ? at + 1 : commentStart;
        }
        case ')' -> {
          depth--;
          commentEnd = depth == 0 && commentEnd < 0 ? at : commentEnd;
        }
        case '\\' -> advance();
        default -> {}
      }
      advance();
    }
    unterminated = depth > 0;
    return !unterminated;
  }

  /** The first comment that was skipped last, its folds and quoted pairs undone. */
  Optional<String> comment() {
    if (commentEnd < 0) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (int i = commentStart; i < commentEnd; i++) {
      if (octets.charAt(i) == '\\' && i + 1 < commentEnd) {
        i++;
      }
      append(text, octets.charAt(i));
    }
    return Optional.of(Utf8.tolerant(text.toString()));
  }

  /** What stands here up to white space, a comment, a semicolon, an equals sign or a quote. */
  String word() {
    int start = at;
    while (!endsValue() && peek() != '=' && peek() != '"') {
      advance();
    }
    return octets.substring(start, at);
  }

  /**
   * The value here: what a quoted string means, or what stands up to white space, a comment or a
   * semicolon. Where quoted and unquoted text touch each other, both stay as they are written.
   *
   * @return nothing if a quoted string is not terminated
   */
  Optional<String> value() {
    int start = at;
    boolean quoted = peek() == '"';
    Optional<String> text = quoted ? quotedString() : Optional.of("");
    if (quoted && (text.isEmpty() || endsValue())) {
      return text.map(Utf8::tolerant);
    }
    while (!endsValue()) {
      if (peek() != '"') {
        advance();
      } else if (quotedString().isEmpty()) {
        return Optional.empty();
      }
    }
    String written = octets.substring(start, at).replace("\r", "").replace("\n", "");
    return Optional.of(Utf8.tolerant(written));
  }

  private boolean endsValue() {
    return atEnd() || isSpace(peek()) || peek() == ';' || peek() == '(';
  }

  /** The octets that the quoted string here means; nothing if it is not terminated. */
  Optional<String> quotedString() {
    StringBuilder text = new StringBuilder();
    for (advance(); !atEnd(); advance()) {
      char c = peek();
      if (c == '"') {
        advance();
        return Optional.of(text.toString());
      }
      if (c == '\\' && at + 1 < octets.length()) {
        advance();
        c = peek();
      }
      append(text, c);
    }
    return Optional.empty();
  }

  private static void append(StringBuilder text, char c) {
    if (c != '\r' && c != '\n') {
      text.append(c);
    }
  }

  private void advance() {
    at = Math.min(at + 1, octets.length());
    steps++;
  }

  private static boolean isSpace(char c) {
    return c <= ' ';
  }
}
