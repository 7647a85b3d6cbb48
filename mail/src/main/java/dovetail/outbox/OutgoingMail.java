package dovetail.outbox;

import dovetail.mail.Address;
import dovetail.mail.Atoms;
import dovetail.mail.Domain;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail of our own. Nothing in it can end a line of the header, and equal ones have equal octets.
 *
 * @param from the author
 * @param name the author's display name
 * @param to the one recipient
 * @param subject what it is about, on one line
 * @param messageId {@code left@right} without angle brackets (RFC 5322 3.6.4); it also names the
 *     boundary of the parts
 * @param date when it was written; the second counts
 * @param text what people read; any line ends
 * @param attachments files, none or more
 * @param fields header fields besides the usual ones; that it is {@code Auto-Submitted} is said of
 *     every mail
 */
public record OutgoingMail(
    Address from,
    Optional<String> name,
    Address to,
    String subject,
    String messageId,
    Instant date,
    String text,
    List<Attachment> attachments,
    List<ExtraField> fields) {
  private static final int MAX_NAME = 200;
  private static final int MAX_SUBJECT = 1000;
  private static final int MAX_MESSAGE_ID = 250;
  private static final int MAX_FIELDS = 100;

  /** Fits into a header line (RFC 5322 2.1.1), with what stands around it. */
  private static final int MAX_ADDRESS = 900;

  private static final int FIRST_YEAR = 1900; // RFC 5322 3.3
  private static final int LAST_YEAR = 9999;

  private static final String DOT_ATOM =
      "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*";
  private static final Pattern MESSAGE_ID = Pattern.compile(DOT_ATOM + "@" + DOT_ATOM);

  /**
   * Takes copies of the lists.
   *
   * @throws IllegalArgumentException if an address is not {@linkplain #isReachable reachable}; if
   *     name, subject or message id has a control character in it, is empty or too long; if the
   *     date is out of range
   */
  public OutgoingMail {
    attachments = List.copyOf(attachments);
    fields = List.copyOf(fields);
    require(isReachable(from), "author");
    require(isReachable(to), "recipient");
    require(name.isEmpty() || isLine(name.get(), MAX_NAME), "display name");
    require(isLine(subject, MAX_SUBJECT), "subject");
    require(
        messageId.length() <= MAX_MESSAGE_ID && MESSAGE_ID.matcher(messageId).matches(),
        "message id");
    require(fields.size() <= MAX_FIELDS, "number of header fields");
    require(isInRange(date), "date");
  }

  /**
   * Whether mail can be sent to that address without SMTPUTF8, which is not used: ASCII, a domain
   * that mail can be at, and not too long for a line.
   */
  public static boolean isReachable(Address address) {
    String text = address.toString();
    return text.length() <= MAX_ADDRESS
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7F)
        && Domain.parse(address.domain().ascii()).equals(Optional.of(address.domain()));
  }

  /** The message as it travels: ASCII, lines that end with CRLF, none over 998 octets. */
  public byte[] octets() {
    return new MessageWriter(this).write();
  }

  private static boolean isLine(String text, int most) {
    return !text.isBlank() && text.length() <= most && text.codePoints().allMatch(Atoms::isPlain);
  }

  private static boolean isInRange(Instant date) {
    return !date.isBefore(Instant.parse(FIRST_YEAR + "-01-01T00:00:00Z"))
        && date.atOffset(ZoneOffset.UTC).getYear() <= LAST_YEAR;
  }

  private static void require(boolean good, String what) {
    if (!good) {
      throw new IllegalArgumentException("unusable for mail: the " + what);
    }
  }
}
