package dovetail.lookup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.live.Octets;
import dovetail.live.Trickle;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may answer, be it ours or not. */
class SocketmapClientTest {
  private static Reply reply(String content) throws IOException {
    return new SocketmapClient(new Trickle(Octets.bytes(Frames.frame(content)), 3)).ask("m", "k");
  }

  @Test
  void readsAllAnswers() throws IOException {
    assertThat(reply("OK a b")).isEqualTo(new Reply.Ok("a b"));
    assertThat(reply("OK j\303\266rg")).isEqualTo(new Reply.Ok("jörg"));
    assertThat(reply("NOTFOUND ")).isEqualTo(new Reply.NotFound());
    assertThat(reply("NOTFOUND")).isEqualTo(new Reply.NotFound());
    assertThat(reply("TEMP busy")).isEqualTo(new Reply.Temp("busy"));
    assertThat(reply("TIMEOUT late")).isEqualTo(new Reply.Temp("late"));
    assertThat(reply("PERM no")).isEqualTo(new Reply.Perm("no"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ok a", "OK", "OK ", "OK a\nb", "OK \377", "NOTFOUNDx", "YES a"})
  void refusesWhatIsNone(String content) {
    assertThatThrownBy(() -> reply(content)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void asksInAFrame() throws IOException {
    Trickle channel = new Trickle(Octets.bytes(Frames.frame("NOTFOUND ")), 2);
    try (SocketmapClient client = new SocketmapClient(channel)) {
      client.ask("virtual_alias_maps", "jörg b@example.com");
    }
    assertThat(Octets.string(channel.sent()))
        .isEqualTo(Frames.frame("virtual_alias_maps j\303\266rg b@example.com"));
  }
}
