package dovetail.auth.http;

import dovetail.auth.answer.CountedSessions;
import dovetail.auth.answer.LoginPolicy;
import dovetail.http.BadRequestException;
import dovetail.http.HttpHandler;
import dovetail.http.HttpRequest;
import dovetail.http.HttpResponse;
import dovetail.observe.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Dovecot's auth policy server: says before a password is checked whether it may be, and hears what
 * came of it. A session whose password was checked by us has been counted.
 */
final class PolicyRoute implements HttpHandler {
  private static final int STOP = -1;
  private static final Duration HALF_SECOND = Duration.ofMillis(500);

  private final LoginPolicy policy;
  private final CountedSessions counted;
  private final InstantSource clock;

  PolicyRoute(LoginPolicy policy, CountedSessions counted, InstantSource clock) {
    this.policy = policy;
    this.counted = counted;
    this.clock = clock;
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws BadRequestException {
    SequencedMap<String, String> facts =
        Json.scalars(request.body())
            .orElseThrow(() -> new BadRequestException("expected an object in JSON"));
    LoginPolicy.Attempt attempt =
        new LoginPolicy.Attempt(
            required(facts, "login"),
            text(facts, "remote").flatMap(Question::address),
            clock.instant());
    return switch (request.parameter("command").orElse("")) {
      case "allow" -> allow(attempt);
      case "report" -> report(attempt, facts);
      default -> throw new BadRequestException("expected command=allow or command=report");
    };
  }

  private static Optional<String> text(SequencedMap<String, String> facts, String name) {
    return Optional.ofNullable(facts.get(name)).filter(text -> !text.isEmpty());
  }

  private static String required(SequencedMap<String, String> facts, String name)
      throws BadRequestException {
    return Optional.ofNullable(facts.get(name))
        .orElseThrow(() -> new BadRequestException("there is no " + name));
  }

  private HttpResponse allow(LoginPolicy.Attempt attempt) {
    return switch (policy.allow(attempt)) {
      case LoginPolicy.Ruling.Check(Duration delay) ->
          answer(Math.toIntExact(delay.plus(HALF_SECOND).toSeconds()), "");
      case LoginPolicy.Ruling.Stop() -> answer(STOP, "too many wrong passwords, try again later");
    };
  }

  private HttpResponse report(LoginPolicy.Attempt attempt, SequencedMap<String, String> facts)
      throws BadRequestException {
    boolean success =
        switch (required(facts, "success")) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new BadRequestException("expected true or false for success");
        };
    String hash = required(facts, "pwhash");
    boolean ours = text(facts, "session_id").filter(counted::has).isPresent();
    boolean refused = text(facts, "policy_reject").filter("true"::equals).isPresent();
    if (!ours && !refused) {
      if (success) {
        policy.succeeded(attempt);
      } else if (isWrongPassword(text(facts, "fail_type"))) {
        policy.failed(attempt, hash);
      }
    }
    return answer(0, "");
  }

  /** Of a database that is away, or an account that is switched off, no password is wrong. */
  private static boolean isWrongPassword(Optional<String> failType) {
    return switch (failType.orElse("credentials")) {
      case "credentials", "account" -> true;
      default -> false;
    };
  }

  /**
   * @param status a number that is negative to refuse, or of seconds to wait
   * @param words ours, without anything that JSON would escape
   */
  private static HttpResponse answer(int status, String words) {
    return new HttpResponse(
        200,
        "application/json",
        "{\"status\":%d,\"msg\":\"%s\"}"
            .formatted(status, words)
            .getBytes(StandardCharsets.US_ASCII));
  }
}
