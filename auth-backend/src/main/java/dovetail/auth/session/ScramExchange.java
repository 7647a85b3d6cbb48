package dovetail.auth.session;

import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Reason;
import dovetail.auth.answer.ScramProof;
import dovetail.auth.answer.ScramQuestion;
import dovetail.auth.password.ScramKeys;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.sasl.MalformedSaslException;
import dovetail.auth.wire.sasl.ScramClientFinal;
import dovetail.auth.wire.sasl.ScramClientFirst;
import dovetail.auth.wire.sasl.ScramServerFinal;
import dovetail.auth.wire.sasl.ScramServerFirst;
import java.util.List;
import java.util.Optional;

/**
 * SCRAM-SHA-256 without channel binding (RFC 5802 5, RFC 7677): a name, then a proof; and behind
 * the server's signature an empty message, unless that came with the outcome.
 */
final class ScramExchange implements Exchange {
  private final Door door;
  private Optional<Asked> asked = Optional.empty();
  private Optional<Outcome> granted = Optional.empty();

  /** Knows what is to be proven, and whether it was. */
  interface Door {
    ScramQuestion ask(ScramClientFirst first);

    Outcome prove(ScramClientFirst first, ScramQuestion.Asked asked, ScramProof proof);
  }

  /** What was said so far. */
  private record Asked(
      ScramClientFirst clientFirst, ScramServerFirst serverFirst, ScramQuestion.Asked question) {}

  ScramExchange(Door door) {
    this.door = door;
  }

  @Override
  public Step next(Optional<SaslData> message) throws MalformedSaslException {
    if (message.isEmpty()) {
      return new Step.Ask(SaslData.ofText(""));
    }
    if (granted.isPresent()) {
      return new Step.Decided(granted.get(), Optional.empty()); // whatever he says to that
    }
    return asked.isPresent() ? last(asked.get(), message.get()) : first(message.get());
  }

  private Step first(SaslData message) throws MalformedSaslException {
    ScramClientFirst first = ScramClientFirst.parse(message);
    first.requireUnbound();
    return switch (door.ask(first)) {
      case ScramQuestion.Decided(Outcome outcome) -> new Step.Decided(outcome, Optional.empty());
      case ScramQuestion.Asked question -> {
        ScramKeys keys = question.keys();
        ScramServerFirst ours =
            new ScramServerFirst(
                first.nonce() + question.nonce(),
                SaslData.copyOf(keys.salt(), 0, keys.salt().length),
                keys.iterations(),
                List.of());
        asked = Optional.of(new Asked(first, ours, question));
        yield new Step.Ask(ours.data());
      }
    };
  }

  private Step last(Asked before, SaslData message) throws MalformedSaslException {
    ScramKeys keys = before.question().keys();
    try (ScramClientFinal last = ScramClientFinal.parse(message)) {
      last.requireAnswer(before.clientFirst(), before.serverFirst(), keys.proofLength());
      String signed =
          String.join(
              ",", before.clientFirst().bare(), before.serverFirst().text(), last.withoutProof());
      Outcome outcome =
          door.prove(before.clientFirst(), before.question(), new ScramProof(signed, last.proof()));
      if (outcome.reason().kind() != Reason.Kind.GRANTED) {
        return new Step.Decided(outcome, Optional.empty());
      }
      granted = Optional.of(outcome);
      SaslData signature = SaslData.taking(keys.signature(signed));
      return new Step.Decided(
          outcome, Optional.of(new ScramServerFinal.Verifier(signature, List.of()).data()));
    }
  }
}
