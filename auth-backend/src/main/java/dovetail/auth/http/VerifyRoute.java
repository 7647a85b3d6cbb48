package dovetail.auth.http;

import dovetail.auth.AuthService;
import dovetail.auth.answer.CountedSessions;
import dovetail.auth.answer.Login;
import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Reason;
import dovetail.auth.answer.User;
import dovetail.auth.answer.Users;
import dovetail.auth.password.Secret;
import dovetail.auth.wire.FailCode;
import dovetail.directory.Lookup;
import dovetail.http.BadRequestException;
import dovetail.http.HttpHandler;
import dovetail.http.HttpRequest;
import dovetail.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says whether a password is right, and where the user's mail is then. */
final class VerifyRoute implements HttpHandler {
  /** A script gives up sooner than Postfix, which waits for 10 seconds. */
  static final Duration MOST_DELAY = Duration.ofSeconds(9);

  private static final Pattern MECHANISM = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  private final Decider logins;
  private final Users users;
  private final CountedSessions counted;
  private final InstantSource clock;

  VerifyRoute(Decider logins, Users users, CountedSessions counted, InstantSource clock) {
    this.logins = logins;
    this.users = users;
    this.counted = counted;
    this.clock = clock;
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws BadRequestException {
    try (Question asked = Question.read(request);
        Secret password = asked.password()) {
      Login login =
          new Login(
              asked.required("user"),
              Optional.empty(),
              asked.text("service").orElse(""),
              asked.client(),
              clock.instant());
      asked.text("session").ifPresent(counted::add);
      Outcome outcome = logins.decide(login, password, way(asked));
      return answer(asked, outcome).after(shorter(outcome.delay()));
    }
  }

  private static AuthService.Way way(Question asked) {
    return new AuthService.Way(
        asked.text("mech").filter(word -> MECHANISM.matcher(word).matches()).orElse("HTTP"),
        asked.text("hold").filter("no"::equals).isEmpty());
  }

  static Duration shorter(Duration delay) {
    return delay.compareTo(MOST_DELAY) < 0 ? delay : MOST_DELAY;
  }

  private HttpResponse answer(Question asked, Outcome outcome) throws BadRequestException {
    Reason reason = outcome.reason();
    return switch (reason.kind()) {
      case GRANTED -> granted(asked, outcome);
      case WRONG, REFUSED -> {
        Reply reply = Reply.fail().line("user", outcome.user()).line("reason", reason.told());
        reason.code().map(FailCode::word).ifPresent(code -> reply.line("code", code));
        yield reply.response();
      }
      case DEFERRED ->
          reason == Reason.FAULT
              ? HttpResponse.text(500, "internal error")
              : Reply.temporary().line("reason", reason.word()).response();
    };
  }

  private HttpResponse granted(Question asked, Outcome outcome) throws BadRequestException {
    return switch (users.user(outcome.user(), asked.text("service").orElse(""))) {
      case Lookup.Found<User>(User user) ->
          Reply.ok()
              .line("user", outcome.user())
              .lines("userdb_", user.fields(asked.series()))
              .response();
      // Gone this very moment, or not for that service: whoever asks for the user is told so.
      case Lookup.Absent<User> _ -> Reply.ok().line("user", outcome.user()).response();
      case Lookup.Unavailable<User> _ -> Reply.temporary().response();
    };
  }
}
