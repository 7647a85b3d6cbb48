package dovetail.milter;

import static dovetail.milter.wire.Packets.packet;

import dovetail.milter.wire.Packets;
import dovetail.milter.wire.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A good conversation as packets, for those who spoil it. */
final class Conversation {
  /** What Postfix offers. */
  static final int ALL = Protocol.ALL_EVENTS;

  /** What an MTA offers that waits for an answer to each event. */
  static final int WAITING = Protocol.LEADING_SPACE;

  private Conversation() {}

  static byte[] offer(int events) {
    return Packets.offer(Protocol.VERSION, Protocol.ALL_ACTIONS, events);
  }

  /** From the offer to the farewell, with one message that is signed. */
  static List<byte[]> packets(int events) {
    List<byte[]> packets = new ArrayList<>();
    packets.add(offer(events));
    packets.addAll(greeting());
    packets.addAll(message());
    packets.add(packet('A', ""));
    packets.add(packet('Q', ""));
    return packets;
  }

  static List<byte[]> greeting() {
    return List.of(
        packet('D', "C{daemon_name}\0smtpd\0"),
        packet('C', "localhost\0004\4\322127.0.0.1\0"),
        packet('H', "client.example\0"));
  }

  static List<byte[]> message() {
    return List.of(
        packet('D', "M{auth_authen}\0joe@one.test\0"),
        packet('M', "<joe@one.test>\0SIZE=100\0BODY=8BITMIME\0"),
        packet('D', "Ri\0004XyZ\0"),
        packet('R', "<ann@example.net>\0"),
        packet('T', ""),
        packet('D', "Li\0004XyZ\0"),
        packet('L', "From\0 Joe <joe@one.test>\0"),
        packet('L', "Received\0 from x (y [192.0.2.1])\n by z\0"),
        packet('L', "Received\0 from x (y [127.0.0.1])\n\tby z; today\0"),
        packet('L', "Authentication-Results\0 mx.example; spf=pass\0"),
        packet('L', "Subject\0 folded\n once\0"),
        packet('N', ""),
        packet('B', "Hello\r\n"),
        packet('B', "World\r\n\r\n"),
        packet('D', "Ei\0004XyZ\0"),
        packet('E', ""));
  }

  /** The letters of the commands among packets that get an answer from a filter that must. */
  static String answered(List<byte[]> packets) {
    StringBuilder letters = new StringBuilder();
    for (byte[] packet : packets) {
      if ("DAQ".indexOf(packet[4]) < 0) {
        letters.append((char) packet[4]);
      }
    }
    return letters.toString();
  }

  /** All that the filter answers to these bytes. */
  static byte[] answers(LiveMilter milter, byte[] bytes) throws IOException {
    try (RawPeer peer = milter.raw()) {
      try {
        peer.send(bytes);
        peer.endSending();
      } catch (IOException _) {
        // Hung up on before the end: what it has answered until then counts.
      }
      return peer.readAll();
    }
  }
}
