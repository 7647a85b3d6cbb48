package dovetail.auth.source;

import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Secret;
import dovetail.auth.password.StoredParts;
import dovetail.directory.StoredHash;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UnsettledException;
import dovetail.directory.login.LoginStore;
import dovetail.mail.Address;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Stores passwords that owners of accounts have chosen. For any thread; waits for the database. */
public final class OwnPasswords {
  /** So many at a time, so that logins find a thread for their hashes. */
  private static final int MOST = 2;

  private final LoginStore store;
  private final HashThreads hashes;
  private final BooleanSupplier keys;
  private final Consumer<String> changed;
  private final Semaphore permits = new Semaphore(MOST);

  /** What came of it. */
  public enum Result {
    STORED,
    /** The account has another password by now, or is no more; nothing has changed. */
    OVERTAKEN,
    /** Too many others have theirs changed; nothing has changed. */
    BUSY,
    /** The database does not answer; nothing has changed, nor will it. */
    UNAVAILABLE,
    /** The database went away with it, so that nobody knows. */
    UNSETTLED
  }

  /**
   * @param keys whether passwords are to have keys for SCRAM
   * @param changed is told what our own cache has to forget at once: who changes a password logs in
   *     with it the next moment
   */
  public OwnPasswords(
      LoginStore store, HashThreads hashes, BooleanSupplier keys, Consumer<String> changed) {
    this.store = store;
    this.hashes = hashes;
    this.keys = keys;
    this.changed = changed;
  }

  /**
   * Has an account have another password, and notes it for the audit. App passwords stay.
   *
   * @param account its own address, canonical
   * @param verified the stored one that its owner has just logged in with
   * @param password only until this returns
   */
  public Result change(Address account, StoredHash verified, Secret password) {
    if (!permits.tryAcquire()) {
      return Result.BUSY;
    }
    try {
      return hash(password)
          .map(fresh -> stored(account, verified, new StoredHash(fresh)))
          .orElse(Result.BUSY);
    } finally {
      permits.release();
    }
  }

  private Optional<String> hash(Secret password) {
    return keys.getAsBoolean()
        ? hashes.hashWithKeys(password).map(StoredParts::text)
        : hashes.hash(password);
  }

  private Result stored(Address account, StoredHash verified, StoredHash fresh) {
    Result result = written(account, verified, fresh);
    if (result != Result.UNAVAILABLE) {
      changed.accept("account " + account); // what was verified is of no more use in any case
    }
    return result;
  }

  private Result written(Address account, StoredHash verified, StoredHash fresh) {
    try {
      return store.change(account, verified, fresh) ? Result.STORED : Result.OVERTAKEN;
    } catch (UnsettledException _) {
      return Result.UNSETTLED;
    } catch (UnavailableException _) {
      return Result.UNAVAILABLE;
    }
  }
}
