package dovetail.serve;

import dovetail.observe.LogFormat;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Logs;
import dovetail.observe.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.slf4j.event.Level;

/** Services that run inside the test, and what they log. */
public final class Running implements AutoCloseable {
  private final RunningServices services;
  private final LogOutput output;
  private final ByteArrayOutputStream log;
  private final HttpClient client = HttpClient.newHttpClient();

  private Running(RunningServices services, LogOutput output, ByteArrayOutputStream log) {
    this.services = services;
    this.output = output;
    this.log = log;
  }

  /** Starts all services of a site, or those that are named. */
  public static Running start(Site site, String... only) throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    LogOutput output = new LogOutput(log);
    LogStyle style = new LogStyle(LogFormat.TEXT, false);
    Logs.install(output, style, Level.INFO);
    return new Running(
        RunningServices.start(site.load(), Set.of(only), output, style), output, log);
  }

  RunningServices services() {
    return services;
  }

  /** Uses another configuration. */
  public void reload(Site site) throws Exception {
    services.reload(site.load());
  }

  /** All that is counted. */
  public Metrics metrics() {
    return services.metrics();
  }

  /** All that has been logged. */
  public String log() {
    output.flush();
    return log.toString(StandardCharsets.UTF_8);
  }

  /** What is served under that path. */
  HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    services.close();
    client.close();
    Logs.install(
        new LogOutput(java.io.OutputStream.nullOutputStream()),
        new LogStyle(LogFormat.TEXT, false),
        Level.WARN);
  }
}
