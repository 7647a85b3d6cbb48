package dovetail.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.observe.LogFormat;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Logs;
import dovetail.server.ListenSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Who gets at what is not for everybody, and that nobody waits for those who are held back. */
@Timeout(30)
final class HttpTokenTest {
  private static final String TOKEN = "a-token-of-some-length";

  @TempDir private Path folder;

  private Path file(String text, String permissions) throws IOException {
    Path file = folder.resolve("token");
    Files.deleteIfExists(file);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private HttpToken token(String text) throws IOException {
    return HttpToken.read(file(text, "rw-r-----"));
  }

  @Test
  void aTokenIsOneLineThatOthersCannotRead() throws Exception {
    assertThat(token(TOKEN + "\n").isIn(Optional.of("Bearer " + TOKEN))).isTrue();
    for (String bad : List.of("", "short\n", "two lines of\na token\n", "a token with blanks in")) {
      assertThatThrownBy(() -> token(bad))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("expected")
          .hasMessageNotContaining("short")
          .hasMessageNotContaining("blanks in");
    }
    assertThatThrownBy(() -> token("x".repeat(5_000))).hasMessageContaining("one line");
    assertThatThrownBy(() -> HttpToken.read(file(TOKEN, "rw-r--r--")))
        .hasMessageContaining("chmod 0640")
        .hasMessageNotContaining(TOKEN);
    assertThatThrownBy(() -> HttpToken.read(file(TOKEN, "rw-----w-")))
        .hasMessageContaining("chmod 0640");
    assertThatThrownBy(() -> HttpToken.read(folder.resolve("none")))
        .hasMessageContaining("there is no such file");
    assertThat(token(TOKEN).toString()).doesNotContain(TOKEN);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itIsABearersOrAnybodysPassword() throws Exception {
    HttpToken token = token(TOKEN);
    for (String good :
        List.of("bearer  " + TOKEN + " ", basic("dovecot:" + TOKEN), basic(":" + TOKEN))) {
      assertThat(token.isIn(Optional.of(good))).as(good).isTrue();
    }
    for (String bad :
        List.of(
            "",
            TOKEN,
            "Bearer",
            "Bearer ",
            "Bearer " + TOKEN + "x",
            "Digest " + TOKEN,
            basic(TOKEN),
            basic(TOKEN + ":"),
            basic("x:y:" + TOKEN),
            "Basic !" + TOKEN)) {
      assertThat(token.isIn(Optional.of(bad))).as(bad).isFalse();
    }
    assertThat(token.isIn(Optional.empty())).isFalse();
  }

  private static HttpService open(List<Route> routes, Optional<HttpToken> token)
      throws IOException {
    return HttpService.open(
        List.of(ListenSpec.of("inet:127.0.0.1:0")), routes, token, System::nanoTime);
  }

  private static java.net.http.HttpRequest request(
      HttpService service, String path, String... headers) {
    var builder =
        java.net.http.HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d%s"
                        .formatted(service.addresses().getFirst().getPort(), path)))
            .POST(BodyPublishers.ofString("body of " + path));
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder.build();
  }

  @Test
  void guardedRoutesDemandItAndAreNotThereWithoutOne() throws Exception {
    List<Route> routes =
        List.of(
            Route.open("POST", "/open", _ -> HttpResponse.text(200, "open")),
            Route.guarded(
                "POST",
                "/guarded",
                request ->
                    HttpResponse.text(
                        200,
                        String.join(
                            " ",
                            new String(request.body(), StandardCharsets.UTF_8),
                            request.parameter("x").orElse("-"),
                            request.header("x-head").orElse("-"),
                            request.peer().getHostAddress()))));
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    LogOutput output = new LogOutput(log);
    Logs.install(output, new LogStyle(LogFormat.TEXT, false), Level.INFO);
    try (HttpService service = open(routes, Optional.empty());
        HttpClient client = HttpClient.newHttpClient()) {
      var known = request(service, "/guarded", "Authorization", "Bearer " + TOKEN);
      assertThat(client.send(known, BodyHandlers.discarding()).statusCode()).isEqualTo(404);

      service.demand(Optional.of(token(TOKEN)));
      assertThat(client.send(known, BodyHandlers.ofString()).body())
          .isEqualTo("body of /guarded - - 127.0.0.1\n");
      var more =
          request(
              service, "/guarded?x=%C3%A4+b", "authorization", "bearer " + TOKEN, "X-HEAD", "head");
      assertThat(client.send(more, BodyHandlers.ofString()).body())
          .isEqualTo("body of /guarded?x=%C3%A4+b ä b head 127.0.0.1\n");
      var twice = request(service, "/guarded?x=1&x=2", "Authorization", "Bearer " + TOKEN);
      assertThat(client.send(twice, BodyHandlers.discarding()).statusCode()).isEqualTo(400);

      var without = client.send(request(service, "/guarded"), BodyHandlers.ofString());
      assertThat(without.statusCode()).isEqualTo(401);
      assertThat(without.headers().firstValue("WWW-Authenticate")).isPresent();
      var wrong = request(service, "/guarded", "Authorization", "Bearer " + TOKEN + "x");
      assertThat(client.send(wrong, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
      assertThat(client.send(request(service, "/open"), BodyHandlers.ofString()).body())
          .isEqualTo("open\n");
      output.flush();
      assertThat(log.toString(StandardCharsets.UTF_8))
          .contains("127.0.0.1 asked for /guarded with no token")
          .doesNotContain(TOKEN);
    } finally {
      Logs.install(
          new LogOutput(OutputStream.nullOutputStream()),
          new LogStyle(LogFormat.TEXT, false),
          Level.WARN);
    }
  }

  @Test
  void whoIsHeldBackKeepsNobodyWaitingAndIsLetGoAtTheEnd() throws Exception {
    CountDownLatch asked = new CountDownLatch(2 * Dispatcher.MOST_GUARDED);
    List<Route> routes =
        List.of(
            Route.guarded(
                "POST",
                "/held",
                _ -> {
                  asked.countDown();
                  return HttpResponse.text(200, "late").after(Duration.ofHours(1));
                }),
            Route.guarded("POST", "/quick", _ -> HttpResponse.text(200, "quick")));
    HttpService service = open(routes, Optional.of(token(TOKEN)));
    String[] known = {"Authorization", "Bearer " + TOKEN};
    try (service;
        HttpClient client = HttpClient.newHttpClient()) {
      List<CompletableFuture<?>> held = new java.util.ArrayList<>();
      for (int i = 0; i < 2 * Dispatcher.MOST_GUARDED; i++) {
        held.add(client.sendAsync(request(service, "/held", known), BodyHandlers.ofString()));
      }
      asked.await();
      assertThat(client.send(request(service, "/quick", known), BodyHandlers.ofString()).body())
          .isEqualTo("quick\n");
      assertThat(held).noneMatch(CompletableFuture::isDone);
      service.close();
      for (CompletableFuture<?> one : held) {
        assertThat(one.handle((_, _) -> "over").get()).isEqualTo("over");
      }
    }
  }
}
