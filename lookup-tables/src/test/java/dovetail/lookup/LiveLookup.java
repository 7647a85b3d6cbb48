package dovetail.lookup;

import dovetail.directory.Directory;
import dovetail.live.Live;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.wire.SocketmapClient;
import java.io.IOException;
import java.time.Duration;

/** Lookup tables that listen. */
final class LiveLookup extends Live<LookupService> {
  static final LookupSettings SETTINGS =
      new LookupSettings(Duration.ofSeconds(30), Duration.ofSeconds(110));

  private LiveLookup(MapRegistry maps, String address, int maxConnections) throws IOException {
    super("lookup", address, maxConnections, around -> service(maps, around));
  }

  private static LookupService service(MapRegistry maps, Surroundings around) {
    return new LookupService(
        new LookupService.State(SETTINGS, maps), around.log(), around.metrics(), around.ticker());
  }

  static LiveLookup open(Directory directory, String address) throws IOException {
    return new LiveLookup(MapRegistry.of(directory), address, 100);
  }

  static LiveLookup open(MapRegistry maps) throws IOException {
    return open(maps, 100);
  }

  static LiveLookup open(MapRegistry maps, int maxConnections) throws IOException {
    return new LiveLookup(maps, "inet:127.0.0.1:0", maxConnections);
  }

  SocketmapClient client() throws IOException {
    return SocketmapClient.connect(address());
  }

  void reload(MapRegistry maps) {
    handler().reload(new LookupService.State(SETTINGS, maps));
  }
}
