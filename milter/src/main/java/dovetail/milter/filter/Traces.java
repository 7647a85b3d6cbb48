package dovetail.milter.filter;

import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Signs that a message has come through a mailing list or a forwarder, after which its signatures
 * and its client may not be its author's any more. The sender may have written each of them.
 *
 * @param list whether there is a sign of a list
 * @param forwarder whether there is a sign of a forwarder
 * @param listName the list's name, if there is one List-Id field with one
 */
record Traces(boolean list, boolean forwarder, Optional<Domain> listName) {
  // RFC 2919 2, RFC 2369 3; the last two are older than these.
  private static final List<String> OF_LISTS =
      List.of("List-Id", "List-Post", "List-Help", "Mailing-List", "X-Mailing-List");

  private static final List<String> OF_FORWARDERS =
      List.of("Resent-From", "Delivered-To", "X-Forwarded-To", "X-Forwarded-For", "ARC-Seal");

  /** One is the author's own server. */
  private static final int HOPS_OF_ANYBODY = 1;

  /**
   * What a header section and a return path show.
   *
   * @param headers as the message came, so without our own Received field
   * @param ours how many Received fields relays of ours have written
   */
  static Traces of(Headers headers, Optional<String> returnPath, int ours) {
    boolean list = OF_LISTS.stream().anyMatch(name -> !headers.all(name).isEmpty());
    boolean forwarder =
        OF_FORWARDERS.stream().anyMatch(name -> !headers.all(name).isEmpty())
            || headers.all("Received").size() - ours > HOPS_OF_ANYBODY
            || returnPath.filter(Traces::isRewritten).isPresent();
    return new Traces(list, forwarder, listName(headers.all("List-Id")));
  }

  /** RFC 2919 2: behind any phrase, in angle brackets. */
  private static Optional<Domain> listName(List<HeaderField> fields) {
    if (fields.size() != 1) {
      return Optional.empty();
    }
    String value = fields.getFirst().unfolded().strip();
    int open = value.lastIndexOf('<');
    return open >= 0 && value.endsWith(">")
        ? Domain.parse(value.substring(open + 1, value.length() - 1).strip())
        : Optional.empty();
  }

  private static boolean isRewritten(String returnPath) {
    String start = returnPath.toUpperCase(Locale.ROOT);
    return start.startsWith("SRS0") || start.startsWith("SRS1");
  }
}
