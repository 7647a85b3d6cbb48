package dovetail.auth.session;

import static dovetail.auth.session.ScramBackend.JOE;
import static dovetail.auth.session.ScramBackend.account;
import static dovetail.auth.session.ScramBackend.challenge;
import static dovetail.auth.session.ScramBackend.go;
import static dovetail.auth.session.ScramBackend.line;
import static dovetail.auth.session.ScramBackend.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Passage;
import dovetail.auth.answer.Reason;
import dovetail.auth.token.TokenFault;
import dovetail.auth.token.Tokens;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.FailCode;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.ServerLine;
import dovetail.auth.wire.sasl.OAuthBearerMessage;
import dovetail.directory.Account;
import dovetail.directory.DomainEntry;
import dovetail.directory.LoginService;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.server.io.ProtocolException;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in by a token, and what the others are told. */
final class TokenSessionTest {
  private static final String TOKEN = Tokens.of("joe@example.com");
  private static final ServerLine OK =
      new ServerLine.Ok(1, "joe@example.com", Fields.NONE, Optional.empty());
  private static final String INVALID = "{\"status\":\"invalid_token\"}";

  private final ScramBackend backend = new ScramBackend(3);

  @BeforeEach
  void joe() {
    backend.accounts.put(account(""));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private static String bearer(String user, String token) {
    return "n," + (user.isEmpty() ? "" : "a=" + user) + ",\1auth=Bearer " + token + "\1\1";
  }

  private static String google(String user, String token) {
    return "user=" + user + "\1auth=Bearer " + token + "\1\1";
  }

  private static AuthSession.Answer begin(AuthSession session, Mechanism mechanism, String message)
      throws ProtocolException {
    Fields fields = Fields.of("service", "smtp").with("rip", "192.0.2.1");
    return session.next(
        new ClientLine.Auth(1, mechanism.word(), fields, Optional.of(payload(message))));
  }

  private Reason tried(String message) throws ProtocolException {
    return tried(Mechanism.OAUTHBEARER, message, INVALID);
  }

  /** Logs in from the beginning to the end, as Postfix does it. */
  private Reason tried(Mechanism mechanism, String message, String error) throws ProtocolException {
    int before = backend.outcomes.size();
    AuthSession session = backend.session(2);
    AuthSession.Answer answer = begin(session, mechanism, message);
    assertThat(backend.outcomes).hasSize(before + 1);
    Outcome outcome = backend.outcomes.getLast();
    switch (outcome.reason().kind()) {
      case GRANTED -> assertThat(line(answer)).isEqualTo(OK);
      case DEFERRED ->
          assertThat(line(answer))
              .isInstanceOfSatisfying(
                  ServerLine.Fail.class,
                  fail -> assertThat(fail.code()).contains(FailCode.TEMP_FAIL));
      case WRONG, REFUSED -> {
        assertThat(((AuthSession.Answer.Say) answer).delay()).isEqualTo(outcome.delay());
        assertThat(challenge(line(answer))).isEqualTo(error);
        AuthSession.Answer last = go(session, 1, "\1");
        assertThat(((AuthSession.Answer.Say) last).delay()).isZero();
        assertThat(line(last))
            .isInstanceOfSatisfying(
                ServerLine.Fail.class,
                fail -> {
                  assertThat(fail.reason()).contains(outcome.reason().told());
                  assertThat(fail.code()).isEqualTo(outcome.reason().code());
                });
        assertThatThrownBy(() -> go(session, 1, "\1")).isInstanceOf(ProtocolException.class);
      }
    }
    return outcome.reason();
  }

  @Test
  void letsInWhomTheTokenNames() throws Exception {
    assertThat(tried(bearer("joe@example.com", TOKEN))).isEqualTo(Reason.TOKEN);
    assertThat(tried(bearer("JOE@Example.COM", TOKEN))).isEqualTo(Reason.TOKEN);
    assertThat(tried(bearer("", TOKEN))).isEqualTo(Reason.TOKEN);
    assertThat(tried(Mechanism.XOAUTH2, google("joe@example.com", TOKEN), ""))
        .isEqualTo(Reason.TOKEN);
    assertThat(tried(bearer("", Tokens.of("Joe@EXAMPLE.com")))).isEqualTo(Reason.TOKEN);
    assertThat(backend.passages)
        .hasSize(5)
        .allSatisfy(passage -> {
          assertThat(passage.account()).isEqualTo(JOE);
          assertThat(passage.label()).isEmpty();
          assertThat(passage.service()).contains(LoginService.SMTP);
        });
  }

  @Test
  void asksForTheMessageOfWhoWaits() throws Exception {
    AuthSession session = backend.session(0);
    ServerLine asked =
        line(
            session.next(
                new ClientLine.Auth(
                    1, "oauthbearer", Fields.of("service", "smtp"), Optional.empty())));
    assertThat(challenge(asked)).isEmpty();
    assertThat(line(go(session, 1, bearer("joe@example.com", TOKEN)))).isEqualTo(OK);
  }

  @Test
  void anotherNameOfTheDomainIsTheSameAccount() throws Exception {
    backend.accounts.put(
        new DomainEntry.AliasOf(Domain.parse("alias.example").orElseThrow(), true, JOE.domain()));
    assertThat(tried(bearer("joe@alias.example", TOKEN))).isEqualTo(Reason.TOKEN);
    assertThat(tried(bearer("joe@example.com", Tokens.of("joe@alias.example"))))
        .isEqualTo(Reason.TOKEN);
  }

  /** Neither is it told which other accounts there are. */
  @Test
  void letsInAsNobodyElse() throws Exception {
    Account joe = account("");
    backend.accounts.put(
        new Account(
            Address.parse("ann@example.com").orElseThrow(),
            joe.active(),
            joe.receive(),
            joe.send(),
            joe.services(),
            joe.networks(),
            joe.place(),
            joe.credentials()));
    for (String other : List.of("ann@example.com", "nobody@example.com", "no address", "joe")) {
      assertThat(tried(bearer(other, TOKEN))).as(other).isEqualTo(Reason.OTHER_USER);
    }
    assertThat(tried(bearer("joe@example.com", Tokens.of("nobody@example.com"))))
        .isEqualTo(Reason.OTHER_USER);
    assertThat(tried(bearer("", Tokens.of("nobody@example.com")))).isEqualTo(Reason.NO_ACCOUNT);
    assertThat(tried(bearer("nobody@example.com", Tokens.of("nobody@example.com"))))
        .isEqualTo(Reason.NO_ACCOUNT);
    assertThat(tried(bearer("", Tokens.of("no address")))).isEqualTo(Reason.NO_ACCOUNT);
    assertThat(backend.passages).isEmpty();
  }

  @Test
  void doesNotLetInWhoMayNot() throws Exception {
    backend.accounts.put(account("", EnumSet.of(LoginService.IMAP), false));
    assertThat(tried(bearer("", TOKEN))).isEqualTo(Reason.SERVICE_OFF);
    Account joe = account("");
    backend.accounts.put(
        new Account(
            JOE, false, true, true, joe.services(), List.of(), joe.place(), joe.credentials()));
    assertThat(tried(bearer("", TOKEN))).isEqualTo(Reason.DOMAIN_OFF);
    backend.accounts.put(
        new Account(
            JOE,
            true,
            true,
            true,
            joe.services(),
            List.of("198.51.100.0/24"),
            joe.place(),
            joe.credentials()));
    assertThat(tried(bearer("", TOKEN))).isEqualTo(Reason.NETWORK_OFF);
    backend.accounts.put(
        new Account(
            JOE, true, true, false, joe.services(), List.of(), joe.place(), joe.credentials()));
    assertThat(tried(bearer("", TOKEN))).isEqualTo(Reason.SERVICE_OFF);
    assertThat(backend.passages).extracting(Passage::account).isEmpty();
  }

  /** The issuer has asked for more than a password, or not: that is its part. */
  @Test
  void wantsNoOneTimeCode() throws Exception {
    backend.accounts.put(account("", EnumSet.allOf(LoginService.class), true));
    assertThat(tried(bearer("", TOKEN))).isEqualTo(Reason.TOKEN);
  }

  @Test
  void aTokenThatNobodyElseHasSignedIsAWrongPassword() throws Exception {
    String forged = Tokens.forged("joe@example.com");
    for (int i = 0; i < 10; i++) {
      assertThat(tried(bearer("joe@example.com", forged))).isEqualTo(Reason.INVALID_TOKEN);
      assertThat(backend.outcomes.getLast().delay()).isEqualTo(Duration.ofSeconds(1));
    }
    assertThat(backend.outcomes.getLast().fault()).contains(TokenFault.SIGNATURE);
    assertThat(backend.outcomes.getLast().user()).isEqualTo("joe@example.com");
    for (int i = 0; i < 3; i++) {
      assertThat(tried(bearer("", "x" + i))).isEqualTo(Reason.INVALID_TOKEN);
    }
    assertThat(backend.outcomes.getLast().fault()).contains(TokenFault.FORM);
    assertThat(tried(bearer("", TOKEN))).isEqualTo(Reason.BLOCKED);
  }

  @Test
  void aTokenThatItsIssuerHasSignedIsNoGuess() throws Exception {
    for (int i = 0; i < 10; i++) {
      String user = "joe" + i + "@example.com";
      assertThat(tried(bearer(user, Tokens.expired(user)))).isEqualTo(Reason.EXPIRED_TOKEN);
    }
    backend.pass(Duration.ofMinutes(7));
    assertThat(tried(bearer("", TOKEN))).isEqualTo(Reason.EXPIRED_TOKEN);
    assertThat(backend.outcomes).allSatisfy(outcome -> assertThat(outcome.delay()).isZero());
  }

  /** An issuer has new keys, or writes something in another form, long before anybody is told. */
  @Test
  void whatNobodyCanGuessIsNoGuess() throws Exception {
    String claims = Tokens.claims("joe@example.com");
    for (int i = 0; i < 40; i++) {
      String header = "{\"alg\":\"RS256\",\"kid\":\"new" + i + "\"}";
      assertThat(tried(bearer("", Tokens.signed(header, claims)))).isEqualTo(Reason.FOREIGN_TOKEN);
      assertThat(backend.outcomes.getLast().fault()).contains(TokenFault.KEY);
      String list =
          claims.replace("{", "{\"x\":" + i + ",").replace("\"email\":", "\"email\":7,\"y\":");
      assertThat(tried(bearer("", Tokens.signed("{\"alg\":\"RS256\"}", list))))
          .isEqualTo(Reason.FOREIGN_TOKEN);
      assertThat(backend.outcomes.getLast().fault()).contains(TokenFault.CLAIMS);
    }
    assertThat(tried(bearer("joe@example.com", TOKEN))).isEqualTo(Reason.TOKEN);
  }

  @Test
  void tellsWhichScopeIsWanted() throws Exception {
    backend.tokens = Optional.of(Tokens.scoped());
    assertThat(
            tried(
                Mechanism.OAUTHBEARER,
                bearer("", TOKEN),
                "{\"status\":\"insufficient_scope\",\"scope\":\"mail send\"}"))
        .isEqualTo(Reason.SCOPE);
    assertThat(
            tried(
                Mechanism.XOAUTH2,
                google("joe@example.com", TOKEN),
                "{\"status\":\"403\",\"schemes\":\"bearer\",\"scope\":\"mail send\"}"))
        .isEqualTo(Reason.SCOPE);
    assertThat(
            tried(
                Mechanism.XOAUTH2,
                google("joe@example.com", "x"),
                "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail send\"}"))
        .isEqualTo(Reason.INVALID_TOKEN);
  }

  @Test
  void noTokenIsGoodWhereNoneIsConfigured() throws Exception {
    backend.tokens = Optional.empty();
    assertThat(tried(bearer("", TOKEN))).isEqualTo(Reason.FOREIGN_TOKEN);
  }

  @Test
  void nobodyIsToldNoWhileTheDatabaseIsAway() throws Exception {
    backend.accounts.unavailable(Optional.of("planted"));
    assertThat(tried(bearer("joe@example.com", TOKEN))).isEqualTo(Reason.DATABASE);
    assertThat(tried(bearer("", TOKEN))).isEqualTo(Reason.DATABASE);
    AuthSession postfix = backend.session(0);
    assertThat(begin(postfix, Mechanism.XOAUTH2, google("joe@example.com", TOKEN)))
        .isEqualTo(new AuthSession.Answer.Leave(Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\1",
        "n,,\1\1",
        "n,,\1auth=Basic x\1\1",
        "n,,\1auth=Bearer x\1auth=Bearer x\1\1",
        "p=tls-exporter,,\1auth=Bearer x\1\1",
        "user=joe@example.com\1auth=Bearer x\1\1",
        "\0joe@example.com\0sesame",
      })
  void whatIsNoMessageFails(String message) throws Exception {
    assertThat(line(begin(backend.session(2), Mechanism.OAUTHBEARER, message)))
        .isInstanceOfSatisfying(
            ServerLine.Fail.class,
            fail -> assertThat(fail.reason().orElseThrow()).startsWith("malformed SASL message"));
    assertThat(backend.outcomes).isEmpty();
  }

  @Test
  void noTokenIsShown() throws Exception {
    SaslData data = SaslData.ofText(bearer("", TOKEN));
    ClientLine line =
        new ClientLine.Auth(1, "OAUTHBEARER", Fields.NONE, Optional.of(new Payload.Octets(data)));
    // The token itself, and the whole message as it is sent.
    assertThat(line + " " + OAuthBearerMessage.parse(data))
        .doesNotContain("eyJ")
        .doesNotContain(Base64.getEncoder().encodeToString(data.octets()).substring(0, 24));
  }
}
