package dovetail.serve;

import dovetail.http.HttpResponse;
import dovetail.http.HttpService;
import dovetail.http.Route;
import dovetail.observe.Health;
import dovetail.observe.Metrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is served over HTTP. */
final class HttpRoutes {
  private static final String SLOWEST_SECONDS = "30";

  private HttpRoutes() {}

  /**
   * Opens it.
   *
   * @param more what the services have to offer
   */
  static HttpService open(
      Configuration configuration, Metrics metrics, Health health, List<Route> more)
      throws IOException {
    // The JDK's server reads these once, before its first use.
    System.setProperty("sun.net.httpserver.maxReqTime", SLOWEST_SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", SLOWEST_SECONDS);
    // Head and body of an answer are two packets, and the second waits for nothing.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    List<Route> routes = new ArrayList<>(more);
    routes.add(
        Route.open(
            "GET", "/metrics", _ -> new HttpResponse(200, Metrics.CONTENT_TYPE, metrics.text())));
    routes.add(
        Route.open(
            "GET",
            "/health",
            _ -> new HttpResponse(health.status(), "application/json", health.json())));
    return HttpService.open(
        configuration.settings().get(ServerConfig.HTTP_LISTEN),
        routes,
        configuration.token(),
        System::nanoTime);
  }
}
