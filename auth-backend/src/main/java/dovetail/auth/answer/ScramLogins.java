package dovetail.auth.answer;

import dovetail.auth.answer.Doorkeeper.Try;
import dovetail.auth.answer.Doorkeeper.Visitor;
import dovetail.auth.password.ScramKeys;
import dovetail.auth.password.Secret;
import dovetail.auth.password.StoredParts;
import dovetail.directory.Account;
import dovetail.directory.StoredHash;
import java.util.Optional;

/**
 * Logins by SCRAM-SHA-256, in two steps. Between them nothing of the account is kept: in the second
 * one it is looked up again, so that a proof is worth what it is then. For any thread; waits for
 * the database.
 */
final class ScramLogins {
  private final Doorkeeper door;
  private final Challenges challenges;

  ScramLogins(Doorkeeper door, Challenges challenges) {
    this.door = door;
    this.challenges = challenges;
  }

  ScramQuestion ask(Login login) {
    return switch (door.look(login)) {
      case Visitor.Sent(Outcome away) -> new ScramQuestion.Decided(away);
      case Visitor.Nobody(Try one) -> asked(challenges.decoy(one.user()));
      case Visitor.Known(Try one, Account account) ->
          asked(keys(account).orElseGet(() -> challenges.decoy(one.user())));
    };
  }

  private ScramQuestion asked(ScramKeys keys) {
    return new ScramQuestion.Asked(keys, challenges.nonce());
  }

  private static Optional<ScramKeys> keys(Account account) {
    return account
        .credentials()
        .password()
        .map(StoredHash::text)
        .map(StoredParts::of)
        .flatMap(StoredParts::scramKeys);
  }

  Outcome prove(Login login, ScramQuestion.Asked asked, ScramProof proof) {
    // Each wrong proof is one more wrong password: of two of them, which have different nonces,
    // nobody can say whether they are of the same one.
    try (Secret tried = Secret.of(proof.proof().octets())) {
      return switch (door.look(login)) {
        case Visitor.Sent(Outcome away) -> away;
        case Visitor.Nobody(Try one) -> {
          asked.keys().isProof(proof.signed(), tried); // which takes as long as with an account
          yield door.refuse(one, Reason.NO_ACCOUNT, tried);
        }
        case Visitor.Known(Try one, Account account) -> {
          Optional<ScramKeys> own = keys(account);
          // With a password that was changed meanwhile the proof is of another salt.
          boolean right = own.orElse(asked.keys()).isProof(proof.signed(), tried);
          yield trouble(one, account, own.isPresent(), right)
              .map(reason -> door.refuse(one, reason, tried))
              .orElseGet(() -> door.admit(one, account, Optional.empty()));
        }
      };
    }
  }

  private static Optional<Reason> trouble(Try one, Account account, boolean keys, boolean right) {
    if (!keys) {
      boolean none = account.credentials().password().isEmpty();
      return Optional.of(none ? Reason.NO_PASSWORD : Reason.NO_KEYS);
    }
    if (!right) {
      return Optional.of(Reason.WRONG_PASSWORD);
    }
    // There is no place for a code behind a password that is not sent.
    return ServiceRights.needsCode(one.login().service(), account, one.now())
        ? Optional.of(Reason.WRONG_CODE)
        : Optional.empty();
  }
}
