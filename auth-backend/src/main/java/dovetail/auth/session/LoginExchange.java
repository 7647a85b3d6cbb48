package dovetail.auth.session;

import dovetail.auth.password.Secret;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.sasl.LoginMessages;
import dovetail.auth.wire.sasl.MalformedSaslException;
import java.util.Optional;

/** LOGIN: a name, then a password. */
final class LoginExchange implements Exchange {
  private Optional<String> user = Optional.empty();

  @Override
  public Step next(Optional<SaslData> message) throws MalformedSaslException {
    if (message.isEmpty()) {
      return new Step.Ask(LoginMessages.askForUser());
    }
    if (user.isEmpty()) {
      user = Optional.of(LoginMessages.user(message.get()));
      return new Step.Ask(LoginMessages.askForPassword());
    }
    try (SaslData password = LoginMessages.password(message.get())) {
      return new Step.Check(new Claim(Optional.empty(), user.get(), Secret.of(password.octets())));
    }
  }
}
