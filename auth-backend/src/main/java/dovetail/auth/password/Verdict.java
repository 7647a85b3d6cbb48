package dovetail.auth.password;

/** What came of comparing a password with a stored one. */
public sealed interface Verdict {
  /**
   * They are the same.
   *
   * @param outdated whether the password should be stored anew, see {@link Verifier#outdated()}
   */
  record Matches(boolean outdated) implements Verdict {}

  /** It is another password. */
  record Differs() implements Verdict {}

  /** Nothing can be compared with what is stored; see {@link StoredPassword.Refused}. */
  record Refused(Refusal refusal, String scheme) implements Verdict {}

  /** Too many others wait to be hashed: nothing was found out, and the client may try again. */
  record Busy() implements Verdict {}
}
