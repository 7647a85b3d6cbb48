package dovetail.milter;

import static dovetail.milter.wire.Packets.number;
import static dovetail.milter.wire.Packets.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.milter.wire.Packets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An MTA that breaks the protocol is hung up on, and only it. */
@Timeout(60)
class MilterProtocolTest {
  private static final byte[] MAIL = packet('M', "<joe@one.test>\0");
  private static final byte[] END = packet('E', "");

  private static byte[] bytes(String bytes) {
    return bytes.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] after(byte[] begin, byte[] more) {
    return Packets.join(List.of(begin, more));
  }

  /** Packets behind the negotiation and CONNECT that no MTA may send. */
  private static List<byte[]> broken() {
    List<byte[]> broken = new ArrayList<>();
    for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20}) {
      for (char letter : "OCHMRTLNUDBE".toCharArray()) {
        if (length > 0 || letter == 'O') {
          broken.add(after(MAIL, bytes(number(length) + letter)));
        }
      }
    }
    broken.add(packet('E', "x")); // a body before MAIL
    for (char letter : "FGIJPSVWXYZabcz\0\377".toCharArray()) {
      broken.add(packet(letter, ""));
    }
    // Shorter or longer than their kind, or a string that does not end.
    for (String data :
        List.of("", "\0x", "localhost", "localhost\0", "h\0004", "h\0004\1\2127.1")) {
      broken.add(packet('C', data));
    }
    broken.add(packet('C', "h\0004\0\0localhost\0"));
    broken.add(packet('C', "h\0009\0\000127.0.0.1\0"));
    broken.add(packet('C', "h\0004\0\000127.0.0.1\0x"));
    broken.add(packet('H', "x"));
    broken.add(packet('M', ""));
    broken.add(packet('M', "<a@b>"));
    broken.add(packet('D', ""));
    broken.add(packet('D', "Mi"));
    broken.add(packet('D', "Mi\0"));
    for (char letter : "TNAQK".toCharArray()) {
      broken.add(after(MAIL, packet(letter, "x")));
    }
    for (String data : List.of("", "From", "From\0", "From\0x", "\0x\0")) {
      broken.add(after(MAIL, packet('L', data)));
    }
    return broken;
  }

  /** Packets that are well formed and come out of order. */
  private static List<byte[]> outOfOrder() {
    return List.of(
        Conversation.offer(Conversation.ALL),
        END,
        packet('B', "x"),
        packet('B', ""),
        packet('N', ""),
        packet('L', "From\0 x\0"),
        packet('R', "<a@b>\0"),
        Packets.join(List.of(MAIL, packet('A', ""), packet('B', "x"))),
        Packets.join(List.of(MAIL, packet('N', ""), packet('L', "From\0 x\0"))),
        Packets.join(List.of(MAIL, packet('B', "x"), packet('L', "From\0 x\0"))),
        after(packet('K', ""), MAIL));
  }

  @Test
  void hangsUpOnBrokenPackets() throws Exception {
    expectHangingUp(broken());
  }

  @Test
  void hangsUpOnCommandsOutOfOrder() throws Exception {
    expectHangingUp(outOfOrder());
  }

  private static void expectHangingUp(List<byte[]> spoilers) throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      for (byte[] spoiler : spoilers) {
        try (RawPeer peer = milter.raw()) {
          peer.send(Conversation.offer(Conversation.ALL));
          assertThat(peer.read()).isPresent();
          peer.send(after(packet('C', "localhost\0004\0\000127.0.0.1\0"), spoiler));
          // Nothing is closed from this side, so it must be from the other.
          assertThat(peer.readLetters()).as(printable(spoiler)).isEmpty();
        }
      }
      milter.awaitNoConnections();
      Mails.assertWorks(milter);
      milter.expectNoFault();
      assertThat(
              milter.metric("dovetail_connections_total{outcome=\"protocol\",service=\"milter\"}"))
          .isEqualTo(spoilers.size());
    }
  }

  private static String printable(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(b > ' ' && b < 0x7F ? (char) b : '.');
    }
    return text.toString();
  }

  @Test
  void hangsUpOnConversationsThatBeginOtherwise() throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      for (byte[] packet :
          List.of(
              MAIL,
              END,
              packet('O', ""),
              packet('O', number(6)),
              bytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
              bytes("\26\3\1\2\0\1\0\1\374\3\3"),
              bytes("EHLO localhost\r\n"))) {
        try (RawPeer peer = milter.raw()) {
          peer.send(packet);
          assertThat(peer.readLetters()).isEmpty();
        }
      }
      milter.awaitNoConnections();
      Mails.assertWorks(milter);
      milter.expectNoFault();
    }
  }

  @Test
  void refusesOffersThatWouldBreakSignatures() throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      for (byte[] offer :
          List.of(
              Packets.offer(2, 0x1FF, 0x1F_FFFF),
              Packets.offer(6, 0x1FF, 0x0F_FFFF),
              Packets.offer(6, 0, 0x1F_FFFF),
              Packets.offer(-1, -1, -1))) {
        try (RawPeer peer = milter.raw()) {
          peer.send(offer);
          assertThat(peer.readLetters()).isEmpty();
        }
      }
      milter.awaitNoConnections();
      assertThat(milter.complaints()).hasSize(4);
      assertThat(milter.complaints().getFirst()).contains("milter_protocol = 6");
    }
  }

  @Test
  void survivesStrangeBytesInEveryField() throws Exception {
    List<byte[]> strange = new ArrayList<>();
    for (String s :
        List.of("", " ", "\r", "\n", "\r\n", "\n\n", "\377\376", "\1\2\3", "%s%n", "<")) {
      strange.add(packet('D', "C{daemon_name}\0" + s + "\0"));
      strange.add(packet('C', s + "\0004\0\000127.0.0.1\0"));
      strange.add(packet('C', s + "\0L\0\0" + s + "\0"));
      strange.add(packet('C', s + "\0U"));
      strange.add(packet('H', s + "\0"));
      strange.add(packet('D', "M{auth_authen}\0" + s + "\0i\0" + s + "\0" + s + "\0" + s + "\0"));
      strange.add(packet('M', "<" + s + "@one.test>\0" + s + "\0" + s + "\0"));
      strange.add(packet('R', s + "\0"));
      strange.add(packet('U', s + "\0"));
      strange.add(packet('L', "From\0" + s + "a@one.test" + s + "\0"));
      // A line end inside a field's name ends the connection: MilterCodecTest.
      strange.add(packet('L', s.replaceAll("[\r\n]", "") + "X\0" + s + "\0" + s + "\0"));
      strange.add(packet('L', "Received\0from" + s + " x (" + s + "[" + s + "])" + s + "\0"));
      strange.add(packet('L', "Authentication-Results\0" + s + "mail.example.com" + s + "\0"));
      strange.add(packet('B', s));
      strange.add(packet('E', s));
    }
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      peer.send(Conversation.offer(Conversation.ALL));
      peer.send(Packets.join(strange));
      peer.send(packet('Q', ""));
      // Edits aside, ten messages with ten answers.
      assertThat(peer.readLetters().replaceAll("[im]", "")).matches("Oa{10}");
      assertThat(milter.lines()).hasSize(10).allMatch(line -> line.startsWith("milter: "));
      milter.expectNoFault();
    }
  }
}
