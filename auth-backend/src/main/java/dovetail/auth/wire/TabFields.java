package dovetail.auth.wire;

import dovetail.server.io.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The fields of one line, taken from the first to the last. Closing it overwrites the line. */
final class TabFields implements AutoCloseable {
  /** Ids, process numbers and the like are unsigned int. */
  static final long MOST_NUMBER = 0xffff_ffffL;

  private static final int LONGEST_WORD = 16;

  private final byte[] line;
  private final int length;
  private int at;
  private boolean more = true;

  TabFields(byte[] line, int length) {
    this.line = line;
    this.length = length;
  }

  /** Whether another field is there, be it empty. */
  boolean more() {
    return more;
  }

  /** The next field if it may be a command; else nothing, and it is left where it is. */
  String word() {
    int end = end();
    if (end - at > LONGEST_WORD) {
      return "";
    }
    for (int i = at; i < end; i++) {
      if (line[i] != '-' && (line[i] < 'A' || line[i] > 'Z')) {
        return "";
      }
    }
    int start = at;
    return ascii(start, take());
  }

  /** The next character, which is left where it is; 0 if there is none. */
  int peek() {
    return at < length ? line[at] & 0xff : 0;
  }

  /** Takes the next character, which is a command of its own; 0 if there is none. */
  int letter() {
    int letter = peek();
    at = Math.min(at + 1, length);
    return letter;
  }

  /**
   * The next field's text. Octets that are not UTF-8 become U+FFFD: such a text is nobody's name.
   *
   * @param what is missing if it is not there, for the log
   */
  String text(String what) throws ProtocolException {
    require(what);
    return text(at, take());
  }

  /** The next field as a number of 0 to 4294967295. */
  long number(String what) throws ProtocolException {
    return number(what, MOST_NUMBER);
  }

  /** The next field as a number of 0 to a most. */
  long number(String what, long most) throws ProtocolException {
    require(what);
    int start = at;
    int end = take();
    long number = 0;
    for (int i = start; i < end; i++) {
      int digit = line[i] - '0';
      if (digit < 0 || digit > 9 || number > (most - digit) / 10) {
        throw new ProtocolException(what + " that is no number");
      }
      number = 10 * number + digit;
    }
    if (start == end) {
      throw new ProtocolException(what + " that is no number");
    }
    return number;
  }

  /** The next field as a number with a sign, of 64 bits. */
  long difference(String what) throws ProtocolException {
    boolean negative = more && peek() == '-';
    if (negative) {
      at++;
    }
    long number = number(what, Long.MAX_VALUE);
    return negative ? -number : number;
  }

  /** The next field as base64. */
  Payload payload(String what) throws ProtocolException {
    require(what);
    int start = at;
    return Payload.decode(line, start, take());
  }

  /** Whether the next field is that parameter. */
  boolean nextIs(String name) {
    int end = end();
    int to = at + name.length();
    return to <= end && (to == end || line[to] == '=') && ascii(at, to).equals(name);
  }

  /** Whether the next field is that parameter, and has no value, not even a = that says so. */
  boolean nextIsEmpty(String name) {
    return nextIs(name) && end() - at <= name.length() + 1;
  }

  /** The base64 that is the value of the next field, of which a sole = stands for nothing. */
  Payload value() {
    int start = at;
    int end = take();
    while (start < end && line[start] != '=') {
      start++;
    }
    start = Math.min(start + 1, end);
    boolean empty = end - start == 1 && line[start] == '=';
    return Payload.decode(line, empty ? end : start, end);
  }

  /** Puts the next field among others, if it has a name; of two with one name the last counts. */
  void parameter(SequencedMap<String, String> all) {
    String field = text(at, take());
    int equals = field.indexOf('=');
    if (equals < 0 && !field.isEmpty()) {
      all.put(field, "");
    } else if (equals > 0) {
      all.put(field.substring(0, equals), field.substring(equals + 1));
    }
  }

  /** All fields that are left, as parameters. */
  Fields parameters() {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    while (more) {
      parameter(all);
    }
    return new Fields(all);
  }

  /** That no field is left. */
  void end(String what) throws ProtocolException {
    if (more) {
      throw new ProtocolException(what + " with more than belongs to it");
    }
  }

  private void require(String what) throws ProtocolException {
    if (!more) {
      throw new ProtocolException("a line without its " + what);
    }
  }

  private int end() {
    int end = at;
    while (end < length && line[end] != '\t') {
      end++;
    }
    return end;
  }

  /** Goes behind the next field; returns where it ends. */
  private int take() {
    int end = end();
    more = end < length;
    at = more ? end + 1 : end;
    return end;
  }

  private String ascii(int start, int end) {
    return new String(line, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private String text(int start, int end) {
    for (int i = start; i < end; i++) {
      if (line[i] <= TabText.ESCAPE) {
        return TabText.unescaped(line, start, end);
      }
    }
    return ascii(start, end);
  }

  @Override
  public void close() {
    Arrays.fill(line, (byte) 0);
  }
}
