package dovetail.auth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.password.StoredParts;
import dovetail.auth.wire.TabLines;
import dovetail.directory.Account;
import dovetail.directory.Lookup;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UnsettledException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How webmail changes a password. */
@Timeout(60)
final class PasswordRouteTest {
  private static final String PATH = "/auth/password";
  private static final String FRESH = "another sesame & +ä";

  @TempDir private Path folder;

  private static String form(String user, String old, String fresh) {
    return "user=%s&curpass=%s&newpass=%s".formatted(encoded(user), encoded(old), encoded(fresh));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String login(Backend backend, String password) throws Exception {
    return backend.told(
        "/auth/verify",
        TabLines.line("user", "joe@example.com")
            + TabLines.line("service", "imap")
            + TabLines.line("password", password));
  }

  @Test
  void theOldPasswordMakesRoomForTheNewOne() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      String basic = "roundcube:" + Backend.TOKEN;
      HttpResponse<String> answer =
          backend.ask(
              PATH,
              form("JOE@example.com", "sesame", FRESH).getBytes(StandardCharsets.UTF_8),
              "Authorization",
              "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)),
              "Content-Type",
              "application/x-www-form-urlencoded");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("ok\n");
      assertThat(login(backend, FRESH)).startsWith("result\tok\n");
      assertThat(login(backend, "sesame")).startsWith("result\tfail\n");
      assertThat(backend.passwords.changed()).containsExactly("joe@example.com");
      assertThat(backend.forgotten).containsExactly("account joe@example.com");
      assertThat(backend.log())
          .contains("service=password-change")
          .doesNotContain("sesame")
          .doesNotContain("ARGON2ID");
    }
  }

  @Test
  void theNewOneHasKeysForScramIfTheyAreWanted() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      backend.keys.set(true);
      assertThat(backend.ask(PATH, form("joe@example.com", "sesame", FRESH)).body())
          .isEqualTo("ok\n");
      assertThat(backend.accounts.account(Backend.JOE))
          .isInstanceOfSatisfying(
              Lookup.Found.class,
              found ->
                  assertThat(StoredParts.of(stored((Account) found.value())).scramKeys())
                      .isPresent());
      assertThat(login(backend, FRESH)).startsWith("result\tok\n");
      assertThat(backend.log()).doesNotContain("SCRAM-SHA-256}");
    }
  }

  private static String stored(Account account) {
    return account.credentials().password().orElseThrow().text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"short", "sesame", "seven 7", "with a\ttab", "with a \0 NUL", "line\nfeed"})
  void whatIsNoGoodPasswordIsRefused(String fresh) throws Exception {
    try (Backend backend = Backend.open(folder)) {
      HttpResponse<String> answer = backend.ask(PATH, form("joe@example.com", "sesame", fresh));
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).doesNotContain("ok").doesNotContain(fresh);
      assertThat(login(backend, "sesame")).startsWith("result\tok\n");
    }
  }

  @Test
  void octetsThatAreNoTextAndTooManyAreRefused() throws Exception {
    String start = "user=joe%40example.com&curpass=sesame&newpass=";
    try (Backend backend = Backend.open(folder)) {
      assertThat(backend.ask(PATH, start + "%ff%fe%fd%fc%fb%fa%f9%f8").statusCode()).isEqualTo(422);
      assertThat(backend.ask(PATH, start + "x".repeat(1_025)).statusCode()).isEqualTo(422);
      assertThat(backend.ask(PATH, start + "x".repeat(1_024)).statusCode()).isEqualTo(200);
      assertThat(login(backend, "x".repeat(1_024))).startsWith("result\tok\n");
    }
  }

  @Test
  void wrongOldOnesCount() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      for (int i = 0; i < 4; i++) {
        HttpResponse<String> answer =
            backend.ask(PATH, form("joe@example.com", "wrong" + i, FRESH));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("wrong name or password\n");
      }
      assertThat(backend.ask(PATH, form("joe@example.com", "sesame", FRESH)).statusCode())
          .isEqualTo(429);
      assertThat(backend.passwords.changed()).isEmpty();
    }
  }

  @Test
  void anAppPasswordDoesNotChangeThePassword() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      backend.accounts.put(Backend.account(Backend.JOE, "sesame", "apple pie"));
      HttpResponse<String> answer = backend.ask(PATH, form("joe@example.com", "apple pie", FRESH));
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(backend.passwords.changed()).isEmpty();
      assertThat(login(backend, "apple pie")).startsWith("result\tok\n");
    }
  }

  @Test
  void aDatabaseThatIsAwayIsNoWrongPassword() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      backend.accounts.unavailable(Optional.of("gone"));
      assertThat(backend.ask(PATH, form("joe@example.com", "sesame", FRESH)).statusCode())
          .isEqualTo(503);
      backend.accounts.unavailable(Optional.empty());
      backend.broken.set(true);
      assertThat(backend.ask(PATH, form("joe@example.com", "sesame", FRESH)).statusCode())
          .isEqualTo(500);
    }
  }

  @Test
  void whatWasSetMeanwhileStays() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      Account other = Backend.account(Backend.JOE, "set meanwhile");
      backend.passwords.before(() -> backend.accounts.put(other));
      HttpResponse<String> answer = backend.ask(PATH, form("joe@example.com", "sesame", FRESH));
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).isEqualTo("the password was changed meanwhile, try again\n");
      assertThat(backend.forgotten).containsExactly("account joe@example.com");
      assertThat(login(backend, "set meanwhile")).startsWith("result\tok\n");
    }
  }

  @Test
  void whatNobodyKnowsIsSaidSo() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      backend.passwords.before(() -> {
        throw new UnavailableException("planted");
      });
      HttpResponse<String> unchanged = backend.ask(PATH, form("joe@example.com", "sesame", FRESH));
      assertThat(unchanged.statusCode()).isEqualTo(503);
      assertThat(unchanged.body()).isEqualTo("try again later\n");
      assertThat(backend.forgotten).isEmpty();
      backend.passwords.before(() -> {
        throw new UnsettledException("planted", new IOException("planted"));
      });
      HttpResponse<String> unknown = backend.ask(PATH, form("joe@example.com", "sesame", FRESH));
      assertThat(unknown.statusCode()).isEqualTo(503);
      assertThat(unknown.body())
          .isEqualTo("nobody knows whether it was changed: try both to log in\n");
      assertThat(backend.forgotten).containsExactly("account joe@example.com");
    }
  }

  /** Each of them takes a thread for a hash, which logins need. */
  @Test
  void onlyFewAreChangedAtATime() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    try (Backend backend = Backend.open(folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      backend.passwords.before(() -> {
        begun.countDown();
        try {
          end.await();
        } catch (InterruptedException e) {
          throw new UnavailableException("interrupted", e);
        }
      });
      List<Future<HttpResponse<String>>> both = new ArrayList<>();
      try {
        for (int i = 0; i < 2; i++) {
          both.add(
              threads.submit(() -> backend.ask(PATH, form("joe@example.com", "sesame", FRESH))));
        }
        begun.await();
        assertThat(backend.ask(PATH, form("joe@example.com", "sesame", FRESH)).statusCode())
            .isEqualTo(503);
      } finally {
        end.countDown();
      }
      assertThat(both.getFirst().get().statusCode() + both.getLast().get().statusCode())
          .as("one is first, and overtakes the other")
          .isEqualTo(200 + 409);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user=joe%40example.com&curpass=sesame",
        "user=joe%40example.com&newpass=another+sesame",
        "curpass=sesame&newpass=another+sesame",
        "user=joe%40example.com&curpass=sesame&newpass=another+sesame&newpass=another+one",
        "user=joe%40example.com&curpass=sesame&curpass=sesame&newpass=another+one",
        "user=joe%40example.com&curpass=%zz&newpass=another+one"
      })
  void whatIsMalformedChangesNothing(String body) throws Exception {
    try (Backend backend = Backend.open(folder)) {
      HttpResponse<String> answer = backend.ask(PATH, body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).doesNotContain("sesame");
      assertThat(backend.passwords.changed()).isEmpty();
      assertThat(backend.log()).doesNotContain("sesame");
    }
  }
}
