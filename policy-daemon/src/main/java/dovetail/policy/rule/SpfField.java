package dovetail.policy.rule;

import dovetail.authres.ReceivedSpf;
import dovetail.policy.wire.Reply;
import dovetail.spf.SpfResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Says what SPF has found in the words of Received-SPF (RFC 7208 9.1), in one line. */
final class SpfField {
  /** An answer to Postfix holds no more, and half a field would be read as another. */
  private static final int MOST = 400;

  /** What can be done without, first of all the first of them. */
  private static final List<String> SPARE = List.of("mechanism", "helo", "envelope-from");

  private SpfField() {}

  static Reply.Prepend of(SpfResult result, Stranger stranger, String sender, String receiver) {
    String address = stranger.address().getHostAddress();
    SequencedMap<String, String> pairs = new LinkedHashMap<>();
    pairs.put("client-ip", address);
    put(pairs, "envelope-from", sender);
    put(pairs, "helo", stranger.helo());
    pairs.put("identity", result.identity().word());
    pairs.put("receiver", receiver);
    result.mechanism().ifPresent(mechanism -> pairs.put("mechanism", mechanism));
    String comment = receiver + ": " + result.sentence(address);
    String value = write(result, comment, pairs);
    for (String key : SPARE) {
      if (value.length() > MOST) {
        pairs.remove(key);
        value = write(result, comment, pairs);
      }
    }
    return new Reply.Prepend(
        ReceivedSpf.NAME, value.length() > MOST ? write(result, receiver, pairs) : value);
  }

  private static void put(SequencedMap<String, String> pairs, String key, String value) {
    if (!value.isEmpty()) {
      pairs.put(key, value);
    }
  }

  private static String write(
      SpfResult result, String comment, SequencedMap<String, String> pairs) {
    String octets = ReceivedSpf.write(result.status().word(), comment, pairs).unfolded().strip();
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
