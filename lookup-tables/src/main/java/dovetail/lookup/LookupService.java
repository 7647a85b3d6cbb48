package dovetail.lookup;

import dovetail.lookup.map.Finding;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.wire.Reply;
import dovetail.lookup.wire.Request;
import dovetail.lookup.wire.SocketmapCodec;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.Connection;
import dovetail.server.ConnectionHandler;
import dovetail.server.ListenAddress;
import java.io.IOException;
import java.util.function.LongSupplier;

/** The lookup tables: serves the connections of Postfix's processes. */
public final class LookupService implements ConnectionHandler {
  private final LookupLog log;
  private final LongSupplier nanos;
  private volatile State state;

  /**
   * What a reload replaces, as a whole.
   *
   * @param settings the settings
   * @param maps the maps
   */
  public record State(LookupSettings settings, MapRegistry maps) {}

  /**
   * A service.
   *
   * @param log where lookups are written while the logger {@code lookup} is at debug
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public LookupService(State state, TransactionLog log, Metrics metrics, LongSupplier nanos) {
    this.state = state;
    this.log = new LookupLog(log, new LookupMetrics(metrics), nanos);
    this.nanos = nanos;
  }

  /** Uses other settings and maps, from the next request on. */
  public void reload(State other) {
    state = other;
  }

  @Override
  public void handle(Connection connection) throws IOException {
    SocketmapCodec codec = new SocketmapCodec(connection.input(), connection::write);
    boolean trusted = connection.listener().address() instanceof ListenAddress.Unix;
    connection.idle(state.settings().idleTimeout());
    while (codec.await()) {
      connection.busy();
      connection.deadline(state.settings().requestTimeout());
      codec.write(answer(codec.read(), trusted));
      connection.idle(state.settings().idleTimeout());
      giveWay(codec);
    }
  }

  private Reply answer(Request request, boolean trusted) {
    long began = nanos.getAsLong();
    MapRegistry maps = state.maps();
    Finding finding = find(maps, request, trusted);
    log.answered(maps, request, finding, nanos.getAsLong() - began);
    return finding.reply();
  }

  private Finding find(MapRegistry maps, Request request, boolean trusted) {
    try {
      return maps.find(request.map(), request.key(), trusted);
    } catch (RuntimeException e) {
      log.failed(request, e);
      return Finding.FAILURE;
    }
  }

  // As in the milter: a thread whose next input is already there never parks.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void giveWay(SocketmapCodec codec) {
    if (codec.buffered()) {
      Thread.yield();
    }
  }
}
