package dovetail.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dovetail.observe.Hush;
import dovetail.server.ListenSpec;
import dovetail.server.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of each request and answers it, or says why not. */
final class Dispatcher {
  static final int MOST_BODY_BYTES = 64 * 1024;
  static final int MOST_AT_ONCE = 64;

  /** So many at a time with the token, which keep no scraper waiting. */
  static final int MOST_GUARDED = 256;

  /** So many answers are held back; who comes then has his at once. */
  static final int MOST_HELD = 1_000;

  private static final byte[] NO_BODY = {};
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MOST_QUIET = 100;

  private final List<Route> routes;
  private final Semaphore permits = new Semaphore(MOST_AT_ONCE);
  private final Semaphore guardedPermits = new Semaphore(MOST_GUARDED);
  private final Semaphore held = new Semaphore(MOST_HELD);
  private final Patience patience = new Patience();
  private final Hush strangers;
  private volatile Optional<HttpToken> token = Optional.empty();

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  Dispatcher(List<Route> routes, LongSupplier nanos) {
    this.routes = List.copyOf(routes);
    this.strangers = new Hush(QUIET, MOST_QUIET, nanos);
  }

  /** Demands that token from now on; without one there are no guarded routes. */
  void demand(Optional<HttpToken> other) {
    token = other;
  }

  /** Holds no answer back any more. */
  void stop() {
    patience.stop();
  }

  /**
   * Answers one exchange and ends it.
   *
   * @param spec the listener's, as it is now
   */
  void answer(HttpExchange exchange, Supplier<ListenSpec> spec) {
    try (exchange) {
      HttpResponse response = respond(exchange, spec.get());
      hold(response.delay());
      send(exchange, response);
    } catch (IOException e) {
      LOG.debug("{} went away: {}", exchange.getRemoteAddress(), e.getMessage());
    }
  }

  private void hold(Duration delay) {
    if (delay.isPositive() && held.tryAcquire()) {
      try {
        patience.hold(delay);
      } finally {
        held.release();
      }
    }
  }

  private HttpResponse respond(HttpExchange exchange, ListenSpec spec) throws IOException {
    if (!spec.allows(exchange.getRemoteAddress().getAddress())) {
      return HttpResponse.text(403, "not allowed from here");
    }
    String method = exchange.getRequestMethod();
    String path = Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("");
    Optional<HttpToken> demanded = token;
    List<Route> atPath =
        routes.stream()
            .filter(route -> route.path().equals(path))
            .filter(route -> !route.guarded() || demanded.isPresent())
            .toList();
    if (atPath.isEmpty()) {
      return HttpResponse.text(404, "not found");
    }
    Optional<Route> route = atPath.stream().filter(r -> r.answers(method)).findFirst();
    if (route.isEmpty()) {
      exchange.getResponseHeaders().set("Allow", allow(atPath));
      return HttpResponse.text(405, "method not allowed");
    }
    if (route.get().guarded() && !isKnown(exchange, demanded)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"dovetail\"");
      return HttpResponse.text(401, "the token is missing or is another one");
    }
    Semaphore allowed = route.get().guarded() ? guardedPermits : permits;
    if (!allowed.tryAcquire()) {
      return HttpResponse.text(503, "busy");
    }
    try {
      return handled(route.get(), exchange, new HttpRequest.Target(method, path, query(exchange)));
    } finally {
      allowed.release();
    }
  }

  private static String query(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
  }

  private boolean isKnown(HttpExchange exchange, Optional<HttpToken> demanded) {
    Optional<String> sent =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean known = demanded.filter(one -> one.isIn(sent)).isPresent();
    String peer = exchange.getRemoteAddress().getAddress().getHostAddress();
    if (!known && strangers.speaks(peer)) {
      LOG.warn(
          "{} asked for {} with {}: see http.token_file",
          peer,
          exchange.getRequestURI().getPath(),
          sent.isEmpty() ? "no token" : "another token");
    }
    return known;
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

  private static HttpResponse handled(Route route, HttpExchange exchange, HttpRequest.Target target)
      throws IOException {
    byte[] body = isWithBody(exchange) ? body(exchange.getRequestBody()) : NO_BODY;
    try {
      return body.length > MOST_BODY_BYTES
          ? HttpResponse.text(413, "body too large")
          : handled(
              route,
              new HttpRequest(
                  target,
                  exchange.getRemoteAddress().getAddress(),
                  exchange.getRequestHeaders()::getFirst,
                  body));
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private static byte[] body(InputStream in) throws IOException {
    // One byte more than the cap tells that it is too large.
    return in.readNBytes(MOST_BODY_BYTES + 1);
  }

  /** Nobody waits for what comes with a GET, which means nothing: RFC 9110 9.3.1. */
  private static boolean isWithBody(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    return !method.equals("GET") && !method.equals("HEAD");
  }

  private static boolean isAnnounced(Headers headers) {
    String length = headers.getFirst("Content-Length");
    return headers.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"));
  }

  private static HttpResponse handled(Route route, HttpRequest request) {
    try {
      return route.handler().handle(request);
    } catch (BadRequestException e) {
      return HttpResponse.text(400, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      LOG.error("{} {} failed", route.method(), route.path(), e);
      return HttpResponse.text(500, "internal error");
    }
  }

  private static void send(HttpExchange exchange, HttpResponse response) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", response.contentType());
    if (!isWithBody(exchange) && isAnnounced(exchange.getRequestHeaders())) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    byte[] body = response.body();
    // -1 means no body to the JDK's server, 0 a chunked one.
    exchange.sendResponseHeaders(response.status(), head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
      // Before the JDK's server waits for what it has not been asked to read, as it does at the
      // end.
      exchange.getResponseBody().flush();
    }
  }
}
