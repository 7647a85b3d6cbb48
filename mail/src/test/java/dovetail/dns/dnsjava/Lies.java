package dovetail.dns.dnsjava;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a {@link LyingServer} may say. */
final class Lies {
  private Lies() {}

  static Name name(String text) {
    return Name.fromConstantString(text);
  }

  /** A record as in a zone file: {@code owner ttl type data}. */
  static Record record(String line) {
    String[] part = line.split(" ", 4);
    try {
      return Record.fromString(
          name(part[0]),
          Type.value(part[2]),
          DClass.IN,
          Long.parseLong(part[1]),
          part[3],
          Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  /** An answer without records. */
  static Message answer(Message query, int rcode) {
    Message message = new Message(query.getHeader().getID());
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setFlag(Flags.RA);
    message.getHeader().setRcode(rcode);
    message.addRecord(query.getQuestion(), Section.QUESTION);
    return message;
  }

  /** An answer with records; SOA and NS go where they belong. */
  static Message answer(Message query, int rcode, String... lines) {
    Message message = answer(query, rcode);
    for (String line : lines) {
      Record record = record(line);
      boolean isAuthority =
          record.getType() == Type.SOA
              || (record.getType() == Type.NS && query.getQuestion().getType() != Type.NS);
      message.addRecord(record, isAuthority ? Section.AUTHORITY : Section.ANSWER);
    }
    return message;
  }

  static byte[] truncated(Message query) {
    Message message = answer(query, Rcode.NOERROR);
    message.getHeader().setFlag(Flags.TC);
    return message.toWire();
  }

  static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  /** One datagram with these records. */
  static LyingServer.Script says(String... lines) {
    return says(Rcode.NOERROR, lines);
  }

  static LyingServer.Script says(int rcode, String... lines) {
    return query -> List.of(answer(query, rcode, lines).toWire());
  }

  static LyingServer.Script says(Function<Message, byte[]> datagram) {
    return query -> List.of(datagram.apply(query));
  }

  /** Records by the name that is asked for; nothing at all, type 3, for another. */
  static LyingServer.Script zone(Map<String, List<String>> records) {
    return query ->
        List.of(
            answer(
                    query,
                    Rcode.NOERROR,
                    records
                        .getOrDefault(query.getQuestion().getName().toString(), List.of())
                        .toArray(String[]::new))
                .toWire());
  }

  static LyingServer.Script silent() {
    return _ -> List.of();
  }

  /** A datagram that has no room, then that over TCP. */
  static LyingServer.Script truncates(Function<Message, byte[]> stream, boolean lingers) {
    return new LyingServer.Script() {
      @Override
      public List<byte[]> datagrams(Message query) {
        return List.of(truncated(query));
      }

      @Override
      public byte[] stream(Message query) {
        return stream.apply(query);
      }

      @Override
      public boolean lingers() {
        return lingers;
      }
    };
  }
}
