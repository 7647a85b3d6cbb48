package dovetail.auth.answer;

import dovetail.auth.answer.Doorkeeper.Try;
import dovetail.auth.answer.Doorkeeper.Visitor;
import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Refusal;
import dovetail.auth.password.Secret;
import dovetail.auth.password.StoredParts;
import dovetail.auth.password.Verdict;
import dovetail.directory.Account;
import dovetail.directory.Accounts;
import dovetail.directory.AppPassword;
import dovetail.directory.StoredHash;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Says who may log in. Who does not know the password learns nothing else from what is said, and
 * from how long it takes no more than that there are app passwords, each of which is compared. For
 * any thread; waits for the database and for hashes.
 */
public final class Authenticator {
  private final Doorkeeper door;
  private final HashThreads hashes;
  private final OneTimeCodes codes;
  private final LoginNotes notes;
  private final ScramLogins scram;
  private final Turns turns = new Turns();
  private final TokenLogins tokens;

  /** What it decides by. */
  public record Parts(
      Accounts accounts,
      HashThreads hashes,
      OneTimeCodes codes,
      Guard guard,
      Marker marker,
      Challenges challenges,
      LoginNotes notes) {}

  /**
   * @param settings those that hold now
   */
  public Authenticator(Parts parts, Supplier<AuthenticatorSettings> settings) {
    this.door = new Doorkeeper(parts, settings);
    this.hashes = parts.hashes();
    this.codes = parts.codes();
    this.notes = parts.notes();
    this.scram = new ScramLogins(door, parts.challenges());
    this.tokens = new TokenLogins(door);
  }

  /**
   * What is compared.
   *
   * @param until when all comparisons are to be over, as {@link HashThreads} has it
   */
  private record Question(Try one, Secret password, long until) {}

  /**
   * Decides about a login, within the time that {@link HashThreads} has for one.
   *
   * @param password only until this returns
   */
  public Outcome decide(Login login, Secret password) {
    long until = hashes.deadline();
    return switch (door.look(login)) {
      case Visitor.Sent(Outcome away) -> away;
      case Visitor.Nobody(Try one) -> {
        Question question = new Question(one, password, until);
        yield inTurn(question, () -> nobody(question, Reason.NO_ACCOUNT));
      }
      case Visitor.Known(Try one, Account account) -> {
        Question question = new Question(one, password, until);
        yield atOnce(question, account)
            .orElseGet(() -> inTurn(question, () -> known(question, account)));
      }
    };
  }

  /**
   * Who tries one account many times at once is not to keep others waiting by it, nor the account's
   * owner; and who was kept out while he waited has nothing compared any more.
   */
  private Outcome inTurn(Question question, Supplier<Outcome> decision) {
    String place = door.place(question.one());
    if (!turns.take(place, hashes.left(question.until()))) {
      return question.one().of(Reason.BUSY);
    }
    try {
      return door.blocked(question.one()).orElseGet(decision);
    } finally {
      turns.giveBack(place);
    }
  }

  /** Programs log in all day, by passwords of which it can be seen at once that they are right. */
  private Optional<Outcome> atOnce(Question question, Account account) {
    for (AppPassword app : account.credentials().appPasswords()) {
      String stored = app.hash().text();
      if (hashes.isCheap(stored)
          && hashes.check(stored, question.password(), question.until())
              instanceof Verdict.Matches) {
        return Optional.of(door.admit(question.one(), account, Optional.of(app)))
            .filter(outcome -> outcome.reason().kind() == Reason.Kind.GRANTED);
      }
    }
    return Optional.empty();
  }

  /** Begins a login by SCRAM-SHA-256. */
  public ScramQuestion ask(Login login) {
    return scram.ask(login);
  }

  /**
   * Decides about a login by SCRAM-SHA-256.
   *
   * @param login the one that was asked, at the time of the proof
   * @param proof only until this returns
   */
  public Outcome prove(Login login, ScramQuestion.Asked asked, ScramProof proof) {
    return scram.prove(login, asked, proof);
  }

  /**
   * Decides about a login by a token.
   *
   * @param login its user may be empty, and is then the one that the token names
   * @param token only until this returns
   */
  public Outcome decideByToken(Login login, Secret token) {
    return tokens.decide(login, token);
  }

  /** Takes as long as if there were one. */
  private Outcome nobody(Question question, Reason reason) {
    return hashes.checkNobody(question.password(), question.until()) instanceof Verdict.Busy
        ? question.one().of(Reason.BUSY)
        : door.refuse(question.one(), reason, question.password());
  }

  private Outcome known(Question question, Account account) {
    Account.Credentials credentials = account.credentials();
    if (credentials.password().isEmpty() && credentials.appPasswords().isEmpty()) {
      return nobody(question, Reason.NO_PASSWORD);
    }
    return credentials
        .password()
        .map(hash -> byOwnPassword(question, account, hash))
        .orElseGet(() -> byAppPassword(question, account, Reason.WRONG_PASSWORD));
  }

  private Outcome byOwnPassword(Question question, Account account, StoredHash hash) {
    Try one = question.one();
    boolean coded = ServiceRights.needsCode(one.login().service(), account, one.now());
    Secret password = question.password();
    try (Typed typed = coded ? Typed.withCode(password) : Typed.alone(password)) {
      return switch (hashes.check(hash.text(), typed.password(), question.until())) {
        case Verdict.Matches(boolean outdated) -> {
          Optional<Reason> trouble = coded ? trouble(one, account, typed) : Optional.empty();
          // After a wrong code the others are tried, too: who only guesses would see it by the
          // time.
          yield trouble
              .map(reason ->
                  reason.kind() == Reason.Kind.DEFERRED
                      ? one.of(reason)
                      : byAppPassword(question, account, reason))
              .orElseGet(() -> {
                Outcome outcome = door.admit(one, account, Optional.empty());
                // Else its owner is about to have another one.
                boolean stays = outcome.verified().isEmpty();
                if (stays
                    && (outdated || lacksKeys(one, hash))
                    && outcome.reason() == Reason.PASSWORD) {
                  notes.outdated(account, hash, typed.password());
                }
                return outcome;
              });
        }
        case Verdict.Differs() -> byAppPassword(question, account, Reason.WRONG_PASSWORD);
        case Verdict.Refused(Refusal refusal, _) -> {
          notes.unusable(account, refusal.text());
          yield byAppPassword(
              question, account, refusal.temporary() ? Reason.SCHEME : Reason.NO_PASSWORD);
        }
        case Verdict.Busy() -> one.of(Reason.BUSY);
      };
    }
  }

  private static boolean lacksKeys(Try one, StoredHash hash) {
    return one.now().scram() && StoredParts.of(hash.text()).scramKeys().isEmpty();
  }

  /** The password is right: is its code? */
  private Optional<Reason> trouble(Try one, Account account, Typed typed) {
    return switch (typed
        .code()
        .map(code -> codes.take(account.address(), code, one.login().at()))
        .orElse(OneTimeCodes.Worth.WRONG)) {
      case RIGHT -> Optional.empty();
      case WRONG -> Optional.of(Reason.WRONG_CODE);
      case UNKNOWN -> Optional.of(Reason.DATABASE);
    };
  }

  private Outcome byAppPassword(Question question, Account account, Reason otherwise) {
    for (AppPassword app : account.credentials().appPasswords()) {
      switch (hashes.check(app.hash().text(), question.password(), question.until())) {
        case Verdict.Matches(_) -> {
          return door.admit(question.one(), account, Optional.of(app));
        }
        case Verdict.Differs() -> {}
        case Verdict.Refused(Refusal refusal, _) -> notes.unusable(account, refusal.text());
        case Verdict.Busy() -> {
          return question.one().of(Reason.BUSY);
        }
      }
    }
    // All that was compared so far may have been so in no time, by which it would show that there
    // is such an account.
    return otherwise.kind() == Reason.Kind.WRONG && allCheap(account.credentials())
        ? nobody(question, otherwise)
        : door.refuse(question.one(), otherwise, question.password());
  }

  private boolean allCheap(Account.Credentials credentials) {
    return Stream.concat(
            credentials.password().stream(),
            credentials.appPasswords().stream().map(AppPassword::hash))
        .allMatch(hash -> hashes.isCheap(hash.text()));
  }
}
