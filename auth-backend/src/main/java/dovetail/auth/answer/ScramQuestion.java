package dovetail.auth.answer;

import dovetail.auth.password.ScramKeys;

/** What is done about somebody who wants to prove by SCRAM that he knows a password. */
public sealed interface ScramQuestion {
  /** It is decided already. */
  record Decided(Outcome outcome) implements ScramQuestion {}

  /**
   * He is asked, whether or not there is such an account.
   *
   * @param keys those of his password, or made up
   * @param nonce the server's part of it
   */
  record Asked(ScramKeys keys, String nonce) implements ScramQuestion {}
}
