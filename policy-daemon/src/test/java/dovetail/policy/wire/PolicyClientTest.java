package dovetail.policy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.live.Octets;
import dovetail.live.Trickle;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client, against servers that keep to the protocol and such that do not. */
class PolicyClientTest {
  private static final Request REQUEST =
      new Request.Builder()
          .put("new_thing", "1")
          .put(Attribute.SENDER, "j\u00fc@example.com")
          .put(Attribute.REQUEST, Request.KIND)
          .build();

  private static String answer(String octets, int size) throws IOException {
    try (PolicyClient client = new PolicyClient(new Trickle(Octets.bytes(octets), size))) {
      return client.ask(REQUEST);
    }
  }

  @Test
  void asksAsPostfixDoes() throws IOException {
    Trickle server = new Trickle(Octets.bytes("action=DUNNO\n\naction=HOLD x\n\n"), 3);
    try (PolicyClient client = new PolicyClient(server)) {
      assertThat(client.ask(REQUEST)).isEqualTo("DUNNO");
      assertThat(server.sent())
          .isEqualTo(
              Octets.bytes(
                  "request=smtpd_access_policy\nsender=j\303\274@example.com\nnew_thing=1\n\n"));
      assertThat(client.ask(REQUEST)).isEqualTo("HOLD x");
    }
  }

  @Test
  void readsOneAnswerHoweverItArrives() throws IOException {
    for (int size = 1; size < 30; size++) {
      assertThat(answer("action=450 4.7.1 j\303\274=\n\nmore", size))
          .isEqualTo("450 4.7.1 j\u00fc=");
    }
    assertThat(answer("action=\n\n", 99)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "action",
        "action=DUNNO",
        "action=DUNNO\n",
        "action=DUNNO\nx",
        "action=DUNNO\nx=y\n\n",
        "\n",
        "\naction=DUNNO\n\n",
        "Action=DUNNO\n\n",
        "DUNNO\n\n",
        " action=DUNNO\n\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "\0\0\0\0"
      })
  void refusesTheOthers(String octets) {
    for (int size : new int[] {1, 100}) {
      assertThatThrownBy(() -> answer(octets, size)).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void refusesEndlessAnswers() {
    assertThatThrownBy(() -> answer("action=" + "x".repeat(5_000) + "\n\n", 1_000))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("a line of more than 4096 bytes");
  }
}
