package dovetail.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.token.Tokens;
import dovetail.auth.wire.Fields;
import dovetail.directory.MapAccounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logins by tokens over a socket. */
@Timeout(60)
final class TokenServiceTest {
  private static final Fields SMTP = Fields.of("service", "smtp").with("rip", "192.0.2.1");
  private static final String JOE = "joe@example.com";

  private static byte[] octets(String token) {
    return token.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void letsInByBothMechanisms() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), Duration.ZERO);
        AuthClient client = AuthClient.connect(auth.address())) {
      assertThat(client.mechanisms()).contains("OAUTHBEARER", "XOAUTH2");
      AuthClient.Verdict granted = new AuthClient.Verdict.Granted(JOE);
      byte[] right = octets(Tokens.of(JOE));
      assertThat(client.authenticateByBearer(JOE, right, SMTP)).isEqualTo(granted);
      assertThat(client.authenticateByXOAuth2("Joe@Example.com", right, SMTP)).isEqualTo(granted);
      AuthClient.Verdict wrong = new AuthClient.Verdict.Refused(Optional.of("invalid token"));
      byte[] forged = octets(Tokens.forged(JOE));
      assertThat(client.authenticateByBearer(JOE, forged, SMTP)).isEqualTo(wrong);
      assertThat(client.authenticateByXOAuth2(JOE, forged, SMTP)).isEqualTo(wrong);
      AuthClient.Verdict late =
          new AuthClient.Verdict.Refused(Optional.of("this token is not valid any more"));
      assertThat(client.authenticateByBearer(JOE, octets(Tokens.expired(JOE)), SMTP))
          .isEqualTo(late);
      assertThat(client.authenticate(JOE, octets("sesame"), SMTP)).isEqualTo(granted);
      auth.expectNoFault();
      assertThat(auth.decided("token")).isEqualTo(2);
      assertThat(auth.decided("invalid-token")).isEqualTo(2);
      assertThat(auth.decided("expired-token")).isEqualTo(1);
      assertThat(auth.lines())
          .hasSize(6)
          .noneMatch(line -> line.contains("eyJ"))
          .anyMatch(line -> line.contains("mechanism=XOAUTH2 token=signature"))
          .anyMatch(line -> line.contains("mechanism=OAUTHBEARER token=expired"));
    }
  }

  @Test
  void anAnswerToABadTokenIsHeldBackOnce() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), Duration.ofMillis(300));
        AuthClient client = AuthClient.connect(auth.address())) {
      long began = System.nanoTime();
      client.authenticateByBearer(JOE, octets(Tokens.forged(JOE)), SMTP);
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofMillis(300), Duration.ofSeconds(20));
      assertThat(auth.lines()).singleElement().asString().contains("held_ms=300");
    }
  }

  @Test
  void cannotSayWhileTheDatabaseIsAway() throws Exception {
    MapAccounts accounts = LiveAuth.joe();
    accounts.unavailable(Optional.of("planted"));
    try (LiveAuth auth = LiveAuth.open(accounts, Duration.ZERO);
        AuthClient client = AuthClient.connect(auth.address())) {
      assertThat(client.authenticateByBearer(JOE, octets(Tokens.of(JOE)), SMTP))
          .isEqualTo(new AuthClient.Verdict.Unknown());
      assertThat(client.authenticateByXOAuth2(JOE, octets(Tokens.of(JOE)), SMTP))
          .isEqualTo(new AuthClient.Verdict.Unknown());
      assertThat(auth.decided("database")).isEqualTo(2);
    }
  }

  @Test
  void sendsNothingThatIsNoToken() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), Duration.ZERO);
        AuthClient client = AuthClient.connect(auth.address())) {
      assertThatThrownBy(() -> client.authenticateByBearer(JOE, octets("a b"), SMTP))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("a b");
    }
  }
}
