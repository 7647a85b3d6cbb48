package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.answer.Reason;
import dovetail.manual.KnownMetrics;
import dovetail.serve.Running;
import dovetail.serve.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What alerts, dashboard and documents say of metrics is what a process with all services has. */
@Timeout(120)
final class MonitoringTest {
  private static final Path CHECKOUT = Path.of("..");
  private static final Path ALERTS = CHECKOUT.resolve("packaging/prometheus/dovetail.rules.yml");
  private static final Path DASHBOARD = CHECKOUT.resolve("packaging/grafana/dovetail.json");

  @TempDir private Path folder;

  @Test
  void whatIsWatchedIsThere() throws Exception {
    Site site = everything();
    try (Running running = Running.start(site)) {
      for (String line : List.of("signatures are computed by", "the database answers")) {
        while (!running.log().contains(line)) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
      }
      Run.of("ping", "--config", site.config());
      Run.withInput("sesame\n", "ping", "--login", "joe@example.com", "--config", site.config());
      KnownMetrics known = new KnownMetrics(running.metrics());
      assertThat(known.mistakes("dovetail_auth_logins_total{reason=\"no-account\"}")).isEmpty();
      known.may(
          "dovetail_auth_logins_total",
          "reason",
          Stream.of(Reason.values()).map(Reason::word).toList());
      known.may("dovetail_policy_limit_warnings_total", "rule", List.of());

      assertThat(known.mistakes(Files.readString(ALERTS))).isEmpty();
      String expressions = String.join("\n", expressions());
      assertThat(known.mistakes(expressions)).isEmpty();
      for (Path document : documents()) {
        assertThat(known.mistakes(Files.readString(document))).as("%s", document).isEmpty();
      }
      assertThat(
              known.names().stream()
                  .filter(name -> !name.endsWith("_sum") && !name.endsWith("_count")))
          .as("all is on the dashboard")
          .allSatisfy(name -> assertThat(expressions).contains(name + "{"));
    }
  }

  @Test
  void seesWhatIsNotThere() throws Exception {
    try (Running running = Running.start(everything())) {
      KnownMetrics known = new KnownMetrics(running.metrics());
      assertThat(known.mistakes("rate(dovetail_milter_mesages_total[5m])"))
          .containsExactly("there is no dovetail_milter_mesages_total");
      assertThat(
              known.mistakes(
                  "`dovetail_milter_messages_total{reason=\"no-key\"}`, `{reason=\"lost\"}`"))
          .containsExactly("dovetail_milter_messages_total has no reason=\"lost\"");
      assertThat(known.mistakes("sum by (job, reson) (dovetail_milter_messages_total)"))
          .containsExactly("there is no label reson");
    }
  }

  /** All services, each with something to count. */
  private Site everything() throws IOException {
    Site site = Site.in(folder);
    Files.writeString(
        folder.resolve("conf.d/zz.toml"),
        """
        [milter.dmarc.reports]
        enabled = true
        email = "reports@example.com"
        spool = "%1$s/spool"
        [lookup]
        enabled = true
        listen = ["inet:127.0.0.1:%2$d"]
        mta_sts = true
        mta_sts_folder = "%1$s/mta-sts"
        [policy]
        enabled = true
        listen = ["inet:127.0.0.1:%3$d"]
        [[policy.rule]]
        type = "access"
        action = "refuse"
        [auth]
        enabled = true
        listen = ["inet:127.0.0.1:%4$d"]
        userdb_listen = ["unix:%1$s/userdb"]
        dict_auth_listen = []
        dict_listen = ["unix:%1$s/dict"]
        """
            .formatted(folder, Site.freePort(), Site.freePort(), Site.freePort()));
    return site;
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.list(CHECKOUT.resolve("docs"))) {
      return Stream.concat(
              files.filter(file -> file.toString().endsWith(".md")),
              Stream.of(CHECKOUT.resolve("README.md")))
          .toList();
    }
  }

  /** What the dashboard asks, in the order in which it stands there. */
  private static List<String> expressions() throws IOException {
    Stream.Builder<String> found = Stream.builder();
    try (JsonParser json =
        new JsonFactory().createParser(ObjectReadContext.empty(), Files.readString(DASHBOARD))) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING
            && ("expr".equals(json.currentName()) || "definition".equals(json.currentName()))) {
          found.add(json.getString());
        }
      }
    }
    return found.build().toList();
  }
}
