package dovetail.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.answer.Login;
import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Reason;
import dovetail.auth.answer.ScramProof;
import dovetail.auth.answer.ScramQuestion;
import dovetail.auth.password.Secret;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.FailCode;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.ServerLine;
import dovetail.server.io.ProtocolException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order of the auth client protocol. */
final class AuthSessionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final List<Login> logins = new ArrayList<>();
  private Reason reason = Reason.PASSWORD;
  private final AuthSession session =
      new AuthSession(Set.of(Mechanism.PLAIN, Mechanism.LOGIN), new Decider(), () -> NOW);

  private final class Decider implements AuthSession.Logins {
    @Override
    public Outcome decide(Login login, Secret password, Mechanism mechanism) {
      logins.add(login);
      boolean right = password.equals(Secret.of("sesame".getBytes(StandardCharsets.UTF_8)));
      return right
          ? new Outcome(reason, "joe@example.com", Duration.ZERO)
          : new Outcome(Reason.WRONG_PASSWORD, "joe@example.com", Duration.ofSeconds(3));
    }

    @Override
    public ScramQuestion ask(Login login, Mechanism mechanism) {
      throw new IllegalStateException("not offered");
    }

    @Override
    public Outcome prove(
        Login login, ScramQuestion.Asked asked, ScramProof proof, Mechanism mechanism) {
      throw new IllegalStateException("not offered");
    }

    @Override
    public Outcome decideByToken(Login login, Secret token, Mechanism mechanism) {
      throw new IllegalStateException("not offered");
    }

    @Override
    public Optional<String> scope() {
      return Optional.empty();
    }
  }

  private static Payload payload(String text) {
    return Payload.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ClientLine.Auth auth(long id, String mechanism, Optional<Payload> response) {
    return new ClientLine.Auth(
        id, mechanism, Fields.of("service", "smtp").with("rip", "192.0.2.1"), response);
  }

  private void greet(int minor) throws ProtocolException {
    session.next(new ClientLine.Version(1, minor));
    session.next(new ClientLine.Cpid(7));
  }

  private ServerLine said(ClientLine line) throws ProtocolException {
    return ((AuthSession.Answer.Say) session.next(line)).line();
  }

  private static String text(ServerLine line) {
    return new String(
        ((Payload.Octets) ((ServerLine.Cont) line).challenge()).data().octets(),
        StandardCharsets.UTF_8);
  }

  private static ServerLine.Fail failure(ServerLine line) {
    return (ServerLine.Fail) line;
  }

  @Test
  void tellsAllItSpeaksAtOnce() {
    assertThat(session.handshake(17, 3, "0123456789abcdef0123456789abcdef"))
        .extracting(line -> line.getClass().getSimpleName())
        .containsExactly("Version", "Mech", "Mech", "Spid", "Cuid", "Cookie", "Done");
  }

  @Test
  void takesPlainWithItsFirstResponse() throws Exception {
    greet(0);
    assertThat(said(auth(1, "plain", Optional.of(payload("\0joe\0sesame")))))
        .isEqualTo(new ServerLine.Ok(1, "joe@example.com", Fields.NONE, Optional.empty()));
    assertThat(logins)
        .containsExactly(
            new Login(
                "joe",
                Optional.empty(),
                "smtp",
                Optional.of(InetAddress.ofLiteral("192.0.2.1")),
                NOW));
  }

  @Test
  void asksForPlainIfThereIsNoResponse() throws Exception {
    greet(2);
    assertThat(text(said(auth(1, "PLAIN", Optional.empty())))).isEmpty();
    assertThat(said(new ClientLine.Cont(1, payload("ann\0joe\0sesame"))))
        .isInstanceOf(ServerLine.Ok.class);
    assertThat(logins.getFirst().authorization()).contains("ann");
  }

  @Test
  void asksTwiceForLogin() throws Exception {
    greet(0);
    assertThat(text(said(auth(1, "LOGIN", Optional.empty())))).isEqualTo("Username:");
    assertThat(text(said(new ClientLine.Cont(1, payload("joe"))))).isEqualTo("Password:");
    assertThat(said(new ClientLine.Cont(1, payload("sesame")))).isInstanceOf(ServerLine.Ok.class);
    assertThat(text(said(auth(2, "Login", Optional.of(payload("joe")))))).isEqualTo("Password:");
    assertThat(said(new ClientLine.Cont(2, payload("sesame")))).isInstanceOf(ServerLine.Ok.class);
  }

  @Test
  void aWrongPasswordIsAnsweredLateAndSaysNothing() throws Exception {
    greet(0);
    AuthSession.Answer answer = session.next(auth(1, "PLAIN", Optional.of(payload("\0joe\0x"))));
    assertThat(answer)
        .isEqualTo(
            new AuthSession.Answer.Say(
                new ServerLine.Fail(
                    1,
                    Optional.of("joe@example.com"),
                    Optional.empty(),
                    Optional.of("wrong name or password"),
                    Fields.NONE),
                Duration.ofSeconds(3)));
  }

  @Test
  void postfixIsLeftWithoutAnAnswerWhereNobodyKnows() throws Exception {
    greet(0);
    reason = Reason.DATABASE;
    assertThat(session.next(auth(1, "PLAIN", Optional.of(payload("\0joe\0sesame")))))
        .isInstanceOf(AuthSession.Answer.Leave.class);
  }

  @Test
  void dovecotIsToldThatNobodyKnows() throws Exception {
    greet(2);
    reason = Reason.DATABASE;
    assertThat(failure(said(auth(1, "PLAIN", Optional.of(payload("\0joe\0sesame"))))).code())
        .contains(FailCode.TEMP_FAIL);
    reason = Reason.SERVICE_OFF;
    assertThat(failure(said(auth(2, "PLAIN", Optional.of(payload("\0joe\0sesame"))))).code())
        .contains(FailCode.USER_DISABLED);
  }

  @Test
  void whatIsMalformedFails() throws Exception {
    greet(2);
    assertThat(failure(said(auth(1, "PLAIN", Optional.of(payload("joe"))))).reason())
        .hasValueSatisfying(words -> assertThat(words).contains("malformed"));
    assertThat(failure(said(auth(2, "PLAIN", Optional.of(new Payload.BadBase64())))).code())
        .contains(FailCode.INVALID_BASE64);
    assertThat(failure(said(auth(3, "DIGEST-MD5", Optional.empty()))).code())
        .contains(FailCode.AUTH_MECH_INVALID);
    assertThat(failure(said(auth(4, "SCRAM-SHA-256", Optional.empty()))).code())
        .as("one that is not offered")
        .contains(FailCode.AUTH_MECH_INVALID);
    assertThat(logins).isEmpty();
  }

  @Test
  void keepsToTheOrder() throws Exception {
    assertThatThrownBy(() -> session.next(auth(1, "PLAIN", Optional.empty())))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> session.next(new ClientLine.Cpid(1)))
        .isInstanceOf(ProtocolException.class);
    greet(2);
    session.next(auth(1, "PLAIN", Optional.empty()));
    assertThatThrownBy(() -> session.next(auth(1, "PLAIN", Optional.empty())))
        .isInstanceOf(ProtocolException.class);
    session.next(new ClientLine.Cancel(1));
    assertThatThrownBy(() -> session.next(new ClientLine.Cont(1, payload("x"))))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> session.next(new ClientLine.Version(1, 2)))
        .isInstanceOf(ProtocolException.class);
  }
}
