package dovetail.milter.filter;

import dovetail.authres.ReceivedSpf;
import dovetail.mail.HeaderField;
import dovetail.spf.SpfResult;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Says what SPF has found in the words of Received-SPF (RFC 7208 9.1). */
final class ReceivedSpfField {
  private ReceivedSpfField() {}

  /**
   * The field about the result that counts: that of the return path, or of the client's own name
   * where there is none.
   *
   * @param receiver our name
   * @param outsider of whom it is
   * @return nothing if nothing was asked
   */
  static Optional<HeaderField> of(String receiver, Outsider outsider, AuthReport report) {
    return report.client().spf().stream()
        .findFirst()
        .map(result -> field(receiver, outsider, result));
  }

  private static HeaderField field(String receiver, Outsider outsider, SpfResult result) {
    String address = outsider.client().address().getHostAddress();
    SequencedMap<String, String> pairs = new LinkedHashMap<>();
    pairs.put("client-ip", address);
    outsider.returnPath().ifPresent(path -> pairs.put("envelope-from", path));
    if (outsider.hasHelo()) {
      pairs.put("helo", outsider.client().helo());
    }
    pairs.put("identity", result.identity().word());
    pairs.put("receiver", receiver);
    result.mechanism().ifPresent(mechanism -> pairs.put("mechanism", mechanism));
    return ReceivedSpf.write(
        result.status().word(), receiver + ": " + result.sentence(address), pairs);
  }
}
