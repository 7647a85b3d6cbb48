package dovetail.authres;

import dovetail.mail.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The only writer of Received-SPF fields (RFC 7208 9.1). Whatever the values hold, what comes out
 * is one field that says no more than its result: they are cut at 512 octets, control characters
 * become question marks, and what is no dot-atom stands in quotes. A pair that would make a line
 * longer than 78 columns begins a new one.
 */
public final class ReceivedSpf {
  /** The name of the field. */
  public static final String NAME = "Received-SPF";

  /** RFC 5322 2.1.1. */
  private static final int WIDTH = 78;

  private ReceivedSpf() {}

  /**
   * Writes a field.
   *
   * @param result the word of the result
   * @param comment why, for people
   * @param pairs keys with their values, in this order
   * @throws IllegalArgumentException if the result or a key is no keyword
   */
  public static HeaderField write(
      String result, String comment, SequencedMap<String, String> pairs) {
    StringBuilder value = new StringBuilder(200);
    value.append(' ').append(Keyword.of(result)).append(' ').append(SafeText.comment(comment));
    int column = NAME.length() + 1 + value.length();
    boolean first = true;
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      String text = Keyword.of(pair.getKey()) + "=" + SafeText.dotAtom(pair.getValue());
      value.append(first ? "" : ";");
      if (first || column + 1 + text.length() + 1 > WIDTH) {
        value.append("\r\n ");
        column = 1 + text.length();
      } else {
        value.append(' ');
        column += 2 + text.length();
      }
      value.append(text);
      first = false;
    }
    return HeaderField.of(
        NAME.getBytes(StandardCharsets.US_ASCII),
        value.toString().getBytes(StandardCharsets.UTF_8));
  }
}
