package dovetail.milter.wire;

import dovetail.mail.HeaderField;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes commands as an MTA does: what was read once can be read again. */
final class Rewriting {
  private Rewriting() {}

  static byte[] of(List<Command> commands) {
    List<byte[]> packets = new ArrayList<>();
    String lastChunk = "";
    for (Command command : commands) {
      switch (command) {
        case Command.Body(ByteBuffer chunk, boolean last) -> {
          String text = StandardCharsets.ISO_8859_1.decode(chunk.duplicate()).toString();
          if (last) {
            packets.add(Packets.packet(Protocol.BODY, text));
          } else {
            lastChunk = text;
          }
        }
        case Command.EndOfMessage() -> {
          packets.add(Packets.packet(Protocol.END_OF_MESSAGE, lastChunk));
          lastChunk = "";
        }
        default -> packets.add(packet(command));
      }
    }
    return Packets.join(packets);
  }

  private static byte[] packet(Command command) {
    return switch (command) {
      case Command.Negotiate(int version, int actions, int events) ->
          Packets.offer(version, actions, events);
      case Command.Macros(char stage, Map<String, String> values) -> macros(stage, values);
      case Command.Connect connect -> connect(connect);
      case Command.Helo(String name) -> Packets.packet(Protocol.HELO, string(name));
      case Command.Mail(String path, List<String> parameters) ->
          Packets.packet(Protocol.MAIL, string(path) + strings(parameters));
      case Command.Recipient(String path, List<String> parameters) ->
          Packets.packet(Protocol.RCPT, string(path) + strings(parameters));
      case Command.Data() -> Packets.packet(Protocol.DATA, "");
      case Command.Header(HeaderField field) -> header(field);
      case Command.EndOfHeaders() -> Packets.packet(Protocol.END_OF_HEADERS, "");
      case Command.Abort() -> Packets.packet(Protocol.ABORT, "");
      case Command.Quit() -> Packets.packet(Protocol.QUIT, "");
      case Command.QuitNewConnection() -> Packets.packet(Protocol.QUIT_NEW_CONNECTION, "");
      case Command.Unknown(String line) -> Packets.packet(Protocol.UNKNOWN, string(line));
      case Command.Body _, Command.EndOfMessage _ -> throw new IllegalArgumentException("a body");
    };
  }

  private static byte[] macros(char stage, Map<String, String> values) {
    StringBuilder data = new StringBuilder().append(stage);
    values.forEach((name, value) -> data.append(string(name)).append(string(value)));
    return Packets.packet(Protocol.MACROS, data.toString());
  }

  private static byte[] connect(Command.Connect connect) {
    String port = "" + (char) (connect.port() >> 8) + (char) (connect.port() & 0xFF);
    String peer =
        connect
            .address()
            .map(InetAddress::getHostAddress)
            .map(address -> (address.contains(":") ? "6" : "4") + port + string(address))
            .orElse(connect.local() ? "L" + port + string("") : "U");
    return Packets.packet(Protocol.CONNECT, string(connect.host()) + peer);
  }

  private static byte[] header(HeaderField field) {
    String raw = new String(field.raw(), StandardCharsets.ISO_8859_1);
    return Packets.packet(
        Protocol.HEADER, raw.substring(0, field.colon()) + "\0" + field.value() + "\0");
  }

  private static String strings(List<String> texts) {
    StringBuilder data = new StringBuilder();
    texts.forEach(text -> data.append(string(text)));
    return data.toString();
  }

  /** UTF-8, one character for each octet, and the NUL that ends it. */
  private static String string(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return new String(octets, StandardCharsets.ISO_8859_1) + "\0";
  }
}
