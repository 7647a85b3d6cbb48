package dovetail.auth.answer;

import dovetail.auth.password.TotpKey;
import dovetail.directory.Accounts;
import dovetail.directory.Lookup;
import dovetail.directory.TotpSecret;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Address;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The codes that change each half minute, each of which is good once (RFC 6238 5.2). For any
 * thread; waits for the database.
 */
public final class OneTimeCodes {
  private final Accounts accounts;
  private final Uses uses;

  /** Remembers which were used. */
  @FunctionalInterface
  public interface Uses {
    /**
     * Uses a code up, and all before it.
     *
     * @param step its time step
     * @return false if that one or a later one was used already, on whichever host
     */
    boolean use(Address account, long step) throws UnavailableException;
  }

  public OneTimeCodes(Accounts accounts, Uses uses) {
    this.accounts = accounts;
    this.uses = uses;
  }

  /** What a code is worth. */
  enum Worth {
    RIGHT,
    WRONG,
    /** Nobody can say at the moment. */
    UNKNOWN
  }

  /** Takes a code; a right one is used up by that. */
  Worth take(Address account, String code, Instant at) {
    return switch (accounts.totp(account)) {
      case Lookup.Found<TotpSecret>(TotpSecret secret) -> {
        OptionalLong step = new TotpKey(secret.base32()).step(code, at, secret.lastStep());
        yield step.isPresent() ? use(account, step.getAsLong()) : Worth.WRONG;
      }
      case Lookup.Absent<TotpSecret> _ -> Worth.WRONG;
      case Lookup.Unavailable<TotpSecret> _ -> Worth.UNKNOWN;
    };
  }

  private Worth use(Address account, long step) {
    try {
      return uses.use(account, step) ? Worth.RIGHT : Worth.WRONG;
    } catch (UnavailableException _) {
      return Worth.UNKNOWN; // it might be used twice
    }
  }
}
