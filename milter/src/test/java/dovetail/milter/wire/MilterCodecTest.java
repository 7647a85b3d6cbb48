package dovetail.milter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.mail.HeaderField;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MilterCodecTest {
  private static final int MAX_PACKET = 4096;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private MilterCodec codec(byte[] bytes) {
    return new MilterCodec(
        Packets.input(bytes),
        packets -> {
          byte[] copy = new byte[packets.remaining()];
          packets.get(copy);
          written.writeBytes(copy);
        },
        MAX_PACKET);
  }

  private Command one(char letter, String data) throws IOException {
    MilterCodec codec = codec(Packets.packet(letter, data));
    Command command = codec.read();
    assertThat(codec.await()).as("bytes left").isFalse();
    return command;
  }

  @Test
  void readsNegotiation() throws IOException {
    assertThat(codec(Packets.offer(6, 0x1FF, 0x1FFFFF)).read())
        .isEqualTo(new Command.Negotiate(6, 0x1FF, 0x1FFFFF));
  }

  @Test
  void readsConnect() throws IOException {
    assertThat(one('C', "mx.example\0004\0\031192.0.2.1\0"))
        .isEqualTo(
            new Command.Connect(
                "mx.example", Optional.of(InetAddress.ofLiteral("192.0.2.1")), 25, false));
    assertThat(one('C', "mx.example\0006\0\0312001:db8::1\0"))
        .isEqualTo(one('C', "mx.example\0006\0\031IPv6:2001:db8::1\0"));
    assertThat(one('C', "unknown\0U"))
        .isEqualTo(new Command.Connect("unknown", Optional.empty(), 0, false));
    assertThat(one('C', "localhost\0L\0\0/run/socket\0"))
        .isEqualTo(new Command.Connect("localhost", Optional.empty(), 0, true));
  }

  @Test
  void readsEnvelope() throws IOException {
    assertThat(one('M', "<a@b>\0SIZE=1\0")).isEqualTo(new Command.Mail("<a@b>", List.of("SIZE=1")));
    assertThat(one('M', "\0")).isEqualTo(new Command.Mail("", List.of()));
    assertThat(one('R', "<a@b>\0")).isEqualTo(new Command.Recipient("<a@b>", List.of()));
    // RFC 6531: UTF-8; anything else is kept byte for byte
    assertThat(one('M', "<j\303\266@b>\0")).isEqualTo(new Command.Mail("<j\u00f6@b>", List.of()));
    assertThat(one('M', "<j\366@b>\0")).isEqualTo(new Command.Mail("<j\u00f6@b>", List.of()));
  }

  @Test
  void readsMacros() throws IOException {
    Command command = one('D', "M{auth_authen}\0joe\0i\0\0");
    assertThat(command).isEqualTo(new Command.Macros('M', Map.of("{auth_authen}", "joe", "i", "")));
    assertThat(one('D', "Li\0004XyZ\0")).isEqualTo(new Command.Macros('L', Map.of()));
  }

  @Test
  void keepsHeaderFieldsAsTheyAre() throws IOException {
    assertThat(field(one('L', "Subject\0 a\n\tb \0"))).isEqualTo("Subject: a\r\n\tb ");
    assertThat(field(one('L', "X-Empty\0\0"))).isEqualTo("X-Empty:");
    assertThat(field(one('L', "To\0\n joe\0"))).isEqualTo("To:\r\n joe");
    assertThat(field(one('L', "X\0 \377\r\001\0"))).isEqualTo("X: \u00ff\r\u0001");
    // A NUL cannot come from Postfix, but what comes is not shortened.
    assertThat(field(one('L', "X\0 a\0b\0"))).isEqualTo("X: a\0b");
  }

  private static String field(Command command) {
    return command instanceof Command.Header(HeaderField field)
        ? new String(field.raw(), StandardCharsets.ISO_8859_1)
        : command.toString();
  }

  @Test
  void handsBodiesOnInPieces() throws IOException {
    String body = "x".repeat(Protocol.MAX_CHUNK);
    MilterCodec codec = codec(Packets.packet('B', body));
    StringBuilder read = new StringBuilder();
    boolean last = false;
    while (codec.await()) {
      assertThat(last).isFalse();
      if (codec.read() instanceof Command.Body piece) {
        read.append(StandardCharsets.ISO_8859_1.decode(piece.chunk()));
        last = piece.last();
      }
    }
    assertThat(last).isTrue();
    assertThat(read.toString()).isEqualTo(body);
  }

  @Test
  void takesTheLastChunkFromTheEndOfTheMessage() throws IOException {
    MilterCodec codec = codec(Packets.packet('E', "rest"));
    assertThat(codec.read())
        .isInstanceOfSatisfying(
            Command.Body.class,
            body -> {
              assertThat(body.last()).isFalse();
              assertThat((Object) StandardCharsets.ISO_8859_1.decode(body.chunk()))
                  .isEqualTo(CharBuffer.wrap("rest"));
            });
    assertThat(codec.await()).isTrue();
    assertThat(codec.read()).isEqualTo(new Command.EndOfMessage());
    assertThat(codec.await()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O\0\0\0\6\0\0", // half an offer
        "C",
        "Chost",
        "Chost\0",
        "Chost\0X",
        "Chost\0004\0",
        "Chost\0004\0\31not an address\0",
        "Chost\0004\0\031192.0.2.1", // no NUL
        "Chost\0004\0\031192.0.2.1\0more",
        "Hhelo",
        "M",
        "M<a@b>",
        "M<a@b>\0SIZE=1",
        "R",
        "D",
        "DMname",
        "DMname\0",
        "DMname\0value",
        "Dunfinished",
        "L",
        "LName",
        "LName\0",
        "LName\0value",
        "L\0value\0",
        "LFrom:\0 a\0",
        "LX\nFrom\0 a\0",
        "LX\rFrom\0 a\0",
        "Tdata",
        "Nx",
        "Ax",
        "Qx",
        "Kx",
        "U",
        "Z",
        "\0",
        "i"
      })
  void refusesMalformedPackets(String packet) {
    assertThatThrownBy(() -> codec(Packets.packet(packet.charAt(0), packet.substring(1))).read())
        .isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, MAX_PACKET + 2})
  void refusesLengthsThatLie(int length) {
    String bytes = Packets.number(length) + "L";
    for (String letter : List.of("L", "B", "E")) {
      byte[] packet = (Packets.number(length) + letter).getBytes(StandardCharsets.ISO_8859_1);
      assertThatThrownBy(
              () -> {
                MilterCodec codec = codec(packet);
                while (codec.await()) {
                  codec.read();
                }
              })
          .as("%s %s", letter, bytes)
          .isInstanceOf(ProtocolException.class);
    }
  }

  /** Wherever the MTA stops, the codec says so, or it was between two packets. */
  @Test
  void truncationAtEveryByte() throws IOException {
    List<byte[]> packets = new ArrayList<>(Packets.message());
    packets.add(0, Packets.offer());
    packets.add(Packets.packet('U', "VRFY joe\0"));
    packets.add(Packets.packet('K', ""));
    byte[] all = Packets.join(packets);
    List<Integer> borders = new ArrayList<>();
    int at = 0;
    for (byte[] packet : packets) {
      borders.add(at);
      at += packet.length;
    }
    borders.add(at);
    for (int end = 0; end <= all.length; end++) {
      MilterCodec codec = codec(Arrays.copyOf(all, end));
      boolean clean;
      try {
        while (codec.await()) {
          codec.read();
        }
        clean = true;
      } catch (ProtocolException e) {
        assertThat(e).hasMessageStartingWith("truncated");
        clean = false;
      }
      assertThat(clean).as("cut at %d", end).isEqualTo(borders.contains(end));
    }
  }

  @Test
  void writesRepliesWithTheTextEscaped() throws IOException {
    codec(new byte[0]).write(new Reply.Refuse(451, "4.7.1", "100% busy"));
    assertThat(written.toByteArray()).isEqualTo(Packets.packet('y', "451 4.7.1 100%% busy\0"));
  }

  @Test
  void writesEditsAndReplyInOneWrite() throws IOException {
    int[] writes = new int[1];
    MilterCodec codec =
        new MilterCodec(
            Packets.input(new byte[0]),
            packets -> {
              writes[0]++;
              byte[] copy = new byte[packets.remaining()];
              packets.get(copy);
              written.writeBytes(copy);
            },
            MAX_PACKET);
    codec.write(
        List.of(
            new Edit.DeleteHeader("Authentication-Results", 2),
            new Edit.InsertHeader(0, HeaderField.of("DKIM-Signature", " v=1;\r\n b=x")),
            new Edit.Hold("why"),
            new Edit.AddRecipient("<a@b.example>", "NOTIFY=NEVER"),
            new Edit.AddRecipient("<c@d.example>", "")),
        new Reply.Accept());
    assertThat(writes[0]).isEqualTo(1);
    assertThat(written.toByteArray())
        .isEqualTo(
            Packets.join(
                List.of(
                    Packets.packet('m', Packets.number(2) + "Authentication-Results\0\0"),
                    // folds leave as LF: Postfix would keep a CR
                    Packets.packet('i', Packets.number(0) + "DKIM-Signature\0 v=1;\n b=x\0"),
                    Packets.packet('q', "why\0"),
                    Packets.packet('2', "<a@b.example>\0NOTIFY=NEVER\0"),
                    Packets.packet('+', "<c@d.example>\0"),
                    Packets.packet('a', ""))));
  }

  @Test
  void refusesTextsThatWouldBreakTheReply() {
    assertThatThrownBy(() -> new Reply.Refuse(451, "5.7.1", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Reply.Refuse(250, "2.0.0", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Reply.Refuse(550, "5.7.1", "a\r\n250 b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
