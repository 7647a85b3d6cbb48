package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.live.RawPeer;
import dovetail.policy.rule.Asked;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Ruling;
import dovetail.policy.wire.Lines;
import dovetail.policy.wire.PolicyClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that is gone after any byte leaves nothing behind, and nobody is woken. */
@Timeout(120)
class PolicyTruncationTest {
  private static final NamedRule PASSING = Planted.saying("pass", new Ruling.Passes(""));
  private static final String ASKED =
      Lines.request("protocol_state=RCPT", "sender=", "recipient=ann@example.com", "instance=a.1")
          + Lines.request("protocol_state=DATA", "instance=a.1", "recipient_count=1");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesNothingBehind(boolean unix, @TempDir Path folder) throws Exception {
    String address = unix ? "unix:" + folder.resolve("policy") : "inet:127.0.0.1:0";
    try (LivePolicy policy = LivePolicy.open(List.of(PASSING), address)) {
      for (int n = 0; n <= ASKED.length(); n++) {
        try (RawPeer peer = RawPeer.connect(policy.address())) {
          peer.send(ASKED.substring(0, n));
        }
      }
      LivePolicy.await(() -> policy.connections() == 0);
      try (PolicyClient client = policy.client()) {
        assertThat(client.ask(Asked.request("protocol_state=RCPT"))).isEqualTo("DUNNO");
      }
      policy.expectNoFault();
      assertThat(policy.complaints()).isEmpty();
    }
  }
}
