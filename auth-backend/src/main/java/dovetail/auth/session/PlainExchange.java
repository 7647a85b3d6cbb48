package dovetail.auth.session;

import dovetail.auth.password.Secret;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.sasl.MalformedSaslException;
import dovetail.auth.wire.sasl.PlainMessage;
import java.util.Optional;

/** PLAIN: one message (RFC 4616). */
final class PlainExchange implements Exchange {
  @Override
  public Step next(Optional<SaslData> message) throws MalformedSaslException {
    if (message.isEmpty()) {
      return new Step.Ask(SaslData.ofText(""));
    }
    try (PlainMessage plain = PlainMessage.parse(message.get())) {
      return new Step.Check(
          new Claim(plain.authorization(), plain.user(), Secret.of(plain.password().octets())));
    }
  }
}
