package dovetail.auth.session;

import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Reason;
import dovetail.auth.password.Secret;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.sasl.MalformedSaslException;
import java.util.Optional;

/**
 * OAUTHBEARER (RFC 7628 3) and XOAUTH2: one message with a token. Who is not let in is told why in
 * JSON, says something to that, and fails then.
 */
final class TokenExchange implements Exchange {
  private final TokenDialect dialect;
  private final Door door;
  private Optional<Outcome> refused = Optional.empty();

  /** Knows which tokens are good. */
  interface Door {
    /**
     * Whether that token lets in.
     *
     * @param user who is to be let in; whoever the token names, if that is left open
     */
    Outcome decide(Optional<String> user, Secret token);

    /** What a token has to be good for, if it has to be for anything. */
    Optional<String> scope();
  }

  TokenExchange(TokenDialect dialect, Door door) {
    this.dialect = dialect;
    this.door = door;
  }

  @Override
  public Step next(Optional<SaslData> message) throws MalformedSaslException {
    if (message.isEmpty()) {
      return new Step.Ask(SaslData.ofText(""));
    }
    if (refused.isPresent()) {
      return new Step.Decided(refused.get(), Optional.empty()); // RFC 7628 3.2.3
    }
    try (TokenDialect.Presented presented = dialect.read(message.get())) {
      Outcome outcome = door.decide(presented.user(), presented.token());
      return new Step.Decided(outcome, told(outcome));
    }
  }

  private Optional<SaslData> told(Outcome outcome) {
    return switch (outcome.reason().kind()) {
      case GRANTED, DEFERRED -> Optional.empty();
      case WRONG, REFUSED -> {
        refused = Optional.of(outcome.atOnce()); // what was held back once is not again
        yield Optional.of(dialect.error(outcome.reason() == Reason.SCOPE, door.scope()).data());
      }
    };
  }
}
