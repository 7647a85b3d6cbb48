package dovetail.dns.dnsjava;

import dovetail.dns.Failure;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The talk with one server about one question. Its socket is new, so its port cannot be guessed
 * (RFC 5452 9.2), and kept, so that an answer that comes late is still heard when asking again. For
 * one thread.
 */
final class Talk implements AutoCloseable {
  /** More than we ask for, in case a server does not care. */
  private static final int DATAGRAM = 4096;

  private final InetSocketAddress server;
  private final boolean trusted;
  private final IntSupplier ids;
  private Optional<DatagramSocket> open = Optional.empty();
  private Query query;
  private boolean strays;

  /**
   * A talk in which nothing has been said.
   *
   * @param trusted whether the server's AD flag is believed
   * @param query what is asked first
   * @param ids gives the id of each further query, 16 bits that nobody can guess
   */
  Talk(InetSocketAddress server, boolean trusted, Query query, IntSupplier ids) {
    this.server = server;
    this.trusted = trusted;
    this.ids = ids;
    this.query = query;
  }

  InetSocketAddress server() {
    return server;
  }

  /** Asks, and waits for the answer. */
  Reply ask(Deadline until) {
    try {
      Reply reply = exchange(until);
      if (query.edns() && isFormatError(reply)) {
        query = query.plain(ids.getAsInt()); // RFC 6891 7
        reply = exchange(until);
      }
      return reply instanceof Reply.Knows(Message message, boolean _) && !knows(message)
          ? new Reply.KnowsNot(failure(message), false)
          : reply;
    } catch (SocketTimeoutException _) {
      return new Reply.KnowsNot(strays ? Failure.MALFORMED : Failure.TIMEOUT, true);
    } catch (IOException _) { // mostly an ICMP message: nobody there, no way
      return new Reply.KnowsNot(Failure.UNREACHABLE, false);
    }
  }

  private Reply exchange(Deadline until) throws IOException {
    DatagramSocket socket = socket();
    byte[] octets = query.octets();
    socket.send(new DatagramPacket(octets, octets.length));
    DatagramPacket received = new DatagramPacket(new byte[DATAGRAM], DATAGRAM);
    while (true) {
      received.setLength(DATAGRAM);
      socket.setSoTimeout(until.millis());
      socket.receive(received);
      switch (query.read(received.getData(), received.getLength())) {
        case Query.Receipt.Heard(Message message) -> {
          return new Reply.Knows(message, isChecked(message));
        }
        case Query.Receipt.Truncated() -> { // RFC 2181 9
          return overTcp(octets, until);
        }
        case Query.Receipt.Unreadable() -> {
          return new Reply.KnowsNot(Failure.MALFORMED, false);
        }
        case Query.Receipt.Stray() -> strays = true; // RFC 5452 9.1: wait for the right one
      }
    }
  }

  private DatagramSocket socket() throws IOException {
    if (open.isEmpty()) {
      open = Optional.of(new DatagramSocket());
      open.get().connect(server); // nobody else is heard, and ICMP messages are
    }
    return open.get();
  }

  private Reply overTcp(byte[] octets, Deadline until) throws IOException {
    try (Stream stream = Stream.connect(server, until)) {
      byte[] received = stream.exchange(octets, until);
      // Nobody else talks on this connection: what is no answer is no stray.
      return query.read(received, received.length) instanceof Query.Receipt.Heard(Message message)
          ? new Reply.Knows(message, isChecked(message))
          : new Reply.KnowsNot(Failure.MALFORMED, false);
    } catch (Stream.BrokenException _) {
      return new Reply.KnowsNot(Failure.MALFORMED, false);
    }
  }

  private boolean isChecked(Message message) {
    return trusted && message.getHeader().getFlag(Flags.AD);
  }

  private static boolean isFormatError(Reply reply) {
    return reply instanceof Reply.Knows(Message message, boolean _)
        && message.getRcode() == Rcode.FORMERR;
  }

  private static boolean knows(Message message) {
    return switch (message.getRcode()) {
      case Rcode.NOERROR -> !isReferral(message);
      case Rcode.NXDOMAIN, Rcode.YXDOMAIN -> true;
      default -> false;
    };
  }

  /** RFC 2308 2.2: name servers without an SOA say "ask those", which is no answer at all. */
  private static boolean isReferral(Message message) {
    return message.getSection(Section.ANSWER).isEmpty()
        && has(message, Type.NS)
        && !has(message, Type.SOA);
  }

  private static boolean has(Message message, int type) {
    return message.getSection(Section.AUTHORITY).stream()
        .anyMatch(record -> record.getType() == type);
  }

  private static Failure failure(Message message) {
    return message.getRcode() == Rcode.SERVFAIL ? Failure.SERVER_FAILURE : Failure.REFUSED;
  }

  @Override
  public void close() {
    open.ifPresent(DatagramSocket::close);
  }
}
