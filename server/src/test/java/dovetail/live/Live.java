package dovetail.live;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dovetail.observe.LogFormat;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.ConnectionHandler;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenSpec;
import dovetail.server.Server;
import dovetail.server.Service;
import dovetail.server.io.BoundedInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A service that listens, with a clock that stands still unless a test moves it; what it logs and
 * counts is kept.
 *
 * @param <H> what serves its connections
 */
public abstract class Live<H extends ConnectionHandler> implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final String name;
  private final Clock clock = new Clock();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LogOutput output = new LogOutput(written);
  private final Metrics metrics = new Metrics();
  private final Complaints complaints;
  private final H handler;
  private final Server server;
  private final Service service;

  /** Nanoseconds, and how often they are looked at. */
  private static final class Clock {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();

    private long now() {
      if (Thread.currentThread().isVirtual()) {
        looks.incrementAndGet();
      }
      return nanos.get();
    }
  }

  /**
   * What a handler is made of.
   *
   * @param log of which {@link #lines()} are
   * @param metrics of which {@link #metric} is
   * @param passed how many nanoseconds have passed
   * @param ticker the same; whether anybody looks at it is counted
   */
  public record Surroundings(
      TransactionLog log, Metrics metrics, LongSupplier passed, LongSupplier ticker) {}

  /**
   * Begins to listen.
   *
   * @param name of the service, and of its logger
   * @param address as in the configuration
   * @param maxConnections at a time; one more has another closed
   */
  protected Live(String name, String address, int maxConnections, Function<Surroundings, H> handler)
      throws IOException {
    this(name, address, ConnectionLimits.evicting(maxConnections), handler);
  }

  /** Begins to listen, with other limits. */
  protected Live(
      String name, String address, ConnectionLimits limits, Function<Surroundings, H> handler)
      throws IOException {
    this.name = name;
    LogStyle style = new LogStyle(LogFormat.TEXT, false);
    TransactionLog log = new TransactionLog(output, style, InstantSource.fixed(Instant.EPOCH));
    this.handler = handler.apply(new Surroundings(log, metrics, clock.nanos::get, clock::now));
    server = new Server(metrics, clock::now);
    service = server.open(name, List.of(ListenSpec.of(address)), limits, this.handler);
    complaints = Complaints.begin(name);
  }

  /** What serves the connections. */
  protected H handler() {
    return handler;
  }

  /** How often the threads that serve connections have looked at the clock. */
  public long looks() {
    return clock.looks.get();
  }

  /** Where it listens. */
  public SocketAddress address() {
    return service.addresses().getFirst();
  }

  /** Lets time pass; the watchdog looks at it a few times a second. */
  public void pass(Duration time) {
    clock.nanos.addAndGet(time.toNanos());
  }

  /** How many connections are open. */
  public int connections() {
    return service.connections();
  }

  /** Shuts it down; how many connections were cut off inside a transaction. */
  public int shutdown(Duration grace) {
    return server.shutdown(grace);
  }

  /** Writes a line for each request from now on. */
  public void debug() {
    complaints.own().setLevel(Level.DEBUG);
  }

  /** The lines about requests, as far as they are written. */
  public List<String> lines() {
    output.flush();
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** What was logged as a warning or an error. */
  public List<String> complaints() {
    return complaints.lines();
  }

  /** A metric's value, by its name with labels as Prometheus prints it; 0 if it is not there. */
  public double metric(String metric) {
    return new String(metrics.text(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  /** Waits for what must come true soon, however slow the machine is. */
  public static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Whether the other side has closed, however it did that, with nothing said before. */
  public static boolean ends(BoundedInput in) {
    try {
      return in.atEnd();
    } catch (IOException _) {
      return true; // a socket that is closed with input unread is reset
    }
  }

  /** Closes it, and looks whether anything was our own fault. */
  public void expectNoFault() {
    server.close();
    String label = "service=\"" + name + "\"}";
    assertThat(metric("dovetail_connections_total{outcome=\"error\"," + label)).isZero();
    assertThat(metric("dovetail_connections_open{" + label)).isZero();
  }

  @Override
  public void close() {
    server.close();
    complaints.end();
  }
}
