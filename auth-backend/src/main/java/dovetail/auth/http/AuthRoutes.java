package dovetail.auth.http;

import dovetail.auth.UserLog;
import dovetail.auth.answer.CountedSessions;
import dovetail.auth.answer.LoginPolicy;
import dovetail.auth.answer.Users;
import dovetail.auth.source.OwnPasswords;
import dovetail.http.HttpHandler;
import dovetail.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/** What there is of logins over HTTP; all of it demands the token. */
public final class AuthRoutes {
  private final Parts parts;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /** What answers. */
  public record Parts(
      Decider logins, Users users, UserLog log, LoginPolicy policy, OwnPasswords passwords) {}

  /**
   * @param clock what app passwords expire by
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public AuthRoutes(Parts parts, InstantSource clock, LongSupplier nanos) {
    this.parts = parts;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** All of it. */
  public List<Route> routes() {
    CountedSessions counted = new CountedSessions(nanos);
    UserRoutes users = new UserRoutes(parts.users(), parts.log(), nanos);
    return List.of(
        post("/auth/verify", new VerifyRoute(parts.logins(), parts.users(), counted, clock)),
        post("/auth/passdb", users::passdb),
        post("/auth/userdb", users::userdb),
        post("/auth/users", users::users),
        post("/auth/policy", new PolicyRoute(parts.policy(), counted, clock)),
        post("/auth/password", new PasswordRoute(parts.logins(), parts.passwords(), clock)));
  }

  private static Route post(String path, HttpHandler handler) {
    return Route.guarded("POST", path, handler);
  }
}
