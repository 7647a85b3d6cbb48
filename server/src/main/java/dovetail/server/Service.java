package dovetail.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service: its listeners, its connections, and the handler that serves them. */
public final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final Duration EVICTION_TIME = Duration.ofSeconds(1);
  private static final Duration END_TIME = Duration.ofSeconds(1);

  /** What services of one process share. */
  record Shared(
      Watchdog watchdog, ServiceMetrics metrics, LongSupplier nanos, HandedOver handedOver) {}

  private final String name;
  private final ConnectionLimits limits;
  private final ConnectionHandler handler;
  private final Shared shared;
  private final Semaphore permits;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Connection.Context context;
  private final Acceptor acceptor;
  private volatile Map<Listener.Place, Listener> listeners = Map.of();
  private volatile boolean stopping;

  Service(String name, ConnectionLimits limits, ConnectionHandler handler, Shared shared)
      throws IOException {
    this.name = name;
    this.limits = limits;
    this.handler = handler;
    this.shared = shared;
    this.permits = new Semaphore(limits.maxConnections());
    this.context = new Connection.Context(shared.nanos(), () -> stopping);
    this.acceptor = new Acceptor(name, new Gate());
    shared.metrics().serves(name);
  }

  void start() {
    acceptor.start();
  }

  /** The name under which metrics and log lines show it. */
  public String name() {
    return name;
  }

  /** The addresses that are bound, with the ports that the system chose where 0 was asked for. */
  public List<SocketAddress> addresses() {
    return listeners.values().stream().map(Listener::address).toList();
  }

  /** The same for people: "[::1]:8891", "unix:/path". */
  public List<String> printableAddresses() {
    return addresses().stream()
        .map(address ->
            address instanceof InetSocketAddress inet
                ? Listener.printable(inet)
                : "unix:" + address)
        .sorted()
        .toList();
  }

  /** How many connections are open. */
  public int connections() {
    return connections.size();
  }

  int idleConnections() {
    return (int) connections.stream().filter(Connection::isIdle).count();
  }

  /**
   * Changes what is listened on. Sockets that are wanted before and after stay as they are, and
   * open connections live on. All or nothing: when one cannot be bound, nothing has changed. For
   * one thread at a time.
   *
   * @throws IOException naming the address that could not be bound, and why
   */
  public void relisten(List<ListenSpec> specs) throws IOException {
    try (ListenChange change = prepare(specs)) {
      change.commit();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e.getCause());
    }
  }

  /** The first half of {@link #relisten}, for changing several services together. */
  public ListenChange prepare(List<ListenSpec> specs) throws IOException {
    Map<Listener.Place, Listener> before = listeners;
    Listeners next = Listeners.bind(specs, before, shared.handedOver());
    return new ListenChange() {
      private boolean committed;

      @Override
      public void commit() {
        next.publish();
        committed = true;
        next.applySpecs();
        listeners = Collections.unmodifiableMap(next.all());
        next.fresh().forEach(acceptor::add);
        before.values().stream()
            .filter(listener -> !next.all().containsValue(listener))
            .forEach(acceptor::remove);
      }

      @Override
      public void close() {
        if (!committed) {
          next.abandon();
        }
      }
    };
  }

  /** No new connections; idle ones are closed, and each other one when its transaction ends. */
  void stop() {
    stopping = true;
    acceptor.stop();
    listeners.values().forEach(Listener::close);
    connections.forEach(Connection::stopIfIdle);
  }

  /** Waits for transactions to end, then cuts the rest off; returns how many those were. */
  int finish(Duration grace) {
    if (awaitNoConnections(grace)) {
      return 0;
    }
    int cut = 0;
    for (Connection connection : connections) {
      if (connection.cut()) {
        cut++;
      }
    }
    awaitNoConnections(END_TIME);
    return cut;
  }

  /**
   * Stops accepting, closes idle connections at once, lets transactions finish within the grace
   * time, and closes what is left then.
   *
   * @return how many connections were cut off inside a transaction
   */
  public int shutdown(Duration grace) {
    stop();
    return finish(grace);
  }

  /** Every connection gives its permit back as the last thing it does. */
  private boolean awaitNoConnections(Duration time) {
    try {
      if (permits.tryAcquire(limits.maxConnections(), time.toNanos(), TimeUnit.NANOSECONDS)) {
        permits.release(limits.maxConnections());
        return true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** What the acceptor asks of this service, on the acceptor's thread. */
  private final class Gate implements Acceptor.Intake {
    @Override
    public boolean awaitPermit() {
      try {
        while (!permits.tryAcquire()) {
          if (limits.evicting()) {
            evictLongestIdle();
          }
          // Whoever was told to go needs a moment; if that takes long, another one is told.
          if (permits.tryAcquire(EVICTION_TIME.toNanos(), TimeUnit.NANOSECONDS)) {
            return true;
          }
        }
        return true;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public boolean tryPermit() {
      return permits.tryAcquire();
    }

    @Override
    public void returnPermit() {
      permits.release();
    }

    @Override
    public void accepted(SocketChannel channel, Listener listener) {
      admit(channel, listener);
    }

    @Override
    public void failed() {
      shared.metrics().acceptFailed(name);
    }
  }

  private void evictLongestIdle() {
    long now = shared.nanos().getAsLong();
    boolean evicted = false;
    while (!evicted) {
      Connection longest = null;
      for (Connection connection : connections) {
        if (connection.isIdle()
            && (longest == null || connection.idleNanos(now) > longest.idleNanos(now))) {
          longest = connection;
        }
      }
      if (longest == null) {
        return;
      }
      // It may have begun a transaction since; then the next one is looked for.
      evicted = longest.evictIfIdle();
    }
  }

  private void admit(SocketChannel channel, Listener listener) {
    Connection connection;
    try {
      SocketAddress remote = channel.getRemoteAddress();
      ListenSpec spec = listener.spec();
      if (remote instanceof InetSocketAddress inet) {
        if (!spec.allows(inet.getAddress())) {
          LOG.info(
              "{}: {} is not in the allow list of {}", name, listener.peer(inet), spec.address());
          shared.metrics().refused(name);
          refuse(channel);
          return;
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      }
      connection = new Connection(channel, spec, listener.peer(remote), context);
    } catch (IOException | RuntimeException e) {
      LOG.debug("{}: a peer went away before it was served: {}", name, e.getMessage());
      refuse(channel);
      return;
    }
    connections.add(connection);
    shared.watchdog().watch(connection);
    shared.metrics().opened(name);
    Thread.ofVirtual().name(name).start(() -> serve(connection));
  }

  private void refuse(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // The descriptor is gone either way.
    }
    permits.release();
  }

  private void serve(Connection connection) {
    Outcome outcome = Outcome.ERROR;
    try {
      handler.handle(connection);
      outcome = Outcome.DONE;
    } catch (IOException e) {
      outcome = Outcome.of(e);
      report(connection, outcome, e);
    } catch (RuntimeException | Error e) {
      report(connection, outcome, e);
    } finally {
      shared.watchdog().unwatch(connection);
      connection.close();
      shared.metrics().ended(name, outcome);
      connections.remove(connection);
      permits.release();
    }
  }

  private void report(Connection connection, Outcome outcome, Throwable e) {
    String peer = connection.peer();
    switch (outcome) {
      case ERROR -> LOG.error("{}: a fault of ours while serving {}", name, peer, e);
      case PROTOCOL, DEADLINE -> LOG.info("{}: {}: {}", name, peer, e.getMessage());
      case DONE, PEER_CLOSED, WITHDRAWN, REFUSED ->
          LOG.debug("{}: {}: {}", name, peer, e.getMessage());
    }
  }
}
