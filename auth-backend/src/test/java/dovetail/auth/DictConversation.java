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
import java.util.stream.Stream;

/**
 * What a dict client and we say, as text: {@code ~} auth or sink, {@code >} lines that the client
 * sends, {@code <} what it is answered, {@code =} notes that are taken by then, {@code !} we hang
 * up, {@code #} says why. Lines end with LF; {@link Scripts.unescaped} has the escapes.
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
        List<DictConversation> all = files.sorted().map(DictConversation::read).toList();
        assertThat(all).hasSizeGreaterThan(13);
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

  private static DictConversation read(Path file) {
    List<Exchange> exchanges = new ArrayList<>();
    StringBuilder sent = new StringBuilder();
    boolean sink = false;
    try {
      for (String line : Files.readAllLines(file)) {
        String text = line.length() > 2 ? Scripts.unescaped(line.substring(2)) : "";
        switch (line.isEmpty() ? '#' : line.charAt(0)) {
          case '~' -> sink = text.equals("sink");
          case '>' -> sent.append(text).append('\n');
          case '<', '!' -> {
            String answered = line.charAt(0) == '<' ? text + '\n' : "";
            exchanges.add(new Exchange(sent.toString(), answered, new ArrayList<>()));
            sent.setLength(0);
          }
          case '=' -> exchanges.getLast().notes().add(text);
          case '#' -> {}
          default -> throw new IllegalArgumentException(file + ": " + line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(sent).as("%s ends with an answer", file).isEmpty();
    return new DictConversation(String.valueOf(file.getFileName()), sink, exchanges);
  }

  @Override
  public String toString() {
    return name;
  }
}
