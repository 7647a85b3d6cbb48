package dovetail.auth.source;

import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Secret;
import dovetail.auth.password.StoredParts;
import dovetail.directory.edit.Administration;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.MalformedFieldException;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Stores passwords that owners of accounts have chosen. For any thread; waits for the database. */
public final class OwnPasswords {
  private final Administration administration;
  private final HashThreads hashes;
  private final BooleanSupplier keys;
  private final Consumer<String> changed;

  /** What came of it. */
  public enum Result {
    STORED,
    /** There is no such account any more. */
    GONE,
    /** Too many others wait for their passwords to be hashed; nothing has changed. */
    BUSY,
    /** The database does not answer; nothing has changed. */
    UNAVAILABLE
  }

  /**
   * @param keys whether passwords are to have keys for SCRAM
   * @param changed is told what our own cache has to forget at once: who changes a password logs in
   *     with it the next moment
   */
  public OwnPasswords(
      Administration administration,
      HashThreads hashes,
      BooleanSupplier keys,
      Consumer<String> changed) {
    this.administration = administration;
    this.hashes = hashes;
    this.keys = keys;
    this.changed = changed;
  }

  /**
   * Has an account have another password, and notes it for the audit. App passwords stay.
   *
   * @param account its own address, canonical
   * @param password only until this returns
   */
  public Result change(Address account, Secret password) {
    Optional<String> hash =
        keys.getAsBoolean()
            ? hashes.hashWithKeys(password).map(StoredParts::text)
            : hashes.hash(password);
    if (hash.isEmpty()) {
      return Result.BUSY;
    }
    try {
      Change change = new Change.Set(row(account, hash.get()));
      administration.apply(List.of(change), account.toString(), _ -> {});
    } catch (RefusedException _) {
      return Result.GONE;
    } catch (UnavailableException _) {
      return Result.UNAVAILABLE;
    }
    changed.accept(Kind.MAILBOX.word() + " " + account);
    return Result.STORED;
  }

  private static Row row(Address account, String hash) {
    try {
      return Row.read(Kind.MAILBOX, Map.of("address", account.toString(), "password", hash));
    } catch (MalformedFieldException e) {
      throw new IllegalStateException("an account without an address, or a hash that is none", e);
    }
  }
}
