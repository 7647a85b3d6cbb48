package dovetail.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dovetail.counter.Suspension;
import dovetail.observe.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators are told of an account that was suspended. */
final class AlertsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static String text(String account) {
    return Alerts.text(
        new Suspension(account, NOW, NOW.plusSeconds(3600), "domains", "51 domains"), "breaker");
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  /** A relay that takes connections and says nothing: each mail waits for its time-outs. */
  @Test
  void aRelayThatDoesNotAnswerKeepsBackNeitherTheWebhookNorTheMetric(@TempDir Path folder)
      throws Exception {
    List<String> posted = new CopyOnWriteArrayList<>();
    HttpServer hook =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    hook.start();
    Metrics metrics = new Metrics();
    try (ServerSocket relay = new ServerSocket(0, 9, InetAddress.ofLiteral("127.0.0.1"))) {
      Site site = Site.in(folder);
      Files.writeString(
          folder.resolve("conf.d").resolve("store.toml"),
          """
          server.relay = "127.0.0.1:%d"
          policy.alert_to = ["admin@example.com", "other@example.com"]
          policy.alert_webhook = "http://127.0.0.1:%d/"
          """
              .formatted(relay.getLocalPort(), hook.getAddress().getPort()));
      try (Alerts alerts = new Alerts(site.load(), metrics, new SecureRandom())) {
        for (String account : List.of("ann", "bob")) {
          alerts.stopped(
              new Suspension(account, NOW, NOW.plusSeconds(3600), "domains", "51 domains"), "b");
        }
        assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
            .contains("dovetail_policy_suspensions_total{cause=\"domains\"} 2");
        await(() -> posted.size() == 2);
        assertThat(posted.getLast()).contains("\"account\":\"bob\",\"rule\":\"b\"");
      }
    } finally {
      hook.stop(0);
    }
  }

  @Test
  void namesTheAccountInWordsAndInCommands() {
    assertThat(text("ann@example.com").lines())
        .contains(
            "The account ann@example.com does not send as it used to: 51 domains.",
            "The rule \"breaker\" suspended it: it may not send until 2026-03-01T13:00:00Z; it receives as before.",
            "    dovetail limit show ann@example.com",
            "    dovetail limit release ann@example.com",
            "    dovetail limit set --bulk ann@example.com");
  }

  @Test
  void commandsAreSafeToPasteWhateverTheAccountIsCalled() {
    assertThat(text("o'neil; $(reboot)").lines())
        .contains(
            "The account o'neil; $(reboot) does not send as it used to: 51 domains.",
            "    dovetail limit show 'o'\\''neil; $(reboot)'",
            "    dovetail limit release 'o'\\''neil; $(reboot)'",
            "    dovetail limit set --bulk 'o'\\''neil; $(reboot)'");
    assertThat(text("-x").lines()).contains("    dovetail limit set --bulk -- -x");
    assertThat(text("a\u001b[2Jb\nc").lines())
        .contains("    dovetail limit release 'a\\u{1b}[2Jb\\nc'");
  }
}
