package dovetail.milter;

import dovetail.dkim.CryptoProvider;
import dovetail.dkim.PublicKeys;
import dovetail.dns.Resolver;
import dovetail.milter.filter.FilterTools;
import dovetail.milter.filter.MessageFilter;
import dovetail.milter.report.Evaluations;
import dovetail.milter.session.MessageObserver;
import dovetail.milter.session.MilterSession;
import dovetail.milter.session.MilterSession.SessionContext;
import dovetail.milter.session.Pace;
import dovetail.milter.source.Archiving;
import dovetail.milter.source.Exceptions;
import dovetail.milter.source.SigningKeys;
import dovetail.milter.wire.MilterCodec;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.Connection;
import dovetail.server.ConnectionHandler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The milter: serves the connections of MTAs. */
public final class MilterService implements ConnectionHandler {
  private final MessageObserver observer;
  private final Clocks clocks;
  private final PublicKeys publicKeys = new PublicKeys();
  private volatile Loaded loaded;

  /**
   * The time.
   *
   * @param wall what goes into signatures
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public record Clocks(InstantSource wall, LongSupplier nanos) {}

  /**
   * What a reload replaces, as a whole.
   *
   * @param settings the settings
   * @param keys the keys
   * @param exceptions those from the policies of authors' domains
   * @param archiving who has an archive that gets copies
   * @param crypto who computes signatures, once it has started
   * @param resolver who knows the DNS
   * @param evaluations who takes what was found
   */
  public record State(
      MilterSettings settings,
      SigningKeys keys,
      Exceptions exceptions,
      Archiving archiving,
      Supplier<CryptoProvider> crypto,
      Resolver resolver,
      Evaluations evaluations) {}

  /** A state, and the filter that is made of it, which remembers what it has read. */
  private record Loaded(State state, MessageFilter filter) {}

  public MilterService(State state, TransactionLog log, Metrics metrics, Clocks clocks) {
    this.observer =
        new MessageLog(
            log,
            new MilterMetrics(metrics),
            message -> this.loaded.state().evaluations().add(message),
            new GapWarnings(clocks.nanos()));
    this.clocks = clocks;
    this.loaded = load(state);
  }

  /** Uses other settings and keys, from the next message on. */
  public void reload(State other) {
    loaded = load(other);
  }

  @Override
  public void handle(Connection connection) throws IOException {
    MilterSettings settings = loaded.state().settings();
    MilterCodec codec =
        new MilterCodec(connection.input(), connection::write, settings.maxPacket());
    new MilterSession(codec, pace(connection, settings), () -> context(connection)).run();
  }

  private SessionContext context(Connection connection) {
    Loaded current = loaded;
    MilterSettings settings = current.state().settings();
    return new SessionContext(
        MilterConfig.modeOf(connection.listener(), settings.mode()),
        current.filter(),
        settings.limits(),
        observer,
        clocks.nanos());
  }

  private Loaded load(State state) {
    return new Loaded(
        state, new MessageFilter(state.settings().filter(), state.keys(), tools(state)));
  }

  private FilterTools tools(State current) {
    return new FilterTools(
        current.crypto(),
        publicKeys,
        current.resolver(),
        current.exceptions(),
        current.archiving(),
        clocks.wall(),
        clocks.nanos());
  }

  private static Pace pace(Connection connection, MilterSettings settings) {
    return new Pace() {
      private boolean answeredBefore;

      @Override
      public void idle() {
        connection.idle(settings.idleTimeout());
      }

      @Override
      public void waiting() {
        connection.deadline(settings.idleTimeout());
      }

      @Override
      public void reading() {
        connection.deadline(settings.packetTimeout());
      }

      @Override
      public void begun() throws IOException {
        connection.busy();
      }

      // Yielding is measured to keep the slowest answers near the others; nothing relies on it.
      @SuppressWarnings("ThreadPriorityCheck")
      @Override
      public void answered() {
        // A thread whose next input is already there never parks, and would starve the others. Not
        // after the first message, which is mostly the last: under load, whoever yields waits
        // behind all new connections, and those that only have to end would pile up.
        if (answeredBefore) {
          Thread.yield();
        }
        answeredBefore = true;
      }
    };
  }
}
