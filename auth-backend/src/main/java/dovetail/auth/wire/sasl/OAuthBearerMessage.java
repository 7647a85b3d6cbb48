package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;
import java.util.Optional;

/**
 * The client's message of OAUTHBEARER (RFC 7628 3.1). Keys that we do not know are passed over.
 *
 * @param authorization who the user wants to act as, if he says so
 * @param host the server's name, if it is told
 * @param port its port, 1 to 65535, if it is told
 * @param token what the user was given
 */
public record OAuthBearerMessage(
    Optional<String> authorization, Optional<String> host, Optional<Integer> port, SaslData token)
    implements AutoCloseable {
  private static final int MOST_PORT = 65_535;

  /**
   * Such a message.
   *
   * @throws IllegalArgumentException if none can have that in it
   */
  public OAuthBearerMessage {
    authorization.ifPresent(SaslText::requireName);
    boolean fits =
        authorization.orElse("").indexOf(BearerPairs.SEPARATOR) < 0
            && host.orElse("").indexOf(BearerPairs.SEPARATOR) < 0
            && host.orElse("").indexOf('\0') < 0
            && port.stream().allMatch(number -> number > 0 && number <= MOST_PORT);
    if (!fits) {
      throw new IllegalArgumentException("no client's message of OAUTHBEARER");
    }
    BearerPairs.requireToken(token);
  }

  /** Reads it; the token is a copy. */
  public static OAuthBearerMessage parse(SaslData message) throws MalformedSaslException {
    byte[] octets = message.octets();
    int end = BearerPairs.next(octets, 0, BearerPairs.SEPARATOR);
    String[] header = SaslText.of(octets, 0, end).split(",", -1);
    if (header.length != 3 || !header[2].isEmpty()) {
      throw new MalformedSaslException(SaslFault.PARTS);
    }
    // RFC 7628 3.1: bound to no channel, since the token is all there is.
    if (ChannelBinding.parse(header[0]) instanceof ChannelBinding.Used) {
      throw new MalformedSaslException(SaslFault.BINDING_FLAG);
    }
    BearerPairs pairs = BearerPairs.parse(octets, Math.min(end + 1, octets.length));
    Optional<Integer> port = Optional.empty();
    if (pairs.get("port").isPresent()) {
      port = Optional.of(port(pairs.get("port").get()));
    }
    return new OAuthBearerMessage(
        ScramClientFirst.authorization(header[1]), pairs.get("host"), port, pairs.token());
  }

  private static int port(String digits) throws MalformedSaslException {
    if (!digits.matches("[1-9][0-9]{0,4}") || Integer.parseInt(digits) > MOST_PORT) {
      throw new MalformedSaslException(SaslFault.NUMBER);
    }
    return Integer.parseInt(digits);
  }

  /** Whether a client's message only says that it has read why its token was refused. */
  public static boolean isAcknowledgement(SaslData message) {
    return message.length() == 1 && message.octets()[0] == BearerPairs.SEPARATOR;
  }

  /** That message (RFC 7628 3.2.3). */
  public static SaslData acknowledgement() {
    return SaslData.taking(new byte[] {BearerPairs.SEPARATOR});
  }

  /** The message in octets. */
  public SaslData data() {
    StringBuilder before = new StringBuilder();
    before.append(new ChannelBinding.Unsupported().header(authorization));
    before.append(BearerPairs.SEPARATOR);
    host.ifPresent(name -> before.append("host=").append(name).append(BearerPairs.SEPARATOR));
    port.ifPresent(number -> before.append("port=").append(number).append(BearerPairs.SEPARATOR));
    return BearerPairs.message(before.toString(), token);
  }

  /** Forgets the token. */
  @Override
  public void close() {
    token.close();
  }
}
