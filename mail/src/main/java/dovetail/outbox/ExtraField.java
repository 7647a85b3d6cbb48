package dovetail.outbox;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A header field beside those that every mail of ours has, such as {@code TLS-Report-Domain}.
 *
 * @param name printable ASCII without a colon (RFC 5322 2.2)
 * @param value printable ASCII on one line
 */
public record ExtraField(String name, String value) {
  /** Together below the limit of a line, 998 (RFC 5322 2.1.1). */
  private static final int MAX_NAME = 70;

  private static final int MAX_VALUE = 900;
  private static final Pattern NAME = Pattern.compile("[!-9;-~]{1," + MAX_NAME + "}");
  private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]{0," + MAX_VALUE + "}[!-~])?");
  private static final Set<String> OURS =
      Set.of(
          "from",
          "sender",
          "to",
          "cc",
          "bcc",
          "subject",
          "date",
          "message-id",
          "auto-submitted",
          "mime-version",
          "return-path");

  /**
   * @throws IllegalArgumentException if name or value has anything else in it, is too long, or the
   *     name is that of a field that is written anyway, of the envelope, or of MIME
   */
  public ExtraField {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches() || OURS.contains(lower) || lower.startsWith("content-")) {
      throw new IllegalArgumentException("no name of a further header field");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("no value of a header field: " + name);
    }
  }
}
