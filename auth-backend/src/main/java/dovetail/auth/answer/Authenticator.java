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
  }

  /**
   * Decides about a login.
   *
   * @param password only until this returns
   */
  public Outcome decide(Login login, Secret password) {
    return switch (door.look(login)) {
      case Visitor.Sent(Outcome away) -> away;
      case Visitor.Nobody(Try one) -> nobody(one, Reason.UNKNOWN, password);
      case Visitor.Known(Try one, Account account) -> known(one, account, password);
    };
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

  /** Takes as long as if there were one. */
  private Outcome nobody(Try one, Reason reason, Secret password) {
    return hashes.checkNobody(password) instanceof Verdict.Busy
        ? one.of(Reason.BUSY)
        : door.refuse(one, reason, password);
  }

  private Outcome known(Try one, Account account, Secret password) {
    Account.Credentials credentials = account.credentials();
    if (credentials.password().isEmpty() && credentials.appPasswords().isEmpty()) {
      return nobody(one, Reason.NO_PASSWORD, password);
    }
    return credentials
        .password()
        .map(hash -> byOwnPassword(one, account, hash, password))
        .orElseGet(() -> byAppPassword(one, account, password, Reason.WRONG_PASSWORD));
  }

  private Outcome byOwnPassword(Try one, Account account, StoredHash hash, Secret password) {
    boolean coded = ServiceRights.needsCode(one.login().service(), account, one.now());
    try (Typed typed = coded ? Typed.withCode(password) : Typed.alone(password)) {
      return switch (hashes.check(hash.text(), typed.password())) {
        case Verdict.Matches(boolean outdated) -> {
          Optional<Reason> trouble = coded ? trouble(one, account, typed) : Optional.empty();
          // After a wrong code the others are tried, too: who only guesses would see it by the
          // time.
          yield trouble
              .map(reason ->
                  reason.kind() == Reason.Kind.UNKNOWN
                      ? one.of(reason)
                      : byAppPassword(one, account, password, reason))
              .orElseGet(() -> {
                Outcome outcome = door.admit(one, account, Optional.empty());
                boolean stays = outcome.verified().isEmpty(); // or the owner has another one soon
                if (stays
                    && (outdated || lacksKeys(one, hash))
                    && outcome.reason() == Reason.PASSWORD) {
                  notes.outdated(account, hash, typed.password());
                }
                return outcome;
              });
        }
        case Verdict.Differs() -> byAppPassword(one, account, password, Reason.WRONG_PASSWORD);
        case Verdict.Refused(Refusal refusal, _) -> {
          notes.unusable(account, refusal.text());
          yield byAppPassword(
              one, account, password, refusal.temporary() ? Reason.SCHEME : Reason.NO_PASSWORD);
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

  private Outcome byAppPassword(Try one, Account account, Secret password, Reason otherwise) {
    for (AppPassword app : account.credentials().appPasswords()) {
      switch (hashes.check(app.hash().text(), password)) {
        case Verdict.Matches(_) -> {
          return door.admit(one, account, Optional.of(app));
        }
        case Verdict.Differs() -> {}
        case Verdict.Refused(Refusal refusal, _) -> notes.unusable(account, refusal.text());
        case Verdict.Busy() -> {
          return one.of(Reason.BUSY);
        }
      }
    }
    return door.refuse(one, otherwise, password);
  }
}
