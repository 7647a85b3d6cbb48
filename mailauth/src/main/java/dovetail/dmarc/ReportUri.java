package dovetail.dmarc;

import dovetail.mail.Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where reports are to be sent (RFC 9989 4.6).
 *
 * @param text the URI as the record has it, without a limit of size; visible ASCII
 * @param mailbox where it leads if its scheme is mailto, which is the only one that anybody serves
 */
public record ReportUri(String text, Optional<Address> mailbox) {
  private static final int MAX_LENGTH = 1024;

  /** Once a limit for the size of reports (RFC 9989 4.8, obs-dmarc-report-size). */
  private static final Pattern SIZE = Pattern.compile("![0-9]+[kmgtKMGT]?\\z");

  private static final Pattern VISIBLE = Pattern.compile("[!-~&&[^,!]]+");

  /**
   * Reads one item of a list.
   *
   * @return nothing if it is no absolute URI (RFC 3986 4.3), or a mailto without exactly one
   *     address
   */
  static Optional<ReportUri> parse(String item) {
    if (item.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String text = SIZE.matcher(item).replaceFirst("");
    if (!VISIBLE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text);
      if (!uri.isAbsolute()) {
        return Optional.empty();
      }
      return "mailto".equalsIgnoreCase(uri.getScheme())
          ? mailbox(text).map(address -> new ReportUri(text, Optional.of(address)))
          : Optional.of(new ReportUri(text, Optional.empty()));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /** Whether an item carries a limit of size. */
  static boolean hasSize(String item) {
    return SIZE.matcher(item).find();
  }

  /** RFC 6068 2: header fields may follow the address, which is percent-encoded. */
  private static Optional<Address> mailbox(String text) throws URISyntaxException {
    int fields = text.indexOf('?');
    URI bare = new URI(fields < 0 ? text : text.substring(0, fields));
    return Address.parse(bare.getSchemeSpecificPart());
  }
}
