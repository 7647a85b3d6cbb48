package dovetail.auth.wire;

import dovetail.live.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A conversation as text: {@code ~} names the protocol, {@code >} lines are a client's, {@code <}
 * lines a server's, with the escapes of {@link Scripts#unescaped}. A line that is written otherwise
 * than it was read has a {@code =} line behind it that says how, or {@code -} if nothing is; one
 * that breaks the protocol has {@code !} and the reason. {@code #} lines say why, the first one
 * also where it is from.
 *
 * @param asked what the client says
 * @param askedAgain what is written of it
 * @param broken how it breaks the protocol; empty if not
 */
record Conversation(
    String name,
    Speech.Protocol protocol,
    List<String> asked,
    List<String> askedAgain,
    List<String> answered,
    List<String> answeredAgain,
    String broken,
    String brokenAnswer) {

  static List<Conversation> all() {
    return Scripts.files(Conversation.class, 15).stream().map(Conversation::read).toList();
  }

  private static Conversation read(Path file) {
    List<List<String>> lines =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    String[] broken = {"", ""};
    Speech.Protocol protocol = Speech.Protocol.AUTH;
    int side = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        String text = line.length() > 2 ? Scripts.unescaped(line.substring(2)) : "";
        switch (line.isEmpty() ? '#' : line.charAt(0)) {
          case '~' -> protocol = Speech.Protocol.valueOf(text.toUpperCase(Locale.ROOT));
          case '>', '<' -> {
            side = line.charAt(0) == '>' ? 0 : 1;
            lines.get(side).add(text + '\n');
            lines.get(side + 2).add(text + '\n');
          }
          case '=' -> lines.get(side + 2).set(lines.get(side + 2).size() - 1, text + '\n');
          case '-' -> lines.get(side + 2).set(lines.get(side + 2).size() - 1, "");
          case '!' -> {
            broken[side] = text;
            lines.get(side + 2).removeLast();
          }
          case '#' -> {}
          default -> throw new IllegalArgumentException(file + ": " + line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Conversation(
        String.valueOf(file.getFileName()),
        protocol,
        lines.get(0),
        lines.get(2),
        lines.get(1),
        lines.get(3),
        broken[0],
        broken[1]);
  }

  @Override
  public String toString() {
    return name;
  }
}
