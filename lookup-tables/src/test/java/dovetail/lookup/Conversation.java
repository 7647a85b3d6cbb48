package dovetail.lookup;

import dovetail.directory.MapDirectory;
import dovetail.directory.Town;
import dovetail.live.Octets;
import dovetail.live.Scripts;
import dovetail.lookup.wire.Frames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A conversation as text: {@code +} lines are the directory, {@code >} lines what Postfix asks,
 * {@code <} lines what it is answered, {@code =} lines the reason, {@code #} lines say why. A
 * request or answer is the content of a netstring, with \0 for NUL, \n for LF, \r for CR, \xNN for
 * any byte, and {5*x} for so many of what follows; a {@code >!} line is bytes as they are. A {@code
 * <} line with ! says that we hang up. A line {@code ~ unix} or {@code ~ inet} says that all that
 * is so on such sockets only.
 *
 * @param at "unix", "inet", or nothing for both
 */
public record Conversation(
    String name, MapDirectory directory, List<Exchange> exchanges, String at) {

  /**
   * One question. A character is a byte.
   *
   * @param sent all that is sent
   * @param request what is in the netstring; empty if there is none
   * @param answer what is in that of the answer; "!" if we hang up
   * @param reason why, if that is told
   */
  public record Exchange(String sent, String request, String answer, Optional<String> reason) {
    boolean hangsUp() {
      return answer.equals("!");
    }

    /** Whether an answer is the one that is due. */
    boolean isAnswer(String said) {
      return said.strip().equals(answer) && !said.endsWith("  ");
    }

    @Override
    public String toString() {
      return sent.length() > 100 ? sent.substring(0, 100) + "..." : sent;
    }
  }

  /** All conversations of src/test/resources/conversations. */
  public static List<Conversation> all() {
    return Scripts.files(Conversation.class, 20).stream().map(Conversation::read).toList();
  }

  /** Whether it is held over such sockets. */
  public boolean isHeldAt(String kind) {
    return at.isEmpty() || at.equals(kind);
  }

  /** All that Postfix says, in one piece. */
  byte[] asked() {
    StringBuilder all = new StringBuilder();
    exchanges.forEach(exchange -> all.append(exchange.sent()));
    return Octets.bytes(all.toString());
  }

  private static Conversation read(Path file) {
    List<String> town = new ArrayList<>();
    List<Exchange> exchanges = new ArrayList<>();
    String at = "";
    String asked = "";
    try {
      for (String line : Files.readAllLines(file)) {
        switch (line.isBlank() ? '#' : line.charAt(0)) {
          case '+' -> town.add(line.substring(2));
          case '>' -> asked = line;
          case '<' -> exchanges.add(exchange(asked, Scripts.unescaped(line.substring(2))));
          case '=' -> exchanges.add(because(exchanges.removeLast(), line.substring(2)));
          case '~' -> at = line.substring(2);
          case '#' -> {}
          default -> throw new IllegalArgumentException(file + ": " + line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String name = String.valueOf(file.getFileName());
    return new Conversation(name, Town.of(town), List.copyOf(exchanges), at);
  }

  private static Exchange exchange(String asked, String answer) {
    if (asked.startsWith(">! ")) {
      return new Exchange(
          Scripts.unescaped(asked.substring(3)), "", answer.strip(), Optional.empty());
    }
    String request = Scripts.unescaped(asked.substring(2));
    return new Exchange(Frames.frame(request), request, answer.strip(), Optional.empty());
  }

  private static Exchange because(Exchange exchange, String reason) {
    return new Exchange(
        exchange.sent(), exchange.request(), exchange.answer(), Optional.of(reason));
  }

  @Override
  public String toString() {
    return name;
  }
}
