package dovetail.keys;

import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Map;

/** The DKIM keys in the database. Every change is noted for the audit. */
public interface KeyStore {
  /** All keys, by domain and selector. */
  List<StoredKey> all() throws UnavailableException;

  /** Domains whose mail the keys of another one sign, with that one. */
  Map<Domain, Domain> signers() throws UnavailableException;

  /**
   * Adds a key.
   *
   * @throws RefusedException if the domain is not hosted here, or has a key with that selector
   */
  default void add(StoredKey key, String actor) throws RefusedException, UnavailableException {
    addAll(List.of(key), actor);
  }

  /**
   * Adds keys, all or none.
   *
   * @throws RefusedException as {@link #add}, for the first one that is refused
   */
  void addAll(List<StoredKey> keys, String actor) throws RefusedException, UnavailableException;

  /**
   * Has a key sign, and retires the key of the same algorithm that has signed so far, at once.
   *
   * @return the keys that sign no more
   * @throws RefusedException if there is no such key
   */
  List<StoredKey> activate(Domain domain, String selector, String actor)
      throws RefusedException, UnavailableException;

  /**
   * Has a key sign no more.
   *
   * @throws RefusedException if there is no such key, or it does not sign
   */
  void retire(Domain domain, String selector, String actor)
      throws RefusedException, UnavailableException;

  /**
   * Forgets a key.
   *
   * @throws RefusedException if there is no such key, or it signs
   */
  void remove(Domain domain, String selector, String actor)
      throws RefusedException, UnavailableException;
}
