package dovetail.auth.http;

import dovetail.auth.AuthService;
import dovetail.auth.answer.Login;
import dovetail.auth.answer.Outcome;
import dovetail.auth.password.Secret;

/** Decides about logins, and notes each. */
@FunctionalInterface
public interface Decider {
  /**
   * Decides about a login.
   *
   * @param password only until this returns
   */
  Outcome decide(Login login, Secret password, AuthService.Way way);
}
