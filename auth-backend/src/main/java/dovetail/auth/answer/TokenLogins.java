package dovetail.auth.answer;

import dovetail.auth.answer.Doorkeeper.Try;
import dovetail.auth.answer.Doorkeeper.Visitor;
import dovetail.auth.password.Secret;
import dovetail.auth.token.TokenFault;
import dovetail.auth.token.TokenVerdict;
import dovetail.auth.token.TokenVerifier;
import dovetail.directory.Account;
import java.util.Optional;

/**
 * Logins by tokens that others have issued. Who has none that is good learns nothing of accounts;
 * whoever has one is let in as the account that it names, and no other, with what that account's
 * own password would open. A one-time code is the issuer's to ask for. For any thread; waits for
 * the database.
 */
final class TokenLogins {
  private final Doorkeeper door;

  TokenLogins(Doorkeeper door) {
    this.door = door;
  }

  Outcome decide(Login login, Secret token) {
    return switch (door.look(login)) {
      case Visitor.Sent(Outcome away) -> away;
      case Visitor.Nobody(Try one) -> decide(one, Optional.empty(), token);
      case Visitor.Known(Try one, Account account) -> decide(one, Optional.of(account), token);
    };
  }

  /**
   * Whoever knocks has been looked at.
   *
   * @param asked as whom he wants to come in, if there is such an account
   */
  private Outcome decide(Try one, Optional<Account> asked, Secret token) {
    TokenVerdict verdict =
        one.now()
            .tokens()
            .map(rules -> TokenVerifier.verify(token, rules, one.login().at()))
            // They were switched off since this connection has begun.
            .orElse(new TokenVerdict.Bad(TokenFault.KEY));
    return switch (verdict) {
      case TokenVerdict.Bad(TokenFault fault) -> refused(one, reason(fault), token).with(fault);
      case TokenVerdict.Good(String user) -> owner(one, asked, user);
    };
  }

  /** A token that its issuer has signed is no guess, and does not count as one. */
  private Outcome refused(Try one, Reason reason, Secret token) {
    return reason.kind() == Reason.Kind.WRONG ? door.refuse(one, reason, token) : one.of(reason);
  }

  /** The token is good: whose is it? */
  private Outcome owner(Try one, Optional<Account> asked, String user) {
    boolean named = !one.login().user().isEmpty();
    return switch (door.look(one.login().of(user))) {
      case Visitor.Sent(Outcome away) -> away;
      // Whether there is an account of another name is told to nobody.
      case Visitor.Nobody(Try other) ->
          named && !other.user().equals(one.user())
              ? one.of(Reason.OTHER_USER)
              : other.of(Reason.NO_ACCOUNT);
      case Visitor.Known(Try other, Account account) ->
          named && asked.map(Account::address).filter(account.address()::equals).isEmpty()
              ? one.of(Reason.OTHER_USER)
              : door.admitByToken(other, account);
    };
  }

  private static Reason reason(TokenFault fault) {
    return switch (fault) {
      case SIZE, FORM, SIGNATURE, CRITICAL -> Reason.INVALID_TOKEN;
      case EXPIRED -> Reason.EXPIRED_TOKEN;
      // An issuer has new keys before we have: nothing is guessed by a key that is not here.
      case ALGORITHM, KEY -> Reason.FOREIGN_TOKEN;
      case CLAIMS, TYPE, NOT_YET, ISSUER, AUDIENCE, BOUND, USER, UNVERIFIED -> Reason.FOREIGN_TOKEN;
      case SCOPE -> Reason.SCOPE;
    };
  }
}
