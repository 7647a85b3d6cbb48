package dovetail.http;

import com.sun.net.httpserver.HttpExchange;
import dovetail.server.ListenSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of each request and answers it, or says why not. */
final class Dispatcher {
  static final int MOST_BODY_BYTES = 64 * 1024;
  static final int MOST_AT_ONCE = 64;
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final List<Route> routes;
  private final Semaphore permits = new Semaphore(MOST_AT_ONCE);

  Dispatcher(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /**
   * Answers one exchange and ends it.
   *
   * @param spec the listener's, as it is now
   */
  void answer(HttpExchange exchange, Supplier<ListenSpec> spec) {
    try (exchange) {
      if (!permits.tryAcquire()) {
        send(exchange, HttpResponse.text(503, "busy"));
        return;
      }
      try {
        send(exchange, respond(exchange, spec.get()));
      } finally {
        permits.release();
      }
    } catch (IOException e) {
      LOG.debug("{} went away: {}", exchange.getRemoteAddress(), e.getMessage());
    }
  }

  private HttpResponse respond(HttpExchange exchange, ListenSpec spec) throws IOException {
    if (!spec.allows(exchange.getRemoteAddress().getAddress())) {
      return HttpResponse.text(403, "not allowed from here");
    }
    String method = exchange.getRequestMethod();
    String path = Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("");
    List<Route> atPath = routes.stream().filter(route -> route.path().equals(path)).toList();
    if (atPath.isEmpty()) {
      return HttpResponse.text(404, "not found");
    }
    Optional<Route> route = atPath.stream().filter(r -> r.answers(method)).findFirst();
    if (route.isEmpty()) {
      exchange.getResponseHeaders().set("Allow", allow(atPath));
      return HttpResponse.text(405, "method not allowed");
    }
    if (isBodyTooLarge(exchange)) {
      return HttpResponse.text(413, "body too large");
    }
    return handled(route.get(), new HttpRequest(method, path));
  }

  /** RFC 9110 10.2.1. */
  private static String allow(List<Route> atPath) {
    List<String> methods = new ArrayList<>();
    for (Route route : atPath) {
      methods.add(route.method());
      if (route.method().equals("GET")) {
        methods.add("HEAD");
      }
    }
    return methods.stream().distinct().collect(Collectors.joining(", "));
  }

  /** One byte more than the cap tells that it is too large. */
  private static boolean isBodyTooLarge(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    return in.readNBytes(MOST_BODY_BYTES + 1).length > MOST_BODY_BYTES;
  }

  private static HttpResponse handled(Route route, HttpRequest request) {
    try {
      return route.handler().handle(request);
    } catch (IOException | RuntimeException e) {
      LOG.error("{} {} failed", route.method(), route.path(), e);
      return HttpResponse.text(500, "internal error");
    }
  }

  private static void send(HttpExchange exchange, HttpResponse response) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", response.contentType());
    boolean head = exchange.getRequestMethod().equals("HEAD");
    byte[] body = response.body();
    // -1 means no body to the JDK's server, 0 a chunked one.
    exchange.sendResponseHeaders(response.status(), head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
