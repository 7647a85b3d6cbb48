package dovetail.serve;

import dovetail.http.HttpResponse;
import dovetail.http.HttpService;
import dovetail.http.Route;
import dovetail.observe.Health;
import dovetail.observe.Metrics;
import dovetail.server.ListenSpec;
import java.io.IOException;
import java.util.List;

/** What is served over HTTP. */
final class HttpRoutes {
  private static final String SLOWEST_SECONDS = "30";

  private HttpRoutes() {}

  static HttpService open(List<ListenSpec> listen, Metrics metrics, Health health)
      throws IOException {
    // The JDK's server reads these once, before its first use.
    System.setProperty("sun.net.httpserver.maxReqTime", SLOWEST_SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", SLOWEST_SECONDS);
    return HttpService.open(
        listen,
        List.of(
            new Route(
                "GET",
                "/metrics",
                _ -> new HttpResponse(200, Metrics.CONTENT_TYPE, metrics.text())),
            new Route(
                "GET",
                "/health",
                _ -> new HttpResponse(health.status(), "application/json", health.json()))));
  }
}
