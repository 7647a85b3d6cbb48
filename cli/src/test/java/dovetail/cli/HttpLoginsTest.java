package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Running;
import dovetail.serve.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins over HTTP, on an embedded database. */
@Timeout(120)
final class HttpLoginsTest {
  private static final String TOKEN = "the-token-of-this-test";
  private static final String OTHER = "another-token-of-this-test";

  @TempDir Path folder = Path.of(".");
  private Site site = new Site(Path.of("."), 0, 0);

  @BeforeEach
  void begin() throws IOException {
    site = Site.in(folder);
    Files.writeString(
        folder.resolve("conf.d").resolve("auth.toml"),
        """
        [http]
        token_file = "%s"
        [auth]
        enabled = true
        listen = ["unix:%s"]
        userdb_listen = []
        dict_auth_listen = []
        dict_listen = []
        mail_home = "/mail/%%{user}"
        """
            .formatted(folder.resolve("token"), folder.resolve("auth")));
    token(TOKEN, "rw-r-----");
  }

  private void token(String token, String permissions) throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, token + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private HttpResponse<String> post(String path, String token, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + site.httpPort() + path))
              .header("Authorization", "Bearer " + token)
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private String verify(String password) throws Exception {
    return post(
            "/auth/verify",
            TOKEN,
            "user\tjoe@example.com\npassword\t%s\nservice\timap\nhold\tno\n".formatted(password))
        .body();
  }

  /** Tables are made while the service runs, so at first it may not know yet. */
  private static String once(Predicate<String> good, Callable<String> asked) throws Exception {
    String told = asked.call();
    while (!good.test(told)) {
      Thread.onSpinWait();
      told = asked.call();
    }
    return told;
  }

  @Test
  void theOwnerChangesHisPasswordAndLogsInWithItTheNextMoment() throws Exception {
    assertThat(Run.of("domain", "add", "example.com", "--config", site.config()).status()).isZero();
    Run added =
        Run.withInput(
            "sesame\n",
            "mailbox",
            "add",
            "joe@example.com",
            "--password-stdin",
            "--config",
            site.config());
    assertThat(added).isEqualTo(new Run(0, "", ""));
    try (Running running = Running.start(site)) {
      assertThat(once(told -> !told.startsWith("result\ttemp"), () -> verify("sesame")))
          .isEqualTo(
              "result\tok\nuser\tjoe@example.com\nuserdb_home\t/mail/joe@example.com\nend\t.\n");
      HttpResponse<String> changed =
          post(
              "/auth/password",
              TOKEN,
              "user=joe%40example.com&curpass=sesame&newpass=another+sesame");
      assertThat(changed.statusCode()).isEqualTo(200);
      assertThat(changed.body()).isEqualTo("ok\n");
      assertThat(verify("another sesame")).startsWith("result\tok\n");
      assertThat(verify("sesame")).startsWith("result\tfail\n");
      assertThat(running.log()).doesNotContain("sesame").doesNotContain(TOKEN);
    }
    assertThat(Run.of("audit", "list", "--config", site.config()).out())
        .contains("joe@example.com")
        .contains("password=(changed)")
        .doesNotContain("sesame")
        .doesNotContain("ARGON2");
  }

  @Test
  void aReloadTakesAnotherTokenAndTheRestIsServedWithoutOne() throws Exception {
    try (Running running = Running.start(site)) {
      assertThat(post("/auth/users", OTHER, "").statusCode()).isEqualTo(401);
      assertThat(post("/auth/users", TOKEN, "").statusCode()).isEqualTo(200);
      token(OTHER, "rw-------");
      running.reload(site);
      assertThat(post("/auth/users", OTHER, "").statusCode()).isEqualTo(200);
      assertThat(post("/auth/users", TOKEN, "").statusCode()).isEqualTo(401);
      assertThat(post("/health", "none", "").statusCode()).isEqualTo(405);
      Files.writeString(
          folder.resolve("conf.d").resolve("auth.toml"),
          """
          [auth]
          enabled = true
          listen = ["unix:%s"]
          userdb_listen = []
          dict_auth_listen = []
          dict_listen = []
          """
              .formatted(folder.resolve("auth")));
      running.reload(site);
      assertThat(post("/auth/users", OTHER, "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aTokenThatOthersMayReadIsAFaultOfTheConfiguration() throws Exception {
    token(TOKEN, "rw-r--r--");
    Run run = Run.of("check-config", "--config", site.config());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("'http.token_file': " + folder.resolve("token"))
        .contains("chmod 0640")
        .doesNotContain(TOKEN);
    token("short", "rw-------");
    assertThat(Run.of("check-config", "--config", site.config()).err())
        .contains("at least 16 characters")
        .doesNotContain("short");
    Files.delete(folder.resolve("token"));
    assertThat(Run.of("check-config", "--config", site.config()).err())
        .contains("there is no such file");
    token(TOKEN, "rw-------");
    assertThat(Run.of("check-config", "--config", site.config()).status()).isZero();
  }
}
