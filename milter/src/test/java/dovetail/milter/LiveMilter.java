package dovetail.milter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dkim.CryptoProvider;
import dovetail.dkim.SignatureSettings;
import dovetail.dns.Resolver;
import dovetail.live.Live;
import dovetail.milter.filter.ArchivePolicy;
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
import dovetail.milter.source.ArchiveKey;
import dovetail.milter.source.Archives;
import dovetail.milter.source.Archiving;
import dovetail.milter.source.Exceptions;
import dovetail.milter.source.SigningKeys;
import dovetail.milter.wire.MilterClient;
import dovetail.server.Network;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A milter that listens. The clock of its signatures stands still, too: those of a message are
 * always the same bytes.
 */
final class LiveMilter extends Live<MilterService> {
  static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  static final HeaderLimits LIMITS = new HeaderLimits(1 << 20, 5000);
  static final int MAX_PACKET = 512 * 1024;
  static final Duration PACKET_TIMEOUT = Duration.ofSeconds(30);
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(7210);
  private static final CryptoProvider CRYPTO = CryptoProvider.jdk();

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

  private final Setup setup;

  private LiveMilter(Setup setup) throws IOException {
    super("milter", setup.address(), setup.maxConnections(), around -> service(setup, around));
    this.setup = setup;
  }

  private static MilterService service(Setup setup, Surroundings around) {
    return new MilterService(
        state(setup, setup.keys()),
        around.log(),
        around.metrics(),
        new MilterService.Clocks(InstantSource.fixed(NOW), around.ticker()));
  }

  static LiveMilter open(Setup setup) throws IOException {
    return new LiveMilter(setup);
  }

  static LiveMilter open() throws IOException {
    return open(Setup.of(Mails.KEYS));
  }

  private static MilterService.State state(Setup setup, SigningKeys keys) {
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
                    false),
                new ArchivePolicy(false)),
            LIMITS,
            MAX_PACKET,
            PACKET_TIMEOUT,
            IDLE_TIMEOUT);
    return new MilterService.State(
        settings,
        keys,
        Exceptions.NONE,
        new Archiving(Archives.NONE, ArchiveKey.random(new Random(1))),
        () -> CRYPTO,
        setup.dns().resolver(),
        Evaluations.NONE);
  }

  /** Other keys from the next message on. */
  void reload(SigningKeys keys) {
    handler().reload(state(setup, keys));
  }

  MilterClient client() throws IOException {
    return MilterClient.connect(address());
  }

  RawPeer raw() throws IOException {
    return RawPeer.connect(address());
  }

  /** The lines about messages, when there are as many: they follow the answers. */
  List<String> lines(int count) throws InterruptedException {
    await(() -> lines().size() >= count);
    assertThat(lines()).hasSize(count);
    return lines();
  }

  void awaitNoConnections() throws InterruptedException {
    await(() -> connections() == 0);
  }

  /** Closes it, and looks whether anything was our own fault or worth a warning. */
  @Override
  public void expectNoFault() {
    expectNoFailure();
    assertThat(complaints()).isEmpty();
  }

  /** Closes it, and looks whether anything was our own fault. */
  void expectNoFailure() {
    super.expectNoFault();
    assertThat(metric("dovetail_milter_failures_total")).isZero();
  }
}
