package dovetail.auth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.wire.TabLines;
import dovetail.server.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Dovecot's auth policy is told, and what it tells. */
@Timeout(60)
final class PolicyRouteTest {
  private static final String ALLOW = "/auth/policy?command=allow";
  private static final String REPORT = "/auth/policy?command=report";

  @TempDir private Path folder;

  /** As Dovecot 2.4 sends it. */
  private static String asked(String user, String hash, String more) {
    return """
    {"device_id":"","fail_type":"","login":"%s","protocol":"imap","pwhash":"%s",\
    "remote":"192.0.2.1","session_id":"s1","nested":{"login":"other"}%s,"tls":false}\
    """
        .formatted(user, hash, more);
  }

  private static String failure(String user, String hash) {
    return asked(user, hash, ",\"success\":false,\"policy_reject\":false")
        .replace("\"fail_type\":\"\"", "\"fail_type\":\"credentials\"");
  }

  @Test
  void eachOtherWrongPasswordMakesTheNextTrySlowerUntilThereIsNone() throws Exception {
    try (Backend backend = new Backend(folder, Duration.ofSeconds(1), List.of())) {
      String next = asked("joe@example.com", "0001", "");
      assertThat(backend.told(ALLOW, next)).isEqualTo("{\"status\":0,\"msg\":\"\"}");
      for (int i = 0; i < 10; i++) {
        assertThat(backend.told(REPORT, failure("Joe@example.com", "0a1")))
            .isEqualTo("{\"status\":0,\"msg\":\"\"}");
      }
      assertThat(backend.told(ALLOW, next)).isEqualTo("{\"status\":1,\"msg\":\"\"}");
      backend.told(REPORT, failure("joe@example.com", "0a2"));
      assertThat(backend.told(ALLOW, next)).isEqualTo("{\"status\":2,\"msg\":\"\"}");
      backend.told(REPORT, failure("joe@example.com", "0a3"));
      backend.told(REPORT, failure("joe@example.com", "0a4"));
      assertThat(backend.told(ALLOW, next))
          .isEqualTo("{\"status\":-1,\"msg\":\"too many wrong passwords, try again later\"}");
      assertThat(backend.told(ALLOW, next.replace("192.0.2.1", "2001:db8::1")))
          .startsWith("{\"status\":0,");
    }
  }

  @Test
  void whatIsNoWrongPasswordDoesNotCount() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      for (int i = 0; i < 9; i++) {
        String failure = failure("joe@example.com", "b" + i);
        for (String other : List.of("internal", "disabled", "expired", "policy")) {
          backend.told(REPORT, failure.replace("credentials", other));
        }
        backend.told(REPORT, failure.replace("\"policy_reject\":false", "\"policy_reject\":true"));
        backend.told(REPORT, failure.replace("\"success\":false", "\"success\":true"));
      }
      assertThat(backend.told(ALLOW, asked("joe@example.com", "0", "")))
          .startsWith("{\"status\":0,");
    }
  }

  @Test
  void whatWasCheckedHereIsNotCountedOnceMore() throws Exception {
    try (Backend backend = new Backend(folder, Duration.ofSeconds(1), List.of())) {
      backend.told(
          "/auth/verify",
          TabLines.line("user", "joe@example.com")
              + TabLines.line("password", "x")
              + TabLines.line("rip", "192.0.2.1")
              + TabLines.line("session", "s1")
              + TabLines.line("hold", "no"));
      for (int i = 0; i < 9; i++) {
        backend.told(REPORT, failure("joe@example.com", "c" + i));
      }
      assertThat(backend.told(ALLOW, asked("joe@example.com", "0", "")))
          .isEqualTo("{\"status\":1,\"msg\":\"\"}");
    }
  }

  @Test
  void exemptNetworksAreNotKeptOut() throws Exception {
    List<Network> exempt = List.of(Network.parse("192.0.2.0/24"));
    try (Backend backend = new Backend(folder, Duration.ofSeconds(1), exempt)) {
      for (int i = 0; i < 9; i++) {
        backend.told(REPORT, failure("joe@example.com", "d" + i));
      }
      assertThat(backend.told(ALLOW, asked("joe@example.com", "0", "")))
          .as("slowed down")
          .isEqualTo("{\"status\":8,\"msg\":\"\"}");
      assertThat(backend.told(ALLOW, asked("ann@example.com", "0", "")))
          .startsWith("{\"status\":0,");
    }
  }

  @Test
  void olderDovecotsSayNothingOfWhyItFailed() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      for (int i = 0; i < 4; i++) {
        backend.told(
            REPORT,
            failure("joe@example.com", "e" + i).replace("\"fail_type\":\"credentials\",", ""));
      }
      assertThat(backend.told(ALLOW, asked("joe@example.com", "0", "")))
          .startsWith("{\"status\":-1,");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"login\":\"joe@example.com\"",
        "{\"login\":\"joe@example.com\"} x",
        "{\"remote\":\"192.0.2.1\"}",
        "{\"login\":[\"joe@example.com\"]}",
        "login=joe@example.com"
      })
  void badJsonIsRefused(String body) throws Exception {
    try (Backend backend = Backend.open(folder)) {
      assertThat(backend.ask(ALLOW, body).statusCode()).isEqualTo(400);
      assertThat(backend.ask(REPORT, body).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void reportsWithoutAResultAndOtherCommandsAreRefused() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      String body = failure("joe@example.com", "f");
      assertThat(backend.ask(REPORT, body.replace("\"success\":false,", "")).statusCode())
          .isEqualTo(400);
      assertThat(backend.ask(REPORT, body.replace("\"pwhash\":\"f\",", "")).statusCode())
          .isEqualTo(400);
      assertThat(backend.ask("/auth/policy", body).statusCode()).isEqualTo(400);
      assertThat(backend.ask("/auth/policy?command=reset", body).statusCode()).isEqualTo(400);
      assertThat(backend.ask("/auth/policy?command=allow&command=report", body).statusCode())
          .isEqualTo(400);
      // A URL of Dovecot that ends with & is as good.
      assertThat(backend.told("/auth/policy?site=1&command=allow", body)).startsWith("{\"status\"");
    }
  }
}
