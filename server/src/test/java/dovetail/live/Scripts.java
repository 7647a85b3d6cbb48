package dovetail.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Conversations that are written down in files. */
public final class Scripts {
  private static final Pattern REPEATED = Pattern.compile("\\{([0-9]+)\\*([^}]*)\\}");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(x[0-9a-f]{2}|[0nrt\\\\])");

  private Scripts() {}

  /**
   * The files of src/test/resources/conversations, in order.
   *
   * @param test a class of the module whose files they are
   * @param least there are more than that, or some got lost
   */
  public static List<Path> files(Class<?> test, int least) {
    try {
      Path folder =
          Path.of(Optional.ofNullable(test.getResource("/conversations")).orElseThrow().toURI());
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> all = files.sorted().toList();
        assertThat(all).hasSizeGreaterThan(least);
        return all;
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A character for each byte of the text in UTF-8, with escapes undone: \0 is NUL, \t TAB, \n LF,
   * \r CR, \xNN any byte, \\ a backslash, {5*x} so many of what follows.
   */
  public static String unescaped(String text) {
    String repeated =
        REPEATED
            .matcher(Octets.utf8(text))
            .replaceAll(match ->
                Matcher.quoteReplacement(match.group(2).repeat(Integer.parseInt(match.group(1)))));
    return ESCAPED
        .matcher(repeated)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                String.valueOf(
                    switch (match.group(1).charAt(0)) {
                      case '0' -> '\0';
                      case 'n' -> '\n';
                      case 'r' -> '\r';
                      case 't' -> '\t';
                      case 'x' -> (char) Integer.parseInt(match.group(1).substring(1), 16);
                      default -> '\\';
                    })));
  }
}
