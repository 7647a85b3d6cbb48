package dovetail.milter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.live.Trickle;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter may answer; that of our own is tested with it. */
class MilterClientTest {
  private static MilterClient.Outcome outcome(String reply) throws IOException {
    return new MilterClient(new Trickle(Packets.packet('y', reply + "\0"), 3)).endOfMessage();
  }

  @Test
  void readsARefusal() throws IOException {
    assertThat(outcome("451 4.7.1 100%% busy").reply())
        .isEqualTo(new Reply.Refuse(451, "4.7.1", "100% busy"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "451", "250 2.0.0 ok", "451 5.7.1 no", "550  no", "550 5.7.1 a\r\n250 b"})
  void refusesWhatIsNoRefusal(String reply) {
    assertThatThrownBy(() -> outcome(reply)).isInstanceOf(ProtocolException.class);
  }
}
