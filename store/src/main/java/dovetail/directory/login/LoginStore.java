package dovetail.directory.login;

import dovetail.directory.StoredHash;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Address;
import java.time.Instant;
import java.util.List;

/**
 * Takes down what logins bring about; nothing of that is for the audit, but for a change of a
 * password. For any thread.
 */
public interface LoginStore {
  /**
   * Puts another hash of the same password in place of one, which a change of the password or
   * another host may have done meanwhile.
   *
   * @param account its own address, canonical
   * @param verified the hash that the password was found to be of
   * @param fresh the one to be kept
   * @return false if the account's own password has another hash by now, which stays
   */
  boolean rehash(Address account, StoredHash verified, StoredHash fresh)
      throws UnavailableException;

  /**
   * Puts the hash of another password in place of the one with which its owner has logged in, and
   * notes for the audit that he did so.
   *
   * @param account its own address, canonical
   * @param verified the hash that the old password was found to be of
   * @param fresh the one of the new password
   * @return false if the account's own password has another hash by now, which stays, or there is
   *     no such account any more
   * @throws UnavailableException if the database does not answer; the change is not made later,
   *     either, unless it is an {@link dovetail.directory.edit.UnsettledException}
   */
  boolean change(Address account, StoredHash verified, StoredHash fresh)
      throws UnavailableException;

  /**
   * Uses a one-time password up, and all before it.
   *
   * @param account its own address, canonical
   * @param step its time step
   * @return false if that one or a later one was used already, on whichever host
   */
  boolean useTotp(Address account, long step) throws UnavailableException;

  /** Keeps when app passwords were used; of several uses the last one. */
  void used(List<AppPasswordUse> uses) throws UnavailableException;

  /**
   * Keeps when accounts have logged in, of those that are there; of several times the last one.
   * What comes without a client, within half a minute of one that has one, is taken for the same
   * login.
   */
  void loggedIn(List<LastLogin> logins) throws UnavailableException;

  /**
   * The last logins of all accounts since then of which the client is known, the latest first.
   *
   * @param most how many at most
   */
  List<LastLogin> recent(Instant since, int most) throws UnavailableException;

  /** When an account has logged in last, by the names of the services. */
  List<LastLogin> last(Address account) throws UnavailableException;
}
