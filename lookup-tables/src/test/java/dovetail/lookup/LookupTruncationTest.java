package dovetail.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Town;
import dovetail.live.RawPeer;
import dovetail.lookup.wire.Frames;
import dovetail.lookup.wire.Reply;
import dovetail.lookup.wire.SocketmapClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that is gone after any byte leaves nothing behind, and nobody is woken. */
@Timeout(120)
class LookupTruncationTest {
  private static final String ASKED =
      Frames.frame("virtual_alias_maps ann@example.com")
          + Frames.frame("no_map x")
          + Frames.frame("virtual_mailbox_domains example.com");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesNothingBehind(boolean unix, @TempDir Path folder) throws Exception {
    String address = unix ? "unix:" + folder.resolve("lookup") : "inet:127.0.0.1:0";
    String town = "domain example.com mailbox\nmailbox ann@example.com";
    try (LiveLookup lookup = LiveLookup.open(Town.of(town), address)) {
      for (int n = 0; n <= ASKED.length(); n++) {
        try (RawPeer peer = RawPeer.connect(lookup.address())) {
          peer.send(ASKED.substring(0, n));
        }
      }
      LiveLookup.await(() -> lookup.connections() == 0);
      try (SocketmapClient client = lookup.client()) {
        assertThat(client.ask("virtual_alias_maps", "ann@example.com"))
            .isEqualTo(new Reply.Ok("ann@example.com"));
      }
      lookup.expectNoFault();
      assertThat(lookup.complaints())
          .allMatch(line -> line.equals("no_map x: there is no map no_map"));
    }
  }
}
