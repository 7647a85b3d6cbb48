package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dovetail.observe.LogFormat;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.wire.PolicyClient;
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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** Policies that listen, with a clock that stands still unless a test moves it. */
final class LivePolicy implements AutoCloseable {
  static final PolicySettings SETTINGS =
      new PolicySettings(Duration.ofSeconds(30), Duration.ofSeconds(1000), List.of());
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LogOutput output = new LogOutput(written);
  private final Metrics metrics = new Metrics();
  private final Complaints complaints = new Complaints();
  private final PolicyService handler;
  private final Server server;
  private final Service service;
  private final Level level;

  /** Log events that wake an administrator. */
  private static final class Complaints extends AppenderBase<ILoggingEvent> {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
        lines.add(event.getFormattedMessage());
      }
    }

    private static Logger root() {
      return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static Logger ofPolicies() {
      return (Logger) LoggerFactory.getLogger("policy");
    }

    /** Takes what is logged; that of policies, which many tests provoke, for nobody else to see. */
    private void begin() {
      start();
      root().addAppender(this);
      ofPolicies().addAppender(this);
      ofPolicies().setAdditive(false);
    }

    private void end() {
      root().detachAppender(this);
      ofPolicies().detachAppender(this);
      ofPolicies().setAdditive(true);
      ofPolicies().setLevel(null);
      stop();
    }
  }

  private LivePolicy(List<NamedRule> rules, String address, int maxConnections) throws IOException {
    LogStyle style = new LogStyle(LogFormat.TEXT, false);
    handler =
        new PolicyService(
            new PolicyService.State(SETTINGS, rules),
            new TransactionLog(output, style, InstantSource.fixed(Instant.EPOCH)),
            metrics,
            new PolicyService.Clocks(() -> NOW.plusNanos(nanos.get()), this::now));
    server = new Server(metrics, this::now);
    service =
        server.open(
            "policy",
            List.of(ListenSpec.of(address)),
            ConnectionLimits.evicting(maxConnections),
            handler);
    level = Complaints.root().getLevel();
    Complaints.root().setLevel(Level.WARN); // faults of peers are many here, and not worth a line
    complaints.begin();
  }

  private long now() {
    if (Thread.currentThread().isVirtual()) {
      looks.incrementAndGet();
    }
    return nanos.get();
  }

  /** How often the threads that serve connections have looked at the clock. */
  long looks() {
    return looks.get();
  }

  static LivePolicy open(List<NamedRule> rules, String address) throws IOException {
    return new LivePolicy(rules, address, 100);
  }

  static LivePolicy open(NamedRule... rules) throws IOException {
    return open(100, rules);
  }

  static LivePolicy open(int maxConnections, NamedRule... rules) throws IOException {
    return new LivePolicy(List.of(rules), "inet:127.0.0.1:0", maxConnections);
  }

  SocketAddress address() {
    return service.addresses().getFirst();
  }

  PolicyClient client() throws IOException {
    return PolicyClient.connect(address());
  }

  void reload(NamedRule... rules) {
    handler.reload(new PolicyService.State(SETTINGS, List.of(rules)));
  }

  /** Our own milter has refused a message. */
  void refund(String queueId) {
    handler.refund(queueId);
  }

  /** Writes a line for each request from now on. */
  void debug() {
    Complaints.ofPolicies().setLevel(Level.DEBUG);
  }

  /** Lets time pass; the watchdog looks at it a few times a second. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  int connections() {
    return service.connections();
  }

  int shutdown(Duration grace) {
    return server.shutdown(grace);
  }

  /** The lines about requests, as far as they are written. */
  List<String> lines() {
    output.flush();
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** What was logged as a warning or an error. */
  List<String> complaints() {
    return List.copyOf(complaints.lines);
  }

  /** A metric's value, by its name with labels as Prometheus prints it; 0 if it is not there. */
  double metric(String name) {
    return new String(metrics.text(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  /** Waits for what must come true soon, however slow the machine is. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Whether the other side has closed, however it did that, with nothing said before. */
  static boolean ends(BoundedInput in) {
    try {
      return in.atEnd();
    } catch (IOException _) {
      return true; // a socket that is closed with input unread is reset
    }
  }

  /** Closes it, and looks whether anything was our own fault. */
  void expectNoFault() {
    server.close();
    assertThat(metric("dovetail_connections_total{outcome=\"error\",service=\"policy\"}")).isZero();
    assertThat(metric("dovetail_connections_open{service=\"policy\"}")).isZero();
  }

  @Override
  public void close() {
    server.close();
    complaints.end();
    Complaints.root().setLevel(level);
  }
}
