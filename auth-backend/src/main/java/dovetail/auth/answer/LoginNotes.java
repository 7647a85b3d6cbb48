package dovetail.auth.answer;

import dovetail.auth.password.Secret;
import dovetail.directory.Account;
import dovetail.directory.StoredHash;

/** What is noted of logins; nothing of it keeps an answer waiting. For any thread. */
public interface LoginNotes {
  /** Somebody has logged in. */
  void passed(Passage passage);

  /**
   * A password is stored in a way that should be another, or lacks keys for SCRAM; while it is
   * known, that can be changed.
   *
   * @param password only until this returns
   */
  void outdated(Account account, StoredHash hash, Secret password);

  /** A password is stored in a way that is never compared, so its owner cannot log in. */
  void unusable(Account account, String why);
}
