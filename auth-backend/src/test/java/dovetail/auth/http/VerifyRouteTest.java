package dovetail.auth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.wire.TabLines;
import dovetail.directory.Account;
import dovetail.mail.Address;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Dovecot's script is told of passwords, and who may ask. */
@Timeout(60)
final class VerifyRouteTest {
  private static final String PATH = "/auth/verify";

  @TempDir private Path folder;

  private static String question(String user, String password, String... more) {
    StringBuilder lines = new StringBuilder();
    lines.append(TabLines.line("user", user)).append(TabLines.line("password", password));
    for (int i = 0; i < more.length; i += 2) {
      lines.append(TabLines.line(more[i], more[i + 1]));
    }
    return lines.toString();
  }

  @Test
  void theRightPasswordOpensAndSaysWhereTheMailIs() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      String right =
          question(
              "Joe@EXAMPLE.com", "sesame", "service", "imap", "rip", "192.0.2.1", "mech", "PLAIN");
      assertThat(backend.told(PATH, right))
          .isEqualTo(
              """
              result\tok
              user\tjoe@example.com
              userdb_home\t/mail/example.com/joe
              userdb_uid\t5000
              userdb_gid\t5001
              userdb_mail_driver\tmaildir
              userdb_mail_path\t~/Maildir
              end\t.
              """);
      assertThat(backend.told(PATH, right + "series\t2.3\n"))
          .contains("userdb_mail\tmaildir:~/Maildir\n");
      assertThat(backend.passages).hasSize(2);
      assertThat(backend.passages.getFirst().client().orElseThrow().getHostAddress())
          .isEqualTo("192.0.2.1");
      assertThat(backend.log())
          .contains("auth: -: granted reason=password user=joe@example.com service=imap")
          .contains("client=192.0.2.1 mechanism=PLAIN")
          .doesNotContain("sesame");
    }
  }

  @Test
  void aWrongOneIsAnsweredAlikeWhetherOrNotThereIsSuchAnAccount() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      String known = backend.told(PATH, question("joe@example.com", "x", "service", "imap"));
      assertThat(known)
          .isEqualTo(
              "result\tfail\nuser\tjoe@example.com\nreason\twrong name or password\nend\t.\n");
      assertThat(backend.told(PATH, question("jim@example.com", "x", "service", "imap")))
          .isEqualTo(known.replace("joe", "jim"));
      String large = "j".repeat(10_000);
      String told = backend.told(PATH, question(large, "x", "service", "imap"));
      assertThat(told).startsWith("result\tfail\n").hasSizeLessThan(1_000);
      assertThat(backend.log()).contains("mechanism=HTTP").doesNotContain("j".repeat(400));
    }
  }

  @Test
  void passwordsHoldWhateverOctetsTheyHold() throws Exception {
    String odd = "a\tb\nc\rd\u0001e=ä\"";
    try (Backend backend = Backend.open(folder)) {
      backend.accounts.put(Backend.account(Backend.JOE, odd));
      assertThat(backend.told(PATH, question("joe@example.com", odd, "service", "imap")))
          .startsWith("result\tok\n");
      // crypt(3) would stop at a NUL, so that it would do for another one.
      backend.accounts.put(Backend.account(Backend.JOE, "sesame"));
      assertThat(backend.told(PATH, question("joe@example.com", "sesame\0x", "service", "imap")))
          .startsWith("result\tfail\n");
      assertThat(backend.told(PATH, question("joe@example.com", "sesame\0", "service", "imap")))
          .startsWith("result\tfail\n");
      assertThat(backend.told(PATH, question("joe@example.com", "", "service", "imap")))
          .startsWith("result\tfail\n");
    }
  }

  @Test
  void whatTheAccountMayNotIsSaidToWhoHasThePassword() throws Exception {
    try (Backend backend = Backend.open(folder)) {
      Account joe = Backend.account(Backend.JOE, "sesame");
      backend.accounts.put(joe.under(false));
      assertThat(backend.told(PATH, question("joe@example.com", "sesame", "service", "imap")))
          .isEqualTo(
              """
              result\tfail
              user\tjoe@example.com
              reason\tthis domain is switched off
              code\tuser_disabled
              end\t.
              """);
    }
  }

  @Test
  void whatNobodyKnowsIsTemporaryAndAFaultIsOurs() throws Exception {
    String right = question("joe@example.com", "sesame", "service", "imap", "rip", "192.0.2.1");
    try (Backend backend = Backend.open(folder)) {
      backend.accounts.unavailable(Optional.of("gone"));
      assertThat(backend.told(PATH, right)).isEqualTo("result\ttemp\nreason\tdatabase\nend\t.\n");
      backend.accounts.unavailable(Optional.empty());
      for (int i = 0; i < 4; i++) {
        backend.told(PATH, question("u%d@example.com".formatted(i), "x", "rip", "192.0.2.1"));
      }
      assertThat(backend.told(PATH, right)).isEqualTo("result\ttemp\nreason\tblocked\nend\t.\n");
      assertThat(backend.told(PATH, right.replace("192.0.2.1", "192.0.2.9")))
          .startsWith("result\tok\n");
      backend.broken.set(true);
      assertThat(backend.ask(PATH, right).statusCode()).isEqualTo(500);
      assertThat(backend.log()).doesNotContain("sesame");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user\tjoe@example.com\n",
        "password\tsesame\n",
        "user\tjoe@example.com\npassword\tsesame\npassword\tsesame\n",
        "user\tjoe@example.com\npassword\tsesame\nuser\tjim@example.com\n",
        "user\tjoe@example.com\npassword sesame\n",
        "user\tjoe@example.com\npassword\tsesame\n\n",
        "user\tjoe@example.com\n\tsesame\npassword\tsesame\n",
        "user\tjoe@example.com\npassword\tsesame\u0001\n",
        "user\tjoe@example.com\npassword\tsesame\nseries\t2.5\n",
        "{\"user\":\"joe@example.com\",\"password\":\"sesame\"}"
      })
  void whatIsMalformedLetsNobodyIn(String body) throws Exception {
    try (Backend backend = Backend.open(folder)) {
      HttpResponse<String> answer = backend.ask(PATH, body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).doesNotContain("sesame").doesNotContain("ok");
      assertThat(backend.log()).doesNotContain("sesame");
    }
  }

  @Test
  void whoHasNotTheTokenIsNotAnswered() throws Exception {
    byte[] right =
        question("joe@example.com", "sesame", "service", "imap").getBytes(StandardCharsets.UTF_8);
    try (Backend backend = Backend.open(folder)) {
      for (List<String> headers :
          List.of(
              List.<String>of(),
              List.of("Authorization", "Bearer " + Backend.TOKEN + "x"),
              List.of("Authorization", "Bearer"),
              List.of("X-API-Key", Backend.TOKEN))) {
        HttpResponse<String> answer = backend.ask(PATH, right, headers.toArray(String[]::new));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("result");
      }
      assertThat(backend.passages).isEmpty();
      assertThat(backend.log()).doesNotContain(Backend.TOKEN).doesNotContain("sesame");
    }
  }

  @Test
  void theAnswerToAWrongOneIsHeldBackUnlessTheScriptHoldsItItself() throws Exception {
    try (Backend backend = new Backend(folder, Duration.ofMillis(400), List.of())) {
      String wrong = question("joe@example.com", "x", "service", "imap");
      long began = System.nanoTime();
      backend.told(PATH, wrong);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(390));
      assertThat(backend.log()).contains("held_ms=400");
    }
    try (Backend backend = new Backend(folder, Duration.ofHours(1), List.of())) {
      String wrong = question("joe@example.com", "x", "service", "imap", "hold", "no");
      assertThat(backend.told(PATH, wrong)).startsWith("result\tfail\n");
      assertThat(backend.log()).doesNotContain("held_ms");
      assertThat(VerifyRoute.shorter(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(9));
    }
  }

  @Test
  void usersAreFoundByName() throws Exception {
    Address jim = Address.parse("jim@example.com").orElseThrow();
    try (Backend backend = Backend.open(folder)) {
      backend.accounts.put(Backend.account(jim, "x"));
      assertThat(
              backend.told("/auth/userdb", "user\tJIM@example.com\nservice\tlmtp\nseries\t2.3\n"))
          .isEqualTo(
              """
              result\tok
              user\tjim@example.com
              home\t/mail/example.com/jim
              uid\t5000
              gid\t5001
              mail\tmaildir:~/Maildir
              end\t.
              """);
      assertThat(backend.told("/auth/userdb", "user\tann@example.com\n"))
          .isEqualTo("result\tabsent\nend\t.\n");
      assertThat(backend.told("/auth/passdb", "user\tJim@example.com\nservice\timap\n"))
          .isEqualTo("result\tok\nuser\tjim@example.com\nend\t.\n");
      assertThat(backend.told("/auth/passdb", "user\tann@example.com\nservice\timap\n"))
          .isEqualTo("result\tabsent\nend\t.\n");
      assertThat(backend.told("/auth/users", ""))
          .isEqualTo("result\tok\nuser\tjim@example.com\nuser\tjoe@example.com\nend\t.\n");
      assertThat(backend.told("/auth/users", "after\tjim@example.com\n"))
          .isEqualTo("result\tok\nuser\tjoe@example.com\nend\t.\n");
      assertThat(backend.told("/auth/users", "mask\tji*\n"))
          .isEqualTo("result\tok\nuser\tjim@example.com\nend\t.\n");
      assertThat(backend.told("/auth/users", "after\tjoe@example.com\n"))
          .isEqualTo("result\tok\nend\t.\n");
      backend.accounts.unavailable(Optional.of("gone"));
      for (String path : List.of("/auth/userdb", "/auth/passdb", "/auth/users")) {
        assertThat(backend.told(path, "user\tjim@example.com\n"))
            .isEqualTo("result\ttemp\nend\t.\n");
      }
      assertThat(backend.ask("/auth/userdb", "service\timap\n").statusCode()).isEqualTo(400);
    }
  }
}
