package dovetail.milter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dovetail.dkim.CryptoProvider;
import dovetail.dkim.SignatureSettings;
import dovetail.dns.Resolver;
import dovetail.milter.filter.FilterSettings;
import dovetail.milter.filter.IdentityTag;
import dovetail.milter.filter.InboundPolicy;
import dovetail.milter.filter.LoginMatch;
import dovetail.milter.filter.Mode;
import dovetail.milter.filter.SigningPolicy;
import dovetail.milter.filter.SigningSettings;
import dovetail.milter.filter.VerifyingSettings;
import dovetail.milter.report.Evaluations;
import dovetail.milter.session.HeaderLimits;
import dovetail.milter.source.Exceptions;
import dovetail.milter.source.SigningKeys;
import dovetail.milter.wire.MilterClient;
import dovetail.observe.LogFormat;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenSpec;
import dovetail.server.Network;
import dovetail.server.Server;
import dovetail.server.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * A milter that listens, with clocks that stand still: the signatures of a message are always the
 * same bytes, and nobody is late unless a test says so.
 */
final class LiveMilter implements AutoCloseable {
  static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  static final HeaderLimits LIMITS = new HeaderLimits(1 << 20, 5000);
  static final int MAX_PACKET = 512 * 1024;
  static final Duration PACKET_TIMEOUT = Duration.ofSeconds(30);
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(7210);
  private static final CryptoProvider CRYPTO = CryptoProvider.jdk();
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /**
   * What tests choose.
   *
   * @param address where it listens
   * @param maxConnections at a time
   * @param acceptOnError whether mail is taken on which it has failed
   * @param dns the resolver, and how long it is waited for
   */
  record Setup(
      String address, SigningKeys keys, int maxConnections, boolean acceptOnError, Dns dns) {
    static Setup of(SigningKeys keys) {
      return new Setup(
          "inet:127.0.0.1:0", keys, 1000, false, new Dns(Mails.DNS, Duration.ofSeconds(15)));
    }

    Setup at(String elsewhere) {
      return new Setup(elsewhere, keys, maxConnections, acceptOnError, dns);
    }

    Setup atMost(int connections) {
      return new Setup(address, keys, connections, acceptOnError, dns);
    }

    Setup accepting() {
      return new Setup(address, keys, maxConnections, true, dns);
    }

    Setup asking(Resolver resolver) {
      Dns other = new Dns(resolver, dns.patience());
      return new Setup(address, keys, maxConnections, acceptOnError, other);
    }

    Setup patient(Duration patience) {
      Dns other = new Dns(dns.resolver(), patience);
      return new Setup(address, keys, maxConnections, acceptOnError, other);
    }
  }

  /** Who is asked, and how long one message may wait for it. */
  record Dns(Resolver resolver, Duration patience) {}

  private final AtomicLong nanos = new AtomicLong();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LogOutput output = new LogOutput(written);
  private final Metrics metrics = new Metrics();
  private final Errors errors = new Errors();
  private final Level level;
  private final Setup setup;
  private final MilterService handler;
  private final Server server;
  private final Service service;

  /** Log events that wake an administrator. */
  private static final class Errors extends AppenderBase<ILoggingEvent> {
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
  }

  private LiveMilter(Setup setup) throws IOException {
    this.setup = setup;
    LogStyle style = new LogStyle(LogFormat.TEXT, false);
    handler =
        new MilterService(
            state(setup.keys()),
            new TransactionLog(output, style, InstantSource.fixed(NOW)),
            metrics,
            new MilterService.Clocks(InstantSource.fixed(NOW), nanos::get));
    server = new Server(metrics, nanos::get);
    service =
        server.open(
            "milter",
            List.of(ListenSpec.of(setup.address())),
            ConnectionLimits.evicting(setup.maxConnections()),
            handler);
    level = Errors.root().getLevel();
    Errors.root().setLevel(Level.WARN); // faults of peers are many here, and not worth a line
    errors.start();
    Errors.root().addAppender(errors);
  }

  static LiveMilter open(Setup setup) throws IOException {
    return new LiveMilter(setup);
  }

  static LiveMilter open() throws IOException {
    return open(Setup.of(Mails.KEYS));
  }

  private MilterService.State state(SigningKeys keys) {
    SigningSettings signing =
        new SigningSettings(
            List.of(Network.parse("127.0.0.0/8")),
            Set.of("mail.example.com"),
            new SigningPolicy(LoginMatch.DOMAIN, Optional.empty(), false),
            SignatureSettings.defaults(),
            IdentityTag.NONE,
            setup.acceptOnError());
    MilterSettings settings =
        new MilterSettings(
            Mode.AUTO,
            new FilterSettings(
                signing,
                new VerifyingSettings(
                    "mail.example.com",
                    List.of(),
                    10,
                    setup.dns().patience(),
                    InboundPolicy.NOTHING,
                    false,
                    false,
                    false)),
            LIMITS,
            MAX_PACKET,
            PACKET_TIMEOUT,
            IDLE_TIMEOUT);
    return new MilterService.State(
        settings, keys, Exceptions.NONE, () -> CRYPTO, setup.dns().resolver(), Evaluations.NONE);
  }

  /** Other keys from the next message on. */
  void reload(SigningKeys keys) {
    handler.reload(state(keys));
  }

  SocketAddress address() {
    return service.addresses().getFirst();
  }

  MilterClient client() throws IOException {
    return MilterClient.connect(address());
  }

  RawPeer raw() throws IOException {
    return RawPeer.connect(address());
  }

  /** Lets time pass; the watchdog looks at it a few times a second. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  int connections() {
    return service.connections();
  }

  /** The lines about messages, when there are as many: they follow the answers. */
  List<String> lines(int count) throws InterruptedException {
    await(() -> lines().size() >= count);
    assertThat(lines()).hasSize(count);
    return lines();
  }

  /** The lines about messages, as far as they are written. */
  List<String> lines() {
    output.flush();
    return written.toString(StandardCharsets.UTF_8).lines().toList();
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

  void awaitNoConnections() throws InterruptedException {
    await(() -> service.connections() == 0);
  }

  /** Waits for what must come true soon, however slow the machine is. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  int shutdown(Duration grace) {
    return server.shutdown(grace);
  }

  /** Closes it, and looks whether anything was our own fault or worth a warning. */
  void expectNoFault() {
    expectNoFailure();
    assertThat(errors.lines).isEmpty();
  }

  /** Closes it, and looks whether anything was our own fault. */
  void expectNoFailure() {
    server.close();
    assertThat(metric("dovetail_connections_total{outcome=\"error\",service=\"milter\"}")).isZero();
    assertThat(metric("dovetail_connections_open{service=\"milter\"}")).isZero();
    assertThat(metric("dovetail_milter_failures_total")).isZero();
  }

  /** What was logged as a warning or an error. */
  List<String> complaints() {
    return List.copyOf(errors.lines);
  }

  @Override
  public void close() {
    server.close();
    Errors.root().detachAppender(errors);
    Errors.root().setLevel(level);
    errors.stop();
  }
}
