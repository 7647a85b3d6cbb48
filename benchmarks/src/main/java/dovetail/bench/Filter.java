package dovetail.bench;

import dovetail.bench.PacketWriter.Piece;
import dovetail.milter.wire.Protocol;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to a milter, for one thread. As Postfix's: with Nagle's algorithm on. It does little
 * beside moving bytes, so that the filter and not the load is what is measured.
 */
final class Filter implements AutoCloseable {
  private static final int MAX_ANSWER = 64 * 1024;

  /** Postfix offers to skip the rest of a body as well; here every filter gets all of it. */
  private static final int OFFER = Protocol.ALL_EVENTS & ~(1 << 10);

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(MAX_ANSWER).flip();
  private final int agreed;

  private Filter(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.agreed = negotiate();
  }

  /** Connects and negotiates. */
  static Filter connect(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    try {
      return new Filter(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private int negotiate() throws IOException {
    ByteBuffer offer = ByteBuffer.allocate(17);
    offer.putInt(13).put((byte) 'O').putInt(Protocol.VERSION);
    offer.putInt(Protocol.ALL_ACTIONS).putInt(OFFER).flip();
    write(offer);
    int length = await();
    if (length < 13 || in.get() != 'O') {
      throw new IOException("no answer to the negotiation");
    }
    in.getInt();
    in.getInt();
    int events = in.getInt();
    in.position(in.position() + length - 13);
    return events;
  }

  /** The event flags of the filter's answer. */
  int agreed() {
    return agreed;
  }

  /** Sends all of it, waiting where an answer is due. */
  void send(List<Piece> pieces) throws IOException {
    for (Piece piece : pieces) {
      write(piece.bytes().duplicate());
      if (piece.answerDue()) {
        int length = await();
        char letter = (char) in.get();
        in.position(in.position() + length - 1);
        if (letter != 'c') {
          throw new IOException("the filter answers '" + letter + "' before the end");
        }
      }
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Reads what the filter makes of the message.
   *
   * @return the fields that it adds, each with the space that its value begins with
   * @throws IOException if it does not take the message
   */
  List<Field> outcome() throws IOException {
    List<Field> added = new ArrayList<>();
    while (true) {
      int length = await();
      char letter = (char) in.get(in.position());
      String packet = new String(in.array(), in.position(), length, StandardCharsets.ISO_8859_1);
      in.position(in.position() + length);
      switch (letter) {
        case 'h' -> added.add(field(packet.substring(1)));
        case 'i' -> added.add(field(packet.substring(1 + Integer.BYTES)));
        case 'm', 'p' -> {}
        case 'a', 'c' -> {
          return added;
        }
        default -> throw new IOException("the filter answers '" + letter + "'");
      }
    }
  }

  private Field field(String data) throws IOException {
    int end = data.indexOf('\0');
    if (end < 0 || !data.endsWith("\0") || end == data.length() - 1) {
      throw new IOException("the filter adds no field that could be read");
    }
    String value = data.substring(end + 1, data.length() - 1);
    return new Field(
        data.substring(0, end), (agreed & Protocol.LEADING_SPACE) == 0 ? " " + value : value);
  }

  /** Waits for a whole packet and returns its length; it stands at the buffer's position. */
  private int await() throws IOException {
    fill(Integer.BYTES);
    int length = in.getInt();
    if (length < 1 || length > MAX_ANSWER - Integer.BYTES) {
      throw new IOException("the filter answers with " + length + " bytes");
    }
    fill(length);
    return length;
  }

  private void fill(int wanted) throws IOException {
    if (in.remaining() >= wanted) {
      return;
    }
    in.compact();
    while (in.position() < wanted) {
      if (channel.read(in) < 0) {
        throw new EOFException("the filter hangs up");
      }
    }
    in.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
