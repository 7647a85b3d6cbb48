package dovetail.tag;

import dovetail.mail.MalformedException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;

/**
 * A list of tags, {@code v=1; a=rsa-sha256; ...} (RFC 6376 3.2). The order counts only where a
 * format says so; a name that is there twice makes the whole list void, and an unknown one is kept,
 * for its reader to ignore.
 */
public final class TagList {
  /** Tags in one list; no format defines a quarter of it. */
  public static final int MAX_TAGS = 100;

  private final SequencedMap<String, Tag> tags;

  private TagList(SequencedMap<String, Tag> tags) {
    this.tags = tags;
  }

  /**
   * Reads a list in one pass.
   *
   * @param text one character for each octet, or decoded; may be folded
   * @throws MalformedException if it has no tag, one without a name or an equals sign, a name or a
   *     value with a character that may not stand there, the same name twice, or too many tags
   */
  public static TagList parse(String text) throws MalformedException {
    return new TagList(new Parser(text).parse());
  }

  /** The tag of that name. */
  public Optional<Tag> tag(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  /** The value of the tag of that name. */
  public Optional<String> value(String name) {
    return tag(name).map(Tag::value);
  }

  /** All tags in their order. */
  public SequencedCollection<Tag> tags() {
    return tags.sequencedValues();
  }

  /** Whether a value that is a list with colons between has that word; case does not count. */
  public static boolean lists(String value, String word) {
    for (String item : value.split(":", -1)) {
      if (withoutSpace(item).equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  /** That value without its white space, folds included, as base64 and lists of names want it. */
  public static String withoutSpace(String value) {
    int start = 0;
    while (start < value.length() && !isSpace(value.charAt(start))) {
      start++;
    }
    if (start == value.length()) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length()).append(value, 0, start);
    for (int i = start; i < value.length(); i++) {
      if (!isSpace(value.charAt(i))) {
        text.append(value.charAt(i));
      }
    }
    return text.toString();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** One walk over the text. */
  private static final class Parser {
    private final String text;
    private final SequencedMap<String, Tag> tags = new LinkedHashMap<>();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    SequencedMap<String, Tag> parse() throws MalformedException {
      do {
        tag();
        at++; // the semicolon
        skipSpace();
      } while (at < text.length()); // RFC 6376 3.2: one semicolon may end the list
      return tags;
    }

    private void tag() throws MalformedException {
      skipSpace();
      String name = name();
      skipSpace();
      if (at == text.length() || text.charAt(at) != '=') {
        throw malformed("tag without an equals sign");
      }
      at++;
      int start = at;
      Tag tag = new Tag(name, value(), start, at);
      if (tags.putIfAbsent(name, tag) != null) {
        throw malformed("tag that is there twice");
      }
      if (tags.size() > MAX_TAGS) {
        throw malformed("too many tags");
      }
    }

    private void skipSpace() throws MalformedException {
      while (at < text.length() && isSpace(text.charAt(at))) {
        checkFold();
        at++;
      }
    }

    /** A line end must be a CRLF with white space behind it (RFC 6376 2.8, FWS). */
    private void checkFold() throws MalformedException {
      char c = text.charAt(at);
      boolean bareCr = c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n');
      boolean bareLf = c == '\n' && (at == 0 || text.charAt(at - 1) != '\r');
      if (bareCr || bareLf) {
        throw malformed("bare CR or LF");
      }
    }

    /** ALPHA *(ALPHA / DIGIT / "_"), RFC 6376 3.2. */
    private String name() throws MalformedException {
      int start = at;
      while (at < text.length() && isNamePart(text.charAt(at), at > start)) {
        at++;
      }
      if (at == start) {
        throw malformed("tag without a name");
      }
      return text.substring(start, at);
    }

    private static boolean isNamePart(char c, boolean further) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (further && ((c >= '0' && c <= '9') || c == '_'));
    }

    /** The text up to the next semicolon, without the white space around it. */
    private String value() throws MalformedException {
      skipSpace();
      int start = at;
      int end = at;
      while (at < text.length() && text.charAt(at) != ';') {
        char c = text.charAt(at);
        if (isSpace(c)) {
          checkFold();
        } else if (c < '!' || c == 0x7F) { // beyond ASCII is allowed by RFC 8616 4
          throw malformed("control character");
        } else {
          end = at + 1;
        }
        at++;
      }
      return text.substring(start, end);
    }

    private MalformedException malformed(String reason) {
      return new MalformedException(reason, at);
    }
  }
}
