package dovetail.policy.rule;

import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Stage;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * A client for whom nobody here vouches.
 *
 * @param address where it is
 * @param helo what it calls itself, as it wrote it; empty if it has not yet
 */
record Stranger(InetAddress address, String helo) {
  /** Where rules about strangers are asked. */
  static final Set<Stage> STAGES = Set.of(Stage.MAIL, Stage.RCPT, Stage.DATA);

  /** What a rule says of others. */
  static final Ruling.NotNow NONE = new Ruling.NotNow("no stranger with mail");

  /**
   * The client of a request. None before MAIL, since it may still log in, and none that is this
   * host itself.
   */
  static Optional<Stranger> of(Facts facts) {
    return isWithMail(facts.stage())
        ? facts
            .client()
            .filter(address -> !isHere(address, facts))
            .map(address -> new Stranger(address, facts.request().get(Attribute.HELO_NAME)))
        : Optional.empty();
  }

  private static boolean isWithMail(Stage stage) {
    return switch (stage) {
      case MAIL, RCPT, DATA -> true;
      case CONNECT, EHLO, HELO, END_OF_MESSAGE, VRFY, ETRN, OTHER -> false;
    };
  }

  private static boolean isHere(InetAddress address, Facts facts) {
    return address.isLoopbackAddress()
        || facts.request().get(Attribute.SERVER_ADDRESS).equals(text(facts));
  }

  private static String text(Facts facts) {
    return facts.request().get(Attribute.CLIENT_ADDRESS);
  }

  /** Whether the rest of the world knows it by that address. */
  boolean isPublic() {
    byte[] octets = address.getAddress();
    boolean uniqueLocal = octets.length == 16 && (octets[0] & 0xfe) == 0xfc; // RFC 4193 3.1
    return !uniqueLocal && !address.isSiteLocalAddress() && !address.isLinkLocalAddress();
  }
}
