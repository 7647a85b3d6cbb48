package dovetail.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.wire.sasl.MalformedSaslException;
import dovetail.auth.wire.sasl.OAuthBearerMessage;
import dovetail.auth.wire.sasl.PlainMessage;
import dovetail.auth.wire.sasl.ScramClientFinal;
import dovetail.auth.wire.sasl.XOAuth2Message;
import dovetail.live.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing that a user or a database keeps secret is shown, whatever goes wrong. */
class SecretsTest {
  private static final String SECRET = "s3cretPassword";

  /** The same in base64, whatever stands around it. */
  private static final List<String> SHOWN =
      List.of(SECRET, "czNjcmV0UGFzc3dvcm", "MzY3JldFBhc3N3b3Jk", "NyZXRQYXNzd29y", "0123abcd");

  private static final String PLAIN = "AGFubgBzM2NyZXRQYXNzd29yZA=="; // \0ann\0s3cretPassword

  private static void assertHidden(String shown) {
    assertThat(shown).doesNotContain(SHOWN);
  }

  private static List<String> shown(Speech.Protocol protocol, String asked, String answered)
      throws IOException {
    Speech speech = Speech.of(protocol, asked, answered, 1_000);
    List<String> all = new ArrayList<>(speech.shown());
    all.add(speech.broken());
    all.add(speech.brokenAnswer());
    all.forEach(SecretsTest::assertHidden);
    return all;
  }

  @Test
  void noLineShowsOne() throws IOException {
    assertThat(
            shown(
                Speech.Protocol.AUTH,
                "VERSION\t1\t2\nAUTH\t1\tPLAIN\tservice=x\tforward_fields=pass=%s\tresp=%s\nCONT\t1\t%s\n"
                    .formatted(SECRET, PLAIN, PLAIN),
                "COOKIE\t0123abcd\nDONE\nCONT\t1\t%s\nOK\t1\tuser=ann\tpass=%s\tresp=%s\n"
                    .formatted(PLAIN, SECRET, PLAIN)))
        .hasSize(9)
        .anyMatch(line -> line.contains("parameters=[service, forward_fields]"));
    assertThat(
            shown(
                Speech.Protocol.MASTER,
                "USER\t1\tann\tservice=x\tforward_fields=pass=%s\nREQUEST\t1\t2\t3\t0123abcd\n"
                    .formatted(SECRET),
                "PASS\t1\tuser=ann\tpass=%s\nUSER\t1\tann\tauth_token=%s\n"
                    .formatted(SECRET, SECRET)))
        .hasSize(6);
    assertThat(
            shown(
                Speech.Protocol.DICT,
                "H4\t0\t0\t\tx\nLshared/x\t\nI0\t0\tshared/\t\nB1\t\t0\nS1\tk\t%s\n"
                    .formatted(SECRET),
                "O%s\nOshared/x\t%s\n\n".formatted(SECRET, SECRET)))
        .hasSize(10);
  }

  /** What is cut off anywhere, or has a wrong octet anywhere, fails without saying what it is. */
  @Test
  void noFailureShowsOne() throws IOException {
    String asked = "AUTH\t1\tPLAIN\tservice=x\tresp=" + PLAIN + "\n";
    for (int n = 0; n < asked.length(); n++) {
      shown(Speech.Protocol.AUTH, asked.substring(n), "");
      shown(Speech.Protocol.AUTH, asked.substring(0, n), "");
      for (char octet : new char[] {'\0', '\1', '\t', '\n', '=', '?'}) {
        String wrong = asked.substring(0, n) + octet + asked.substring(n + 1);
        shown(Speech.Protocol.AUTH, wrong, "");
        shown(Speech.Protocol.MASTER, wrong, "");
        shown(Speech.Protocol.DICT, "H4\t0\t0\t\tx\n" + wrong, "");
      }
    }
    shown(Speech.Protocol.AUTH, SECRET + "\n", SECRET + "\n");
    shown(Speech.Protocol.AUTH, "VERSION\t" + SECRET + "\n", "DONE\nOK\t" + SECRET + "\n");
    shown(Speech.Protocol.MASTER, SECRET + "\n", SECRET + "\n");
    shown(Speech.Protocol.DICT, SECRET + "\n", SECRET + "\n");
  }

  @Test
  void noMessageShowsOne() throws MalformedSaslException {
    SaslData secret = SaslData.taking(Octets.bytes(SECRET));
    for (Object message :
        List.of(
            new PlainMessage(Optional.empty(), "ann", secret),
            new XOAuth2Message("ann", secret),
            new OAuthBearerMessage(Optional.empty(), Optional.empty(), Optional.empty(), secret),
            new ScramClientFinal(SaslData.ofText("n,,"), "r", List.of(), secret),
            secret,
            new Payload.Octets(secret))) {
      assertHidden(message.toString());
      assertThat(message.toString()).contains("hidden");
    }
    for (String wrong : List.of(SECRET, "\0\0" + SECRET, "\0ann\0" + SECRET + "\0")) {
      assertThatThrownBy(() -> PlainMessage.parse(SaslData.taking(Octets.bytes(wrong))))
          .satisfies(e -> assertHidden(e.toString()))
          .hasNoCause();
    }
    assertThatThrownBy(() -> ScramClientFinal.parse(SaslData.ofText("c=biws,r=abc,p=" + SECRET)))
        .satisfies(e -> assertHidden(e.toString()))
        .hasNoCause();
  }

  @Test
  void dataIsGoneOnceItIsClosed() {
    byte[] octets = Octets.bytes(SECRET);
    SaslData data = SaslData.taking(octets);
    assertThat(data.octets()).isSameAs(octets);
    assertThat(data.length()).isEqualTo(SECRET.length());
    data.close();
    assertThat(octets).containsOnly(0);
    assertThatThrownBy(data::octets).isInstanceOf(IllegalStateException.class);
    data.close();
  }

  @Test
  void equalOctetsAreEqual() {
    SaslData data = SaslData.ofText("abc");
    assertThat(data).isEqualTo(SaslData.copyOf(Octets.bytes("xabcx"), 1, 4));
    assertThat(data).hasSameHashCodeAs(SaslData.ofText("abc"));
    assertThat(data).isNotEqualTo(SaslData.ofText("abd")).isNotEqualTo("abc");
  }

  /** What was written is not kept: a sink that keeps the buffer sees it wiped. */
  @Test
  void nothingIsLeftInBuffers() throws IOException {
    List<ByteBuffer> kept = new ArrayList<>();
    AuthClientCodec client =
        new AuthClientCodec(Octets.input(""), kept::add, AuthClientCodec.UnknownLines.REFUSE);
    client.write(new ClientLine.Cont(1, Payload.of(Octets.bytes(SECRET.repeat(100)))));
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().array()).containsOnly(0);
  }

  /** Nor of what was read: the line is wiped, and only the record has it. */
  @Test
  void nothingIsLeftOfALine() throws IOException {
    byte[] line = Octets.bytes("CONT\t1\t" + PLAIN);
    try (TabFields fields = new TabFields(line, line.length)) {
      assertThat(fields.word()).isEqualTo("CONT");
      assertThat(fields.number("id")).isEqualTo(1);
      assertThat(fields.payload("response"))
          .isEqualTo(Payload.of(Octets.bytes("\0ann\0" + SECRET)));
    }
    assertThat(line).containsOnly(0);
  }
}
