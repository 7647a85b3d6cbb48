package dovetail.policy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.live.Octets;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCodecTest {
  private static Request read(String octets) throws IOException {
    return new PolicyCodec(Octets.input(octets), _ -> {}).read();
  }

  private static String written(Reply reply) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PolicyCodec(Octets.input(""), Lines.into(out)).write(reply);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void readsAttributesInAnyOrderAndKeepsUnknownOnes() throws IOException {
    Request request =
        read(
            """
            sender=ann@example.com
            new_thing=1=2
            protocol_state=END-OF-MESSAGE
            request=smtpd_access_policy
            queue_id=

            """);
    assertThat(request.get(Attribute.SENDER)).isEqualTo("ann@example.com");
    assertThat(request.stage()).isEqualTo(Stage.END_OF_MESSAGE);
    assertThat(request.has(Attribute.QUEUE_ID)).isTrue();
    assertThat(request.get(Attribute.QUEUE_ID)).isEmpty();
    assertThat(request.has(Attribute.SIZE)).isFalse();
    assertThat(request.others()).containsExactly(java.util.Map.entry("new_thing", "1=2"));
  }

  @Test
  void takesTheFirstOfTwo() throws IOException {
    Request request = read(Lines.request("sender=a@example.com", "sender=b@example.com"));
    assertThat(request.get(Attribute.SENDER)).isEqualTo("a@example.com");
  }

  @Test
  void readsUtf8AndWhatIsNone() throws IOException {
    assertThat(read(Lines.request("sender=j\303\274@example.com")).get(Attribute.SENDER))
        .isEqualTo("jü@example.com");
    assertThat(read(Lines.request("sender=j\377@example.com")).get(Attribute.SENDER))
        .isEqualTo("j\ufffd@example.com");
  }

  @Test
  void readsOneRequestBehindTheOther() throws IOException {
    PolicyCodec codec =
        new PolicyCodec(
            Octets.input(
                Lines.request("protocol_state=RCPT") + Lines.request("protocol_state=DATA")),
            _ -> {});
    assertThat(codec.await()).isTrue();
    assertThat(codec.read().stage()).isEqualTo(Stage.RCPT);
    assertThat(codec.buffered()).isTrue();
    assertThat(codec.read().stage()).isEqualTo(Stage.DATA);
    assertThat(codec.await()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "protocol_state=RCPT\n\n",
        "request=other\n\n",
        "request=smtpd_access_policy\nsender\n\n",
        "request=smtpd_access_policy\n=x\n\n",
        "request=smtpd_access_policy\n",
        "request=smtpd_access_policy\nsender=a",
        "GET / HTTP/1.1\r\n\r\n"
      })
  void refusesWhatIsNoRequest(String octets) {
    assertThatThrownBy(() -> read(octets)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void refusesTooMuch() throws IOException {
    String most = "x".repeat(PolicyCodec.MAX_REQUEST - 27 - "a=".length());
    assertThat(read(Lines.request("a=" + most)).others().get("a")).isEqualTo(most);
    assertThatThrownBy(() -> read(Lines.request("a=" + most + "x")))
        .hasMessageContaining("a line of more than");
    assertThatThrownBy(() -> read("request=smtpd_access_policy\n" + "a=1\n".repeat(200) + "\n"))
        .hasMessageContaining("more than 201 attributes");
  }

  @Test
  void writesActions() throws IOException {
    assertThat(written(Reply.Dunno.DUNNO)).isEqualTo("action=DUNNO\n\n");
    assertThat(written(new Reply.Refuse(450, "4.7.1", "later, please")))
        .isEqualTo("action=450 4.7.1 later, please\n\n");
    assertThat(written(new Reply.DeferIfPermit("4.2.0", "Greylisted")))
        .isEqualTo("action=DEFER_IF_PERMIT 4.2.0 Greylisted\n\n");
    assertThat(written(new Reply.Prepend("X-Seen", "jü")))
        .isEqualTo("action=PREPEND X-Seen: jü\n\n");
    assertThat(written(new Reply.Hold("suspended"))).isEqualTo("action=HOLD suspended\n\n");
  }

  @Test
  void nothingEndsTheLine() throws IOException {
    assertThat(written(new Reply.Refuse(550, "5.7.1", "a\n\naction=OK\r\0\u2028\ud800b")))
        .isEqualTo("action=550 5.7.1 a??action=OK????b\n\n");
    assertThat(written(new Reply.Hold("x".repeat(5_000)))).hasSizeLessThan(450);
    assertThat(written(new Reply.Hold("\u00fc".repeat(5_000))).getBytes(StandardCharsets.UTF_8))
        .hasSize("action=HOLD ".length() + 400 + 2);
    assertThat(written(new Reply.Hold("\ud83d\ude00".repeat(100) + "x")))
        .isEqualTo("action=HOLD " + "\ud83d\ude00".repeat(100) + "\n\n");
    assertThat(written(new Reply.Hold(" \n "))).isEqualTo("action=HOLD ?\n\n");
    assertThat(written(new Reply.Hold(""))).isEqualTo("action=HOLD (no text)\n\n");
  }

  @Test
  void refusesCodesThatAreNone() {
    assertThatThrownBy(() -> new Reply.Refuse(250, "2.0.0", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Reply.Refuse(450, "5.7.1", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Reply.Prepend("X Y", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
