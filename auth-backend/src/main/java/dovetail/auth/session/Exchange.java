package dovetail.auth.session;

import dovetail.auth.answer.Outcome;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.sasl.MalformedSaslException;
import java.util.Optional;

/** A mechanism's messages in their order. For one thread. */
sealed interface Exchange permits PlainExchange, LoginExchange, ScramExchange, TokenExchange {
  /** What is to be done next. */
  sealed interface Step {
    /** The client is asked for something. */
    record Ask(SaslData challenge) implements Step {}

    /** The client has said who it is. */
    record Check(Claim claim) implements Step {}

    /**
     * It is decided.
     *
     * @param last what the client is to hear before, if there is anything; it says something to it
     */
    record Decided(Outcome outcome, Optional<SaslData> last) implements Step {}
  }

  /**
   * Takes the client's next message.
   *
   * @param message nothing only at the beginning, if the client waits to be asked
   */
  Step next(Optional<SaslData> message) throws MalformedSaslException;
}
