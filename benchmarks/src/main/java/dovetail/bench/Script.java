package dovetail.bench;

import dovetail.bench.PacketWriter.Piece;
import dovetail.mail.HeaderField;
import dovetail.milter.wire.Protocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The packets of a conversation as Postfix has it with a filter: macros before each event, the
 * envelope in one write by smtpd, the content in another by cleanup, and a wait for each answer
 * that the filter has not agreed to leave out.
 *
 * @param first the envelope of a connection's first message, with the greeting
 * @param next the envelope of each later one
 * @param content header and body; the answer to their end is not part of it
 * @param last what closes a connection
 */
record Script(List<Piece> first, List<Piece> next, List<Piece> content, List<Piece> last) {
  private static final String QUEUE_ID = "i\0004BenchQueueId\0";

  // Events that a filter may ask not to be sent.
  private static final int NO_CONNECT = 1;
  private static final int NO_HELO = 1 << 1;
  private static final int NO_MAIL = 1 << 2;
  private static final int NO_RCPT = 1 << 3;
  private static final int NO_BODY = 1 << 4;
  private static final int NO_HEADERS = 1 << 5;
  private static final int NO_END_OF_HEADERS = 1 << 6;
  private static final int NO_DATA = 1 << 9;

  /** Writes events, as far as they are wanted. */
  private record Events(PacketWriter out, int agreed) {
    void event(char letter, byte[] data, String macros, int unwantedBit, int noReplyBit) {
      if ((agreed & unwantedBit) == 0) {
        out.packet('D', letter + macros);
        out.packet(letter, data);
        if ((agreed & noReplyBit) == 0) {
          out.cut(true);
        }
      }
    }

    void event(char letter, String data, String macros, int unwantedBit, int noReplyBit) {
      event(letter, PacketWriter.bytes(data), macros, unwantedBit, noReplyBit);
    }
  }

  /**
   * The conversation about a message.
   *
   * @param agreed the event flags of the filter's answer to the negotiation
   */
  static Script of(Letter letter, int agreed) {
    PacketWriter last = new PacketWriter();
    last.packet('A', "");
    last.packet('Q', "");
    return new Script(
        envelope(letter.envelope(), agreed, true),
        envelope(letter.envelope(), agreed, false),
        content(letter.mail(), agreed),
        last.pieces());
  }

  /**
   * The content below fields that other filters have added, as Postfix hands it on.
   *
   * @param added each with the space that its value begins with
   * @param agreed by the filter that gets it
   */
  List<Piece> contentBelow(List<Field> added, int agreed) {
    Events events = new Events(new PacketWriter(), agreed);
    added.forEach(field -> field(events, field.name(), field.value()));
    List<Piece> all = new ArrayList<>(events.out().pieces());
    int at = 0;
    if (!all.isEmpty() && !all.getLast().answerDue()) { // they go out in one write
      Piece last = all.removeLast();
      Piece next = content.getFirst();
      ByteBuffer joined =
          ByteBuffer.allocate(last.bytes().remaining() + next.bytes().remaining())
              .put(last.bytes().duplicate())
              .put(next.bytes().duplicate())
              .flip();
      all.add(new Piece(joined, next.answerDue()));
      at = 1;
    }
    all.addAll(content.subList(at, content.size()));
    return all;
  }

  private static List<Piece> envelope(Envelope envelope, int agreed, boolean first) {
    Events events = new Events(new PacketWriter(), agreed);
    if (first) {
      events.event(
          'C',
          envelope.host() + "\0004\303P" + envelope.address() + "\0",
          "j\0mx.demo.example\0{daemon_name}\0mx.demo.example\0v\0Postfix 3.7.11\0",
          NO_CONNECT,
          Protocol.NO_REPLY_CONNECT);
      events.event('H', envelope.host() + "\0", "", NO_HELO, Protocol.NO_REPLY_HELO);
    } else {
      events.out().packet('A', "");
    }
    events.event(
        'M',
        "<" + envelope.sender() + ">\0",
        "{mail_addr}\0" + envelope.sender() + "\0",
        NO_MAIL,
        Protocol.NO_REPLY_MAIL);
    events.event(
        'R',
        "<ann@sink.example>\0",
        QUEUE_ID + "{rcpt_addr}\0ann@sink.example\0",
        NO_RCPT,
        Protocol.NO_REPLY_RCPT);
    events.event('T', "", QUEUE_ID, NO_DATA, Protocol.NO_REPLY_DATA);
    return events.out().pieces();
  }

  private static List<Piece> content(Mail mail, int agreed) {
    Events events = new Events(new PacketWriter(), agreed);
    for (HeaderField field : mail.fields()) {
      field(events, field.name(), field.value().replace("\r\n", "\n"));
    }
    events.event('N', "", QUEUE_ID, NO_END_OF_HEADERS, Protocol.NO_REPLY_END_OF_HEADERS);
    byte[] body = mail.body();
    for (int at = 0; at < body.length; at += Protocol.MAX_CHUNK) {
      int end = Math.min(at + Protocol.MAX_CHUNK, body.length);
      events.event(
          'B', Arrays.copyOfRange(body, at, end), QUEUE_ID, NO_BODY, Protocol.NO_REPLY_BODY);
    }
    events.out().packet('D', "E" + QUEUE_ID);
    events.out().packet('E', "");
    return events.out().pieces();
  }

  private static void field(Events events, String name, String value) {
    boolean spaces = (events.agreed() & Protocol.LEADING_SPACE) != 0;
    String sent = !spaces && value.startsWith(" ") ? value.substring(1) : value;
    events.event('L', name + "\0" + sent + "\0", QUEUE_ID, NO_HEADERS, Protocol.NO_REPLY_HEADER);
  }
}
