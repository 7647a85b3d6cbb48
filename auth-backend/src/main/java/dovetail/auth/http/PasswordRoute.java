package dovetail.auth.http;

import dovetail.auth.AuthService;
import dovetail.auth.answer.Login;
import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Reason;
import dovetail.auth.password.Secret;
import dovetail.auth.source.OwnPasswords;
import dovetail.http.BadRequestException;
import dovetail.http.FormFields;
import dovetail.http.HttpHandler;
import dovetail.http.HttpRequest;
import dovetail.http.HttpResponse;
import dovetail.mail.Address;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * Changes a password by the old one, for webmail: a form with user, curpass and newpass. "ok" is
 * all that is said when it is done; else there is another status, and a reason for the log.
 */
final class PasswordRoute implements HttpHandler {
  private static final int SHORTEST = 8;
  private static final AuthService.Way WAY = new AuthService.Way("HTTP", true);

  private final Decider logins;
  private final OwnPasswords passwords;
  private final InstantSource clock;

  PasswordRoute(Decider logins, OwnPasswords passwords, InstantSource clock) {
    this.logins = logins;
    this.passwords = passwords;
    this.clock = clock;
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws BadRequestException {
    try (FormFields form = FormFields.parse(request.body());
        Secret old = secret(form, "curpass");
        Secret fresh = secret(form, "newpass")) {
      String user = form.text("user").orElseThrow(() -> missing("user"));
      Optional<String> objection =
          old.equals(fresh)
              ? Optional.of("it is the old password")
              : fresh.read(PasswordRoute::objection);
      return objection.isPresent()
          ? HttpResponse.text(422, objection.get())
          : changed(request, user, old, fresh);
    }
  }

  private static Secret secret(FormFields form, String name) throws BadRequestException {
    return form.octets(name).map(Secret::of).orElseThrow(() -> missing(name));
  }

  private static BadRequestException missing(String name) {
    return new BadRequestException("there is no " + name);
  }

  /** What is wrong with a password that somebody wants to have. */
  private static Optional<String> objection(byte[] octets) {
    if (octets.length > Secret.MOST_OCTETS) {
      return Optional.of("it is longer than %d octets".formatted(Secret.MOST_OCTETS));
    }
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
    } catch (CharacterCodingException _) {
      return Optional.of("it is not in UTF-8");
    }
    long characters = text.codePoints().count();
    boolean controls = text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    Arrays.fill(text.array(), ' ');
    if (controls) {
      return Optional.of("it holds a control character");
    }
    return characters < SHORTEST
        ? Optional.of("it has fewer than %d characters".formatted(SHORTEST))
        : Optional.empty();
  }

  private HttpResponse changed(HttpRequest request, String user, Secret old, Secret fresh) {
    Login login =
        new Login(
            user,
            Optional.empty(),
            Login.PASSWORD_CHANGE,
            Optional.of(request.peer()),
            clock.instant());
    Outcome outcome = logins.decide(login, old, WAY);
    Reason reason = outcome.reason();
    HttpResponse answer =
        switch (reason.kind()) {
          case GRANTED -> granted(outcome, fresh);
          case WRONG, REFUSED -> HttpResponse.text(403, reason.told());
          case DEFERRED ->
              switch (reason) {
                case BLOCKED -> HttpResponse.text(429, "too many wrong passwords, try again later");
                case FAULT -> HttpResponse.text(500, "internal error");
                default -> unavailable();
              };
        };
    return answer.after(VerifyRoute.shorter(outcome.delay()));
  }

  private HttpResponse granted(Outcome outcome, Secret fresh) {
    return Address.parse(outcome.user())
        .flatMap(account ->
            outcome.verified().map(verified -> stored(passwords.change(account, verified, fresh))))
        .orElseGet(() -> HttpResponse.text(500, "internal error"));
  }

  private static HttpResponse stored(OwnPasswords.Result result) {
    return switch (result) {
      case STORED -> HttpResponse.text(200, "ok");
      case OVERTAKEN -> HttpResponse.text(409, "the password was changed meanwhile, try again");
      case BUSY, UNAVAILABLE -> unavailable();
      case UNSETTLED ->
          HttpResponse.text(503, "nobody knows whether it was changed: try both to log in");
    };
  }

  private static HttpResponse unavailable() {
    return HttpResponse.text(503, "try again later");
  }
}
