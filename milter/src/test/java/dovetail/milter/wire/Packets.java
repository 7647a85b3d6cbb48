package dovetail.milter.wire;

import dovetail.server.io.BoundedInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Packets as bytes, written by hand: what the codec must agree with. */
public final class Packets {
  private Packets() {}

  /** A packet with a string of bytes as data; a character is a byte. */
  public static byte[] packet(char letter, String data) {
    byte[] bytes = data.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer packet = ByteBuffer.allocate(5 + bytes.length);
    packet.putInt(1 + bytes.length).put((byte) letter).put(bytes);
    return packet.array();
  }

  /** A number of four bytes, as a part of a packet's data. */
  public static String number(int value) {
    return new String(ByteBuffer.allocate(4).putInt(value).array(), StandardCharsets.ISO_8859_1);
  }

  /** An offer as Postfix makes it. */
  public static byte[] offer() {
    return offer(6, Protocol.ALL_ACTIONS, Protocol.ALL_EVENTS);
  }

  /** An offer. */
  public static byte[] offer(int version, int actions, int events) {
    return packet('O', number(version) + number(actions) + number(events));
  }

  /** All of these, one behind the other. */
  public static byte[] join(List<byte[]> packets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    packets.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** An input that ends behind these bytes. */
  public static BoundedInput input(byte[] bytes) {
    return new BoundedInput(Channels.newChannel(new ByteArrayInputStream(bytes)));
  }

  /** One message as Postfix's smtpd sends it, with its macros. */
  public static List<byte[]> message() {
    List<byte[]> packets = new ArrayList<>();
    packets.add(packet('D', "C{daemon_name}\0smtpd\0"));
    packets.add(packet('C', "localhost\0004\4\322127.0.0.1\0"));
    packets.add(packet('H', "client.example\0"));
    packets.add(packet('M', "<joe@example.com>\0SIZE=100\0BODY=8BITMIME\0"));
    packets.add(packet('D', "Ri\0004XyZ\0"));
    packets.add(packet('R', "<ann@example.net>\0"));
    packets.add(packet('D', "Ti\0004XyZ\0"));
    packets.add(packet('T', ""));
    packets.add(packet('D', "Li\0004XyZ\0"));
    packets.add(packet('L', "From\0 Joe <joe@example.com>\0"));
    packets.add(packet('L', "Subject\0 folded\n once\0"));
    packets.add(packet('D', "Ni\0004XyZ\0"));
    packets.add(packet('N', ""));
    packets.add(packet('D', "Bi\0004XyZ\0"));
    packets.add(packet('B', "Hello\r\n"));
    packets.add(packet('D', "Ei\0004XyZ\0"));
    packets.add(packet('E', ""));
    packets.add(packet('A', ""));
    packets.add(packet('Q', ""));
    return packets;
  }
}
