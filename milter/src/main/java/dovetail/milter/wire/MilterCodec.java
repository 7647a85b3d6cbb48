package dovetail.milter.wire;

import dovetail.mail.HeaderField;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The filter's side of the milter protocol: commands in, answers out. Body chunks are handed on in
 * pieces as they arrive and are never collected; every other packet is read whole, under a cap.
 */
public final class MilterCodec {
  /** Where packets go. */
  @FunctionalInterface
  public interface Sink {
    /** Writes all of it. */
    void write(ByteBuffer packets) throws IOException;
  }

  private final BoundedInput in;
  private final PacketOutput out;
  private final int maxPacket;
  private int bodyLeft;
  private boolean endAfterBody;

  /**
   * @param in what the MTA sends
   * @param out where answers go, one call for each answer
   * @param maxPacket the longest packet other than a body chunk, in bytes
   */
  public MilterCodec(BoundedInput in, Sink out, int maxPacket) {
    this.in = in;
    this.out = new PacketOutput(out);
    this.maxPacket = maxPacket;
  }

  /** Whether the next command's bytes are already here, at least in part. */
  public boolean buffered() {
    return insideBody() || in.buffered();
  }

  /** Whether the next command goes on with a packet, instead of beginning one. */
  public boolean insideBody() {
    return bodyLeft > 0 || endAfterBody;
  }

  /**
   * Waits for the first byte of the next packet.
   *
   * @return false if the MTA has closed the connection between two packets
   */
  public boolean await() throws IOException {
    return insideBody() || !in.atEnd();
  }

  /**
   * Reads the next command.
   *
   * @throws ProtocolException if the packet is malformed, truncated, unknown or too long
   */
  public Command read() throws IOException {
    if (bodyLeft > 0) {
      return nextPiece();
    }
    if (endAfterBody) {
      endAfterBody = false;
      return new Command.EndOfMessage();
    }
    int length = in.readInt();
    if (length < 1) {
      throw new ProtocolException("milter packet length " + Integer.toUnsignedString(length));
    }
    char letter = (char) in.readByte();
    int size = length - 1;
    return switch (letter) {
      case Protocol.BODY -> body(size);
      case Protocol.END_OF_MESSAGE -> endOfMessage(size);
      default -> command(letter, in.readBytes(size, maxPacket));
    };
  }

  private Command body(int size) throws IOException {
    if (size > Protocol.MAX_CHUNK) {
      throw new ProtocolException("milter body chunk of " + size + " bytes");
    }
    if (size == 0) {
      return new Command.Body(ByteBuffer.allocate(0), true);
    }
    bodyLeft = size;
    return nextPiece();
  }

  /** Postfix sends the end of the message empty; other MTAs put the last chunk into it. */
  private Command endOfMessage(int size) throws IOException {
    if (size == 0) {
      return new Command.EndOfMessage();
    }
    Command piece = body(size);
    endAfterBody = true;
    return piece instanceof Command.Body(ByteBuffer chunk, _)
        ? new Command.Body(chunk, false)
        : piece;
  }

  private Command nextPiece() throws IOException {
    ByteBuffer chunk = in.slice(bodyLeft);
    bodyLeft -= chunk.remaining();
    return new Command.Body(chunk, bodyLeft == 0 && !endAfterBody);
  }

  private static Command command(char letter, byte[] data) throws ProtocolException {
    Fields fields = new Fields(letter, data);
    Command command =
        switch (letter) {
          case Protocol.NEGOTIATE -> negotiate(fields);
          case Protocol.MACROS -> macros(fields);
          case Protocol.CONNECT -> connect(fields);
          case Protocol.HELO -> new Command.Helo(fields.readString());
          case Protocol.MAIL -> new Command.Mail(fields.readString(), fields.readStrings());
          case Protocol.RCPT -> new Command.Recipient(fields.readString(), fields.readStrings());
          case Protocol.DATA -> new Command.Data();
          case Protocol.HEADER -> header(fields);
          case Protocol.END_OF_HEADERS -> new Command.EndOfHeaders();
          case Protocol.ABORT -> new Command.Abort();
          case Protocol.QUIT -> new Command.Quit();
          case Protocol.QUIT_NEW_CONNECTION -> new Command.QuitNewConnection();
          case Protocol.UNKNOWN -> new Command.Unknown(fields.readString());
          default ->
              throw new ProtocolException("unknown milter command '" + printable(letter) + "'");
        };
    fields.end();
    return command;
  }

  private static Command negotiate(Fields fields) throws ProtocolException {
    Command offer = new Command.Negotiate(fields.readInt(), fields.readInt(), fields.readInt());
    // What an MTA may add behind the three numbers is of no use to us.
    while (!fields.atEnd()) {
      fields.readByte();
    }
    return offer;
  }

  private static Command macros(Fields fields) throws ProtocolException {
    char stage = (char) fields.readByte();
    if (stage == Protocol.HEADER || stage == Protocol.BODY) {
      // Sent before each field and chunk, with nothing that was not said before.
      fields.readStrings();
      return new Command.Macros(stage, Map.of());
    }
    Map<String, String> values = HashMap.newHashMap(4);
    while (!fields.atEnd()) {
      values.put(fields.readString(), fields.readString());
    }
    return new Command.Macros(stage, values);
  }

  private static Command connect(Fields fields) throws ProtocolException {
    String host = fields.readString();
    int family = fields.readByte();
    return switch (family) {
      case 'U' -> new Command.Connect(host, Optional.empty(), 0, false);
      case 'L' -> {
        fields.readShort();
        fields.readString();
        yield new Command.Connect(host, Optional.empty(), 0, true);
      }
      case '4', '6' -> {
        int port = fields.readShort();
        yield new Command.Connect(host, Optional.of(address(fields)), port, false);
      }
      default -> throw fields.malformed("names an unknown address family");
    };
  }

  private static InetAddress address(Fields fields) throws ProtocolException {
    String text = fields.readString();
    String literal = text.regionMatches(true, 0, "IPv6:", 0, 5) ? text.substring(5) : text;
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw fields.malformed("has an address that is none");
    }
  }

  private static Command header(Fields fields) throws ProtocolException {
    byte[] name = fields.readBytes();
    if (!isName(name)) {
      throw fields.malformed("has a header field whose name is none");
    }
    return new Command.Header(HeaderField.of(name, fields.readLastBytes()));
  }

  /** A colon or line end inside a name would make it another field than the one that is judged. */
  private static boolean isName(byte[] name) {
    for (byte b : name) {
      if (b == ':' || b == '\r' || b == '\n') {
        return false;
      }
    }
    return name.length > 0;
  }

  /** Answers a negotiation, and names the macros that we want if the MTA lets us. */
  public void write(Negotiation negotiation) throws IOException {
    out.negotiation(negotiation);
    out.flush();
  }

  /** Answers an event that waits for it. */
  public void write(Reply reply) throws IOException {
    out.reply(reply);
    out.flush();
  }

  /** Answers the end of a message: the edits in their order, then the reply, in one write. */
  public void write(List<Edit> edits, Reply reply) throws IOException {
    for (Edit edit : edits) {
      out.edit(edit);
    }
    out.reply(reply);
    out.flush();
  }

  static String printable(char letter) {
    return letter > ' ' && letter < 0x7F
        ? String.valueOf(letter)
        : String.format("\\x%02x", (int) letter);
  }
}
