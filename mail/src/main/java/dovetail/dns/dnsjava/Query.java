package dovetail.dns.dnsjava;

import java.io.IOException;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * A question as it travels.
 *
 * @param id what the response must repeat
 * @param type the number of the type
 * @param edns whether the server may know EDNS
 * @param recursive whether the server is to ask others
 */
record Query(int id, Name name, int type, boolean edns, boolean recursive) {
  /** What passes every path unfragmented (DNS flag day 2020, RFC 9715 3.2). */
  private static final int UDP_PAYLOAD = 1232;

  /** The least octets that a question and a record take. */
  private static final int QUESTION = 5;

  private static final int RECORD = 11;

  /** What has come, seen as a response to the question. */
  sealed interface Receipt {
    /** A response to it. */
    record Heard(Message message) implements Receipt {}

    /** The response does not fit into a datagram. */
    record Truncated() implements Receipt {}

    /** Something else: no matter who sent it, it is not believed. */
    record Stray() implements Receipt {}

    /** A response that cannot be read. */
    record Unreadable() implements Receipt {}
  }

  /** The same question for a server that may not know EDNS. */
  Query plain(int otherId) {
    return new Query(otherId, name, type, false, recursive);
  }

  byte[] octets() {
    Message message = new Message(id);
    message.getHeader().setOpcode(Opcode.QUERY);
    if (recursive) {
      message.getHeader().setFlag(Flags.RD);
    }
    message.getHeader().setFlag(Flags.AD); // RFC 6840 5.7: tell us, though we check nothing
    message.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
    if (edns) {
      message.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0), Section.ADDITIONAL); // RFC 6891 6.2.3
    }
    return message.toWire();
  }

  /** Reads what has come. */
  Receipt read(byte[] octets, int length) {
    byte[] received = Arrays.copyOf(octets, length);
    try {
      Header header = new Header(received);
      if (!isResponse(header)) {
        return new Receipt.Stray();
      }
      if (header.getFlag(Flags.TC)) { // what is there is not looked at
        return new Receipt.Truncated();
      }
      if (!fits(header, length)) {
        return new Receipt.Unreadable();
      }
    } catch (IOException _) {
      return new Receipt.Stray(); // shorter than a header
    }
    try {
      Message message = new Message(received);
      return isAsked(message) ? new Receipt.Heard(message) : new Receipt.Stray();
    } catch (IOException | RuntimeException _) { // records of any type, each with its own checks
      return new Receipt.Unreadable();
    }
  }

  private boolean isResponse(Header header) {
    return header.getID() == id && header.getFlag(Flags.QR) && header.getOpcode() == Opcode.QUERY;
  }

  /** Whether as many records can be there as the header says: before memory is taken for them. */
  private static boolean fits(Header header, int length) {
    long least = Header.LENGTH + (long) QUESTION * header.getCount(Section.QUESTION);
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
      least += (long) RECORD * header.getCount(section);
    }
    return least <= length;
  }

  /** Whether the response repeats the question: RFC 5452 9.1. A mere error need not. */
  private boolean isAsked(Message message) {
    int rcode = message.getHeader().getRcode();
    return switch (message.getSection(Section.QUESTION).size()) {
      case 0 -> rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN;
      case 1 -> isSame(message.getSection(Section.QUESTION).getFirst());
      default -> false;
    };
  }

  private boolean isSame(Record question) {
    return question.getName().equals(name)
        && question.getType() == type
        && question.getDClass() == DClass.IN;
  }
}
