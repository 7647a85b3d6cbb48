package dovetail.milter.session;

import dovetail.milter.filter.Archival;
import dovetail.milter.wire.Packets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation as text: {@code >} lines are packets of the MTA, {@code <} lines those of the
 * milter, {@code =} lines what the log knows in the end, {@code %} lines the configuration, {@code
 * +} lines exceptions in the database, {@code #} lines say why. A packet is its letter and its
 * data, with \0 for NUL, \n for LF, \r for CR, \xNN for any byte, and {n} for a number of four
 * bytes. A {@code <} line that ends in * stands for all packets that begin so; a {@code <} line
 * with ! says that the milter hangs up.
 */
record Conversation(
    String name, List<Line> lines, List<String> log, String settings, List<String> exceptions) {
  private static final int LENGTH = 4;

  /** One line: who speaks, and the packet. */
  record Line(boolean mta, String packet, boolean open) {
    boolean matches(byte[] said) {
      String text = text(said);
      return open
          ? text.substring(LENGTH).startsWith(packet.substring(LENGTH))
          : text.equals(packet);
    }

    byte[] bytes() {
      return packet.getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean hangsUp() {
      return packet.charAt(LENGTH) == '!';
    }

    @Override
    public String toString() {
      return printable(bytes()) + (open ? "*" : "");
    }
  }

  static Conversation read(Path file) {
    List<Line> lines = new ArrayList<>();
    List<String> log = new ArrayList<>();
    StringBuilder settings = new StringBuilder();
    List<String> exceptions = new ArrayList<>();
    try {
      for (String text : Files.readAllLines(file)) {
        if (text.startsWith("> ") || text.startsWith("< ")) {
          boolean open = text.startsWith("< ") && text.endsWith("*");
          byte[] packet = packet(text.substring(2, text.length() - (open ? 1 : 0)));
          lines.add(new Line(text.charAt(0) == '>', text(packet), open));
        } else if (text.startsWith("= ")) {
          log.add(text.substring(2));
        } else if (text.startsWith("+ ")) {
          exceptions.add(text.substring(2));
        } else if (text.startsWith("% ")) {
          settings.append(text.substring(2)).append('\n');
        } else if (!text.isBlank() && !text.startsWith("#")) {
          throw new IllegalArgumentException(file + ": " + text);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Conversation(
        String.valueOf(file.getFileName()), lines, log, settings.toString(), exceptions);
  }

  private static byte[] packet(String text) {
    StringBuilder data = new StringBuilder();
    int i = 1;
    while (i < text.length()) {
      if (text.substring(i).matches("\\{(0x)?[0-9A-F]+}.*")) {
        int close = text.indexOf('}', i);
        data.append(Packets.number(Integer.decode(text.substring(i + 1, close))));
        i = close + 1;
      } else if (text.startsWith("\\x", i)) {
        data.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 4;
      } else if (text.charAt(i) == '\\') {
        data.append(escaped(text.charAt(i + 1)));
        i += 2;
      } else {
        data.append(text.charAt(i));
        i++;
      }
    }
    return Packets.packet(text.charAt(0), data.toString());
  }

  private static char escaped(char c) {
    return switch (c) {
      case '0' -> '\0';
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> c;
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static String printable(byte[] packet) {
    StringBuilder text = new StringBuilder();
    for (int i = LENGTH; i < packet.length; i++) {
      char c = (char) (packet[i] & 0xFF);
      text.append(c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
    }
    return text.toString();
  }

  /** All that the MTA says, in one piece. */
  byte[] mta() {
    return Packets.join(lines.stream().filter(Line::mta).map(Line::bytes).toList());
  }

  /** Takes bytes apart into packets. */
  static List<byte[]> packets(byte[] bytes) {
    List<byte[]> packets = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      byte[] packet = new byte[LENGTH + rest.getInt(rest.position())];
      rest.get(packet);
      packets.add(packet);
    }
    return packets;
  }

  /** What a message's record says, in the form of the {@code =} lines. */
  static String log(MessageRecord message) {
    return String.join(
            " ",
            message.queueId(),
            message.verdict().reason().word(),
            "client=" + message.submission().client().printable(),
            "sender=<" + message.submission().senderAddress() + ">",
            "login=" + message.submission().login().orElse("-"),
            "recipients=" + message.recipients(),
            "size=" + message.size())
        + archival(message.verdict().archival());
  }

  /** Only of messages that have to do with an archive. */
  private static String archival(Archival archival) {
    return archival.equals(Archival.NONE)
        ? ""
        : " archive=%s before=%s gap=%s"
            .formatted(archival.to(), archival.before(), archival.gap().word());
  }

  @Override
  public String toString() {
    return name;
  }
}
