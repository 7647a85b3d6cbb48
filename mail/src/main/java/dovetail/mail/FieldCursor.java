package dovetail.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks once over the value of a structured field (RFC 5322 3.2) and never back. It counts its
 * steps, so that a test can see that the work grows with the length only.
 */
final class FieldCursor {
  static final int END = -1;

  /** Comments nested deeper than anyone writes them by hand. */
  static final int MAX_DEPTH = 20;

  private final byte[] bytes;
  private int at;
  private int steps;

  FieldCursor(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The octet here, or {@link #END}. */
  int peek() {
    return at < bytes.length ? bytes[at] & 0xFF : END;
  }

  void advance() {
    at++;
    steps++;
  }

  int offset() {
    return at;
  }

  int steps() {
    return steps;
  }

  MalformedException malformed(String reason) {
    return new MalformedException(reason, at);
  }

  /** Steps over that octet if it stands here. */
  boolean skip(char c) {
    if (peek() != c) {
      return false;
    }
    advance();
    return true;
  }

  void expect(char c, String otherwise) throws MalformedException {
    if (!skip(c)) {
      throw malformed(otherwise);
    }
  }

  /**
   * Skips white space and comments (RFC 5322 3.2.2); the inside of each comment is added to {@code
   * oddities}.
   *
   * @return whether there was any
   */
  boolean skipCfws(AddressOddities oddities) throws MalformedException {
    int start = at;
    while (true) {
      switch (peek()) {
        case ' ', '\t' -> advance();
        case '\r', '\n' -> skipFold();
        case '(' -> oddities.comment(comment());
        default -> {
          return at > start;
        }
      }
    }
  }

  // A line end must be a CRLF with white space behind it: anything else is no fold (RFC 5322
  // 2.2.3).
  private void skipFold() throws MalformedException {
    boolean crlf = peek() == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n';
    if (!crlf) {
      throw malformed("bare CR or LF");
    }
    advance();
    advance();
    if (peek() != ' ' && peek() != '\t') {
      throw malformed("line end that is no fold");
    }
    while (peek() == ' ' || peek() == '\t') {
      advance();
    }
    // RFC 5322 4.2 obs-FWS; to some readers such a line ends the header.
    if (peek() == '\r' || peek() == '\n' || peek() == END) {
      throw malformed("blank continuation line");
    }
  }

  private String comment() throws MalformedException {
    int start = at + 1;
    int depth = 0;
    do {
      switch (peek()) {
        case END -> throw malformed("unterminated comment");
        case '(' -> {
          depth++;
          advance();
        }
        case ')' -> {
          depth--;
          advance();
        }
        case '\\' -> {
          advance();
          textOctet("unterminated comment");
        }
        case '\r', '\n' -> skipFold();
        default -> textOctet("unterminated comment");
      }
      if (depth > MAX_DEPTH) {
        throw malformed("comments nested too deep");
      }
    } while (depth > 0);
    return shown(bytes, start, at - 1 - start).replace("\r\n", "");
  }

  /** A quoted string, with its quotes, folds and quoted pairs undone (RFC 5322 3.2.4). */
  Quoted quotedString() throws MalformedException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    boolean pairs = false;
    advance();
    while (!skip('"')) {
      if (peek() == '\r' || peek() == '\n') {
        int spaces = at + 2;
        skipFold();
        text.write(bytes, spaces, at - spaces);
        continue;
      }
      if (skip('\\')) {
        pairs = true;
      }
      text.write(textOctet("unterminated quoted string"));
    }
    return new Quoted(text.toByteArray(), pairs);
  }

  /**
   * A quoted string.
   *
   * @param text what it means
   * @param pairs whether it was written with quoted pairs
   */
  @SuppressWarnings("ArrayRecordComponent") // made and used up at once, never compared
  record Quoted(byte[] text, boolean pairs) {}

  private byte textOctet(String atEnd) throws MalformedException {
    int c = peek();
    if (c == END) {
      throw malformed(atEnd);
    }
    if ((c < 0x20 && c != '\t') || c == 0x7F) {
      throw malformed("control character");
    }
    advance();
    return (byte) c;
  }

  /** The atom here; empty if there is none. */
  byte[] atom() {
    int start = at;
    while (at < bytes.length && Atoms.isAtext(bytes[at] & 0xFF)) {
      advance();
    }
    return Arrays.copyOfRange(bytes, start, at);
  }

  /** An address literal, from bracket to bracket (RFC 5322 3.4.1). */
  String domainLiteral() throws MalformedException {
    int start = at;
    advance();
    while (peek() != ']') {
      if (peek() == '[' || peek() == '\\') {
        throw malformed("bracket or backslash in an address literal");
      }
      textOctet("unterminated address literal");
    }
    advance();
    return shown(bytes, start, at - start);
  }

  /** Text for people: what is not UTF-8 becomes U+FFFD. */
  static String shown(byte[] text, int start, int length) {
    return new String(text, start, length, StandardCharsets.UTF_8);
  }
}
