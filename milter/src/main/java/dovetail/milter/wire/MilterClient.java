package dovetail.milter.wire;

import dovetail.mail.HeaderField;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The MTA's side of the milter protocol, as Postfix speaks it: for health checks, tests and load.
 * It waits for an answer to each event for which the filter has not agreed to give none.
 */
public final class MilterClient implements AutoCloseable {
  private static final int MAX_ANSWER = 1 << 20;

  private final ByteChannel channel;
  private final BoundedInput in;
  private final PacketOutput out;
  private Negotiation agreed = new Negotiation(Protocol.VERSION, 0, 0);

  /**
   * What a filter has made of a message.
   *
   * @param edits the changes that it asks for, in their order
   * @param reply its last word
   */
  public record Outcome(List<Edit> edits, Reply reply) {
    public Outcome {
      edits = List.copyOf(edits);
    }
  }

  /** Speaks over a connection that is there. */
  MilterClient(ByteChannel channel) {
    this.channel = channel;
    this.in = new BoundedInput(channel);
    this.out = new PacketOutput(this::writeAll);
  }

  /** Connects to a filter, without a word yet. */
  public static MilterClient connect(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    try {
      if (address instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      return new MilterClient(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void writeAll(ByteBuffer packets) throws IOException {
    while (packets.hasRemaining()) {
      channel.write(packets);
    }
  }

  /**
   * Makes an offer and reads the filter's answer.
   *
   * @return what the filter wants of it
   */
  public Negotiation negotiate(Command.Negotiate offer) throws IOException {
    out.begin(Protocol.NEGOTIATE);
    out.putInt(offer.version());
    out.putInt(offer.actions());
    out.putInt(offer.events());
    out.end();
    out.flush();
    Fields answer = readPacket(Protocol.NEGOTIATE);
    agreed = new Negotiation(answer.readInt(), answer.readInt(), answer.readInt());
    while (!answer.atEnd()) {
      answer.readInt();
      answer.readString();
    }
    return agreed;
  }

  /** Offers all that Postfix offers. */
  public Negotiation negotiate() throws IOException {
    return negotiate(
        new Command.Negotiate(Protocol.VERSION, Protocol.ALL_ACTIONS, Protocol.ALL_EVENTS));
  }

  /** Macros for the event that follows; {@code stage} is its letter. */
  public void macros(char stage, Map<String, String> values) throws IOException {
    out.begin(Protocol.MACROS);
    out.put(stage);
    values.forEach((name, value) -> {
      out.putString(name);
      out.putString(value);
    });
    out.end();
  }

  /** An SMTP client at an IPv4 or IPv6 address. */
  public void connect(String host, InetSocketAddress client) throws IOException {
    boolean v4 = client.getAddress().getAddress().length == 4;
    out.begin(Protocol.CONNECT);
    out.putString(host);
    out.put(v4 ? '4' : '6');
    out.putShort(client.getPort());
    out.putString(client.getAddress().getHostAddress());
    out.end();
    sent(Protocol.NO_REPLY_CONNECT);
  }

  /** An SMTP client whose address nobody knows. */
  public void connect(String host) throws IOException {
    out.begin(Protocol.CONNECT);
    out.putString(host);
    out.put('U');
    out.end();
    sent(Protocol.NO_REPLY_CONNECT);
  }

  /** HELO or EHLO. */
  public void helo(String name) throws IOException {
    strings(Protocol.HELO, List.of(name));
    sent(Protocol.NO_REPLY_HELO);
  }

  /** MAIL FROM, with angle brackets as smtpd, without as cleanup. */
  public void mail(String path) throws IOException {
    strings(Protocol.MAIL, List.of(path));
    sent(Protocol.NO_REPLY_MAIL);
  }

  /** RCPT TO. */
  public void recipient(String path) throws IOException {
    strings(Protocol.RCPT, List.of(path));
    sent(Protocol.NO_REPLY_RCPT);
  }

  /** DATA. */
  public void data() throws IOException {
    strings(Protocol.DATA, List.of());
    sent(Protocol.NO_REPLY_DATA);
  }

  /** One header field. */
  public void header(HeaderField field) throws IOException {
    out.begin(Protocol.HEADER);
    out.putString(field.name());
    out.putString(field.value().replace("\r\n", "\n"));
    out.end();
    sent(Protocol.NO_REPLY_HEADER);
  }

  /** The header section is over. */
  public void endOfHeaders() throws IOException {
    strings(Protocol.END_OF_HEADERS, List.of());
    sent(Protocol.NO_REPLY_END_OF_HEADERS);
  }

  /** The body, in chunks as large as the protocol allows. */
  public void body(byte[] body) throws IOException {
    for (int at = 0; at < body.length; at += Protocol.MAX_CHUNK) {
      int length = Math.min(Protocol.MAX_CHUNK, body.length - at);
      out.begin(Protocol.BODY);
      out.putBytes(Arrays.copyOfRange(body, at, at + length));
      out.end();
      sent(Protocol.NO_REPLY_BODY);
    }
  }

  /**
   * The end of the message: sends all that is still collected and reads the filter's word on it.
   */
  public Outcome endOfMessage() throws IOException {
    strings(Protocol.END_OF_MESSAGE, List.of());
    out.flush();
    List<Edit> edits = new ArrayList<>();
    while (true) {
      int length = in.readInt();
      char letter = (char) in.readByte();
      Fields answer = new Fields(letter, in.readBytes(length - 1, MAX_ANSWER));
      switch (letter) {
        case Protocol.INSERT_HEADER ->
            edits.add(
                new Edit.InsertHeader(
                    answer.readInt(), HeaderField.of(answer.readBytes(), answer.readBytes())));
        case Protocol.CHANGE_HEADER -> edits.add(deletion(answer));
        case Protocol.HOLD -> edits.add(new Edit.Hold(answer.readString()));
        case Protocol.ADD_RECIPIENT -> edits.add(new Edit.AddRecipient(answer.readString(), ""));
        case Protocol.ADD_RECIPIENT_WITH_PARAMETERS ->
            edits.add(new Edit.AddRecipient(answer.readString(), answer.readString()));
        default -> {
          return new Outcome(edits, reply(letter, answer));
        }
      }
      answer.end();
    }
  }

  private static Edit deletion(Fields answer) throws ProtocolException {
    int occurrence = answer.readInt();
    String name = answer.readString();
    if (!answer.readString().isEmpty()) {
      throw answer.malformed("changes a field instead of deleting it");
    }
    return new Edit.DeleteHeader(name, occurrence);
  }

  private static Reply reply(char letter, Fields answer) throws ProtocolException {
    return switch (letter) {
      case Protocol.CONTINUE -> new Reply.Continue();
      case Protocol.ACCEPT -> new Reply.Accept();
      case Protocol.REPLY_CODE -> {
        String[] words = answer.readString().split(" ", 3);
        if (words.length < 3 || !words[0].matches("[45][0-9]{2}")) {
          throw answer.malformed("has no SMTP reply");
        }
        try {
          yield new Reply.Refuse(Integer.parseInt(words[0]), words[1], words[2].replace("%%", "%"));
        } catch (IllegalArgumentException _) {
          throw answer.malformed("has an SMTP reply that is none");
        }
      }
      default -> throw answer.malformed("is no answer that we know");
    };
  }

  /** Forget the message. */
  public void abort() throws IOException {
    strings(Protocol.ABORT, List.of());
    out.flush();
  }

  /** Hangs up, politely. */
  public void quit() throws IOException {
    strings(Protocol.QUIT, List.of());
    out.flush();
  }

  private void strings(char letter, List<String> strings) {
    out.begin(letter);
    strings.forEach(out::putString);
    out.end();
  }

  /** Waits for the answer to an event, if one is due. */
  private void sent(int noReplyBit) throws IOException {
    if (!agreed.replyDue(noReplyBit)) {
      return;
    }
    out.flush();
    int length = in.readInt();
    char letter = (char) in.readByte();
    in.readBytes(length - 1, MAX_ANSWER);
    if (letter != Protocol.CONTINUE) {
      throw new ProtocolException("filter answers '" + MilterCodec.printable(letter) + "' early");
    }
  }

  private Fields readPacket(char expected) throws IOException {
    int length = in.readInt();
    char letter = (char) in.readByte();
    if (letter != expected) {
      throw new ProtocolException("filter answers '" + MilterCodec.printable(letter) + "'");
    }
    return new Fields(letter, in.readBytes(length - 1, MAX_ANSWER));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
