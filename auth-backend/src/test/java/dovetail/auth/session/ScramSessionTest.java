package dovetail.auth.session;

import static dovetail.auth.session.ScramBackend.JOE;
import static dovetail.auth.session.ScramBackend.account;
import static dovetail.auth.session.ScramBackend.challenge;
import static dovetail.auth.session.ScramBackend.go;
import static dovetail.auth.session.ScramBackend.line;
import static dovetail.auth.session.ScramBackend.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.ScramClient;
import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Passage;
import dovetail.auth.answer.Reason;
import dovetail.auth.answer.ScramProof;
import dovetail.auth.answer.ScramQuestion;
import dovetail.auth.password.Secret;
import dovetail.auth.password.StoredParts;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.ServerLine;
import dovetail.auth.wire.sasl.ScramClientFirst;
import dovetail.server.io.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of SCRAM-SHA-256 in the lines of the protocol. */
final class ScramSessionTest {
  private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
  private static final String KEYS = ScramClient.stored("sesame", SALT, 4096);
  private static final ServerLine OK =
      new ServerLine.Ok(1, "joe@example.com", Fields.NONE, Optional.empty());

  private final ScramBackend backend = new ScramBackend(3);

  @AfterEach
  void close() {
    backend.close();
  }

  private static ScramClient joe(String password) {
    return ScramClient.of("joe@example.com", password);
  }

  /** The exchange of RFC 7677 3, message by message. */
  @Test
  void speaksAsTheExampleOfTheRfcDoes() throws Exception {
    StoredParts pencil = StoredParts.of(ScramClient.stored("pencil", SALT, 4096));
    ScramExchange exchange =
        new ScramExchange(
            new ScramExchange.Door() {
              @Override
              public ScramQuestion ask(ScramClientFirst first) {
                assertThat(first.user()).isEqualTo("user");
                return new ScramQuestion.Asked(
                    pencil.scramKeys().orElseThrow(), "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
              }

              @Override
              public Outcome prove(
                  ScramClientFirst first, ScramQuestion.Asked asked, ScramProof proof) {
                boolean right =
                    asked.keys().isProof(proof.signed(), Secret.of(proof.proof().octets()));
                return new Outcome(
                    right ? Reason.PASSWORD : Reason.WRONG_PASSWORD, "user", Duration.ZERO);
              }
            });
    assertThat(said(exchange, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"))
        .isEqualTo(
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    assertThat(
            said(
                exchange,
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                    + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
        .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    assertThat(said(exchange, "")).isEqualTo("PASSWORD");
  }

  private static String said(Exchange exchange, String message) throws Exception {
    return switch (exchange.next(Optional.of(SaslData.ofText(message)))) {
      case Exchange.Step.Ask(SaslData challenge) -> string(challenge);
      case Exchange.Step.Decided(Outcome outcome, Optional<SaslData> last) ->
          last.map(ScramSessionTest::string).orElse(outcome.reason().name());
      case Exchange.Step.Check _ -> throw new AssertionError("a password was sent");
    };
  }

  private static String string(SaslData data) {
    return new String(data.octets(), StandardCharsets.UTF_8);
  }

  @Test
  void postfixHearsTheSignatureBeforeItIsTold() throws Exception {
    backend.accounts.put(account("{SSHA}x " + KEYS));
    AuthSession session = backend.session(0);
    ScramClient client = joe("sesame");
    ServerLine asked =
        line(
            session.next(
                new ClientLine.Auth(
                    1, "scram-sha-256", Fields.of("service", "smtp"), Optional.empty())));
    assertThat(challenge(asked)).isEmpty();
    ServerLine first = line(go(session, 1, client.first()));
    ServerLine last = line(go(session, 1, client.last(challenge(first))));
    assertThat(client.believes(challenge(last))).isTrue();
    assertThat(line(go(session, 1, ""))).isEqualTo(OK);
    assertThat(backend.passages).extracting(Passage::account).containsExactly(JOE);
    assertThatThrownBy(() -> go(session, 1, "")).isInstanceOf(ProtocolException.class);
  }

  @Test
  void dovecotHearsItWithTheOutcome() throws Exception {
    backend.accounts.put(account(KEYS));
    AuthSession session = backend.session(2);
    ScramClient client = joe("sesame");
    Fields takes = Fields.of("final-resp-ok", "");
    String first = challenge(line(backend.begin(session, 1, client.first(), takes)));
    ServerLine.Ok ok = (ServerLine.Ok) line(go(session, 1, client.last(first)));
    assertThat(ok.user()).isEqualTo("joe@example.com");
    assertThat(client.believes(text(ok.response().orElseThrow()))).isTrue();
  }

  /** Of the last message that is given here, or what is made of the right one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c=biws",
        "c=biws,r=x,p=QQ==",
        "r=>r=x", // another nonce
        ",p=>r,p=", // a longer one
        "c=biws=>c=eSws", // y, where n was said
        "c=biws=>c=cD14LCw=", // bound
        ",p=>,m=1,p=",
        ",p=>,p=QUFB",
        "=>,x=1",
      })
  void aLastMessageThatIsNoneOfThisLoginFails(String change) throws Exception {
    backend.accounts.put(account(KEYS));
    AuthSession session = backend.session(2);
    ScramClient client = joe("sesame");
    String right =
        client.last(challenge(line(backend.begin(session, 1, client.first(), Fields.NONE))));
    int arrow = change.indexOf("=>");
    String last =
        arrow < 0
            ? change
            : arrow == 0
                ? right + change.substring(2)
                : right.replace(change.substring(0, arrow), change.substring(arrow + 2));
    assertThat(last).isNotEqualTo(right);
    assertThat(line(go(session, 1, last)))
        .isInstanceOfSatisfying(
            ServerLine.Fail.class,
            fail -> assertThat(fail.reason().orElseThrow()).startsWith("malformed SASL message"));
    assertThat(backend.outcomes).isEmpty();
    assertThatThrownBy(() -> go(session, 1, right)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void noMessageIsTakenThatIsCutOff() throws Exception {
    backend.accounts.put(account(KEYS));
    AuthSession session = backend.session(2);
    ScramClient client = joe("sesame");
    long id = 0;
    String first = challenge(line(backend.begin(session, id, client.first(), Fields.NONE)));
    String last = client.last(first);
    for (int end = 0; end < last.length(); end++) {
      assertThat(line(go(session, id, last.substring(0, end)))).isInstanceOf(ServerLine.Fail.class);
      id++;
      last = client.last(challenge(line(backend.begin(session, id, client.first(), Fields.NONE))));
    }
    assertThat(line(go(session, id, last))).isInstanceOf(ServerLine.Cont.class);
    for (int end = 0; end < "n,,n=joe@example.com,r=".length(); end++) {
      String cut = client.first().substring(0, end);
      assertThat(line(backend.begin(session, ++id, cut, Fields.NONE)))
          .isInstanceOf(ServerLine.Fail.class);
    }
    assertThat(backend.outcomes).extracting(Outcome::reason).containsExactly(Reason.PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p=tls-exporter,,n=joe@example.com,r=x",
        "n,,m=1,n=joe@example.com,r=x",
        "n,,n=joe@example.com",
        "n,,n=,r=x",
        "x,,n=joe@example.com,r=x",
        "\0joe@example.com\0sesame",
      })
  void aFirstMessageThatIsNotTakenFails(String first) throws Exception {
    backend.accounts.put(account(KEYS));
    assertThat(line(backend.begin(backend.session(2), 1, first, Fields.NONE)))
        .isInstanceOf(ServerLine.Fail.class);
    assertThat(backend.outcomes).isEmpty();
  }

  @Test
  void aNonceIsTakenThatLeavesRoomForTheAnswer() throws Exception {
    backend.accounts.put(account(KEYS));
    for (int length : new int[] {1024, 1025, 11_000}) {
      ScramClient client = new ScramClient("n,,", "joe@example.com", "x".repeat(length), "sesame");
      assertThat(backend.login(client) instanceof ServerLine.Ok).isEqualTo(length == 1024);
    }
  }

  /** What somebody has overheard opens nothing: neither in another login, nor a second time. */
  @Test
  void aLastMessageIsGoodOnce() throws Exception {
    backend.accounts.put(account(KEYS));
    AuthSession session = backend.session(2);
    ScramClient client = joe("sesame");
    String last =
        client.last(challenge(line(backend.begin(session, 1, client.first(), Fields.NONE))));
    backend.begin(session, 2, client.first(), Fields.NONE);
    assertThat(line(go(session, 2, last))).isInstanceOf(ServerLine.Fail.class);
    assertThat(line(go(session, 1, last))).isInstanceOf(ServerLine.Cont.class);
    assertThat(line(go(session, 1, last))).isInstanceOf(ServerLine.Ok.class); // said to the last
    backend.begin(session, 1, client.first(), Fields.NONE);
    assertThat(line(go(session, 1, last))).isInstanceOf(ServerLine.Fail.class);
    assertThat(backend.outcomes).extracting(Outcome::reason).containsExactly(Reason.PASSWORD);
  }

  @Test
  void ofAThousandThatHaveBegunTheLastHundredGoOn() throws Exception {
    backend.accounts.put(account(KEYS));
    AuthSession session = backend.session(2);
    ScramClient client = joe("sesame");
    String[] asked = new String[1_000];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = challenge(line(backend.begin(session, i, client.first(), Fields.NONE)));
    }
    assertThatThrownBy(() -> go(session, 899, client.last(asked[899])))
        .isInstanceOf(ProtocolException.class);
    assertThat(line(go(session, 900, client.last(asked[900])))).isInstanceOf(ServerLine.Cont.class);
    assertThat(line(go(session, 999, client.last(asked[999])))).isInstanceOf(ServerLine.Cont.class);
  }

  @Test
  void nothingSecretIsShown() {
    ScramProof proof = new ScramProof("n=joe,r=nonce", SaslData.ofText("secret"));
    ScramQuestion.Asked asked =
        new ScramQuestion.Asked(StoredParts.of(KEYS).scramKeys().orElseThrow(), "nonce");
    assertThat(proof.toString() + asked + new Payload.Octets(proof.proof()))
        .doesNotContain("secret", "joe", "[B@", KEYS.substring(20));
    proof.close();
    assertThatThrownBy(proof.proof()::octets).isInstanceOf(IllegalStateException.class);
  }
}
