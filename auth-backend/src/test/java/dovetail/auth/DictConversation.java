package dovetail.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.live.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a dict client and we say, as text: {@code ~} auth or sink, with which a connection begins,
 * several of which may be in a file, {@code >} lines that the client sends, {@code <} what it is
 * answered, {@code =} notes that are taken by then, {@code !} we hang up, {@code #} says why. Lines
 * end with LF; {@link Scripts.unescaped} has the escapes.
 */
record DictConversation(String name, boolean sink, List<Exchange> exchanges) {
  /**
   * One answer.
   *
   * @param sent all that is sent before it
   * @param answered empty if we hang up
   * @param notes that are taken, as they show themselves
   */
  record Exchange(String sent, String answered, List<String> notes) {
    boolean hangsUp() {
      return answered.isEmpty();
    }

    @Override
    public String toString() {
      return sent.length() > 500 ? sent.substring(0, 500) + "..." : sent;
    }
  }

  static List<DictConversation> all() {
    try {
      Path folder =
          Path.of(
              Optional.ofNullable(DictConversation.class.getResource("/dict"))
                  .orElseThrow()
                  .toURI());
      try (Stream<Path> files = Files.list(folder)) {
        List<DictConversation> all = files.sorted().flatMap(DictConversation::read).toList();
        assertThat(all).hasSizeGreaterThan(45);
        return all;
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that the client says, in one piece. */
  String asked() {
    return String.join("", exchanges.stream().map(Exchange::sent).toList());
  }

  private static Stream<DictConversation> read(Path file) {
    try {
      List<List<String>> parts = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("~")) {
          parts.add(new ArrayList<>());
        }
        if (!line.isEmpty() && !line.startsWith("#")) {
          parts.getLast().add(line);
        }
      }
      return IntStream.range(0, parts.size())
          .mapToObj(i -> read(file.getFileName() + " " + (i + 1), parts.get(i)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DictConversation read(String name, List<String> lines) {
    List<Exchange> exchanges = new ArrayList<>();
    StringBuilder sent = new StringBuilder();
    boolean sink = false;
    for (String line : lines) {
      String text = line.length() > 2 ? Scripts.unescaped(line.substring(2)) : "";
      switch (line.charAt(0)) {
        case '~' -> sink = text.equals("sink");
        case '>' -> sent.append(text).append('\n');
        case '<', '!' -> {
          String answered = line.charAt(0) == '<' ? text + '\n' : "";
          exchanges.add(new Exchange(sent.toString(), answered, new ArrayList<>()));
          sent.setLength(0);
        }
        case '=' -> exchanges.getLast().notes().add(text);
        default -> throw new IllegalArgumentException(name + ": " + line);
      }
    }
    assertThat(sent).as("%s ends with an answer", name).isEmpty();
    return new DictConversation(name, sink, exchanges);
  }

  @Override
  public String toString() {
    return name;
  }
}
