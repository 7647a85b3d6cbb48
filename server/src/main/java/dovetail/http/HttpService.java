package dovetail.http;

import com.sun.net.httpserver.HttpServer;
import dovetail.server.ListenAddress;
import dovetail.server.ListenChange;
import dovetail.server.ListenSpec;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Serves routes over HTTP on internet sockets, with the JDK's own server.
 *
 * <p>How long a slow client may take is for the JDK's server a setting of the whole process, read
 * once before the first use: the system properties {@code sun.net.httpserver.maxReqTime} and {@code
 * sun.net.httpserver.maxRspTime}, in seconds. The wiring sets both to 30.
 */
public final class HttpService implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final int SAME_PORT_ATTEMPTS = 20;

  private final Dispatcher dispatcher;
  private volatile Map<InetSocketAddress, Bound> bound = Map.of();

  /** One bound socket, and what is configured for it now. */
  private static final class Bound {
    private final HttpServer server;
    private volatile ListenSpec spec;

    Bound(HttpServer server, ListenSpec spec) {
      this.server = server;
      this.spec = spec;
    }
  }

  private HttpService(List<Route> routes, LongSupplier nanos) {
    this.dispatcher = new Dispatcher(routes, nanos);
  }

  /**
   * Binds all addresses and answers from then on.
   *
   * @param specs inet only
   * @param nanos a clock that only goes forward, in nanoseconds
   * @throws IOException naming the address that could not be bound; nothing is open then
   */
  public static HttpService open(
      List<ListenSpec> specs, List<Route> routes, Optional<HttpToken> token, LongSupplier nanos)
      throws IOException {
    HttpService service = new HttpService(routes, nanos);
    service.demand(token);
    service.relisten(specs);
    return service;
  }

  /** Demands that token from now on; without one there are no guarded routes. */
  public void demand(Optional<HttpToken> token) {
    dispatcher.demand(token);
  }

  /** The addresses that are bound. */
  public List<InetSocketAddress> addresses() {
    return bound.values().stream().map(one -> one.server.getAddress()).toList();
  }

  /** Changes what is listened on; sockets wanted before and after stay. All or nothing. */
  public void relisten(List<ListenSpec> specs) throws IOException {
    try (ListenChange change = prepare(specs)) {
      change.commit();
    }
  }

  /** The first half of {@link #relisten}, for changing several services together. */
  public ListenChange prepare(List<ListenSpec> specs) throws IOException {
    Map<InetSocketAddress, Bound> before = bound;
    Map<InetSocketAddress, ListenSpec> wanted = wanted(specs);
    boolean chosen = wanted.keySet().stream().anyMatch(address -> address.getPort() == 0);
    for (int attempt = 1; ; attempt++) {
      try {
        return new Change(before, wanted, bindAll(wanted, before));
      } catch (IOException e) {
        // A port that the system chose on one loopback may be taken on the other.
        if (!chosen || attempt == SAME_PORT_ATTEMPTS || !(e.getCause() instanceof BindException)) {
          throw e;
        }
      }
    }
  }

  private Map<InetSocketAddress, Bound> bindAll(
      Map<InetSocketAddress, ListenSpec> wanted, Map<InetSocketAddress, Bound> before)
      throws IOException {
    Map<InetSocketAddress, Bound> fresh = new LinkedHashMap<>();
    try {
      for (Map.Entry<InetSocketAddress, ListenSpec> entry : wanted.entrySet()) {
        if (!before.containsKey(entry.getKey())) {
          fresh.put(entry.getKey(), bind(entry.getKey(), entry.getValue(), fresh));
        }
      }
    } catch (IOException | RuntimeException e) {
      fresh.values().forEach(HttpService::close);
      throw e;
    }
    return fresh;
  }

  private static Map<InetSocketAddress, ListenSpec> wanted(List<ListenSpec> specs)
      throws IOException {
    Map<InetSocketAddress, ListenSpec> wanted = new LinkedHashMap<>();
    for (ListenSpec spec : specs) {
      switch (spec.address()) {
        case ListenAddress.Inet inet ->
            inet.socketAddresses().forEach(address -> wanted.put(address, spec));
        case ListenAddress.Unix unix ->
            throw new IOException("HTTP is served on inet sockets only, not on " + unix);
      }
    }
    return wanted;
  }

  private final class Change implements ListenChange {
    private final Map<InetSocketAddress, Bound> before;
    private final Map<InetSocketAddress, ListenSpec> wanted;
    private final Map<InetSocketAddress, Bound> fresh;
    private boolean committed;

    Change(
        Map<InetSocketAddress, Bound> before,
        Map<InetSocketAddress, ListenSpec> wanted,
        Map<InetSocketAddress, Bound> fresh) {
      this.before = before;
      this.wanted = wanted;
      this.fresh = fresh;
    }

    @Override
    public void commit() {
      committed = true;
      Map<InetSocketAddress, Bound> next = new LinkedHashMap<>();
      wanted.forEach((address, spec) -> {
        Bound one = fresh.getOrDefault(address, before.get(address));
        if (one != null) {
          one.spec = spec;
          next.put(address, one);
        }
      });
      bound = next;
      fresh.values().forEach(one -> one.server.start());
      List<Bound> gone = new ArrayList<>(before.values());
      gone.removeAll(next.values());
      gone.forEach(HttpService::close);
    }

    @Override
    public void close() {
      if (!committed) {
        fresh.values().forEach(HttpService::close);
      }
    }
  }

  /** With port 0 on both loopbacks the second takes the first one's port. */
  private Bound bind(
      InetSocketAddress address, ListenSpec spec, Map<InetSocketAddress, Bound> siblings)
      throws IOException {
    InetSocketAddress exact = address;
    if (address.getPort() == 0) {
      for (Bound sibling : siblings.values()) {
        if (sibling.spec.equals(spec)) {
          exact =
              new InetSocketAddress(address.getAddress(), sibling.server.getAddress().getPort());
        }
      }
    }
    HttpServer server;
    try {
      server = HttpServer.create(exact, BACKLOG);
    } catch (IOException e) {
      throw new IOException("cannot listen on %s: %s".formatted(spec.address(), e.getMessage()), e);
    }
    Bound one = new Bound(server, spec);
    server.setExecutor(onVirtualThreads());
    server.createContext("/", exchange -> dispatcher.answer(exchange, () -> one.spec));
    return one;
  }

  private static Executor onVirtualThreads() {
    return task -> Thread.ofVirtual().name("http").start(task);
  }

  private static void close(Bound one) {
    one.server.stop(0);
  }

  /** Closes all sockets; requests under way are cut off. */
  @Override
  public void close() {
    dispatcher.stop();
    bound.values().forEach(HttpService::close);
    bound = Map.of();
  }
}
