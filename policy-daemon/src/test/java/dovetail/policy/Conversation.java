package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.config.ConfigException;
import dovetail.directory.MapDirectory;
import dovetail.directory.Town;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.wire.Lines;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A conversation as text: {@code +} lines are the directory, {@code %} lines rules (what stands in
 * a table of TOML), {@code >} lines what Postfix asks, {@code <} lines what it is answered, {@code
 * =} lines the rule behind it and the reason, {@code #} lines say why. A line that is asked ends
 * with LF, and an empty one follows the last of a request; \0 is NUL, \n LF, \r CR, \xNN any byte,
 * {5*x} so many of what follows. A {@code >!} line is bytes as they are. A {@code <} line with !
 * says that we hang up.
 *
 * @param directory who is hosted; the domain example.com is ours in any case
 */
record Conversation(
    String name, MapDirectory directory, List<RuleConfig> rules, List<Exchange> exchanges) {
  private static final Pattern REPEATED = Pattern.compile("\\{([0-9]+)\\*([^}]*)\\}");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(x[0-9a-f]{2}|[0nr\\\\])");

  /**
   * One question. A character is a byte.
   *
   * @param sent all that is sent
   * @param answer what stands behind "action="; "!" if we hang up
   * @param because the rule behind it and the reason; empty if that is not told
   */
  record Exchange(String sent, String answer, String because) {
    boolean hangsUp() {
      return answer.equals("!");
    }

    /** The answer as bytes. */
    String answered() {
      return hangsUp() ? "" : "action=" + answer + "\n\n";
    }

    Exchange because(String text) {
      return new Exchange(sent, answer, text);
    }

    @Override
    public String toString() {
      return sent.length() > 2_000 ? sent.substring(0, 2_000) + "..." : sent;
    }
  }

  /** All conversations of src/test/resources/conversations. */
  static List<Conversation> all() {
    try {
      Path folder =
          Path.of(
              Optional.ofNullable(Conversation.class.getResource("/conversations"))
                  .orElseThrow()
                  .toURI());
      List<Conversation> all = new ArrayList<>();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          all.add(read(file));
        }
      }
      assertThat(all).hasSizeGreaterThan(30);
      return all;
    } catch (IOException | URISyntaxException | ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rules, with nothing counted yet. */
  List<NamedRule> freshRules() {
    RuleTools tools = Tools.in(directory);
    return rules.stream().map(rule -> rule.rule(tools)).toList();
  }

  /** All that Postfix says, in one piece. */
  String asked() {
    StringBuilder all = new StringBuilder();
    exchanges.forEach(exchange -> all.append(exchange.sent()));
    return all.toString();
  }

  private static Conversation read(Path file) throws IOException, ConfigException {
    List<String> town = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    List<Exchange> exchanges = new ArrayList<>();
    StringBuilder asked = new StringBuilder();
    boolean raw = false;
    for (String line : Files.readAllLines(file)) {
      switch (line.isBlank() ? '#' : line.charAt(0)) {
        case '+' -> town.add(line.substring(2));
        case '%' -> rules.add("{ " + line.substring(2) + " }");
        case '>' -> {
          raw = line.startsWith(">! ");
          asked.append(raw ? bytes(line.substring(3)) : bytes(line.substring(2)) + "\n");
        }
        case '<' -> {
          String sent = asked + (raw ? "" : "\n");
          exchanges.add(new Exchange(sent, bytes(line.substring(2)), ""));
          asked.setLength(0);
        }
        case '=' -> exchanges.add(exchanges.removeLast().because(line.substring(2)));
        case '#' -> {}
        default -> throw new IllegalArgumentException(file + ": " + line);
      }
    }
    assertThat(asked).as(file + " ends with an answer").isEmpty();
    return new Conversation(
        String.valueOf(file.getFileName()),
        Town.of(town),
        Written.rules(rules),
        List.copyOf(exchanges));
  }

  /** A character for each byte of the text in UTF-8, with escapes undone. */
  private static String bytes(String text) {
    String octets = Lines.string(text.getBytes(StandardCharsets.UTF_8));
    String repeated =
        REPEATED
            .matcher(octets)
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
                      case 'x' -> (char) Integer.parseInt(match.group(1).substring(1), 16);
                      default -> '\\';
                    })));
  }

  @Override
  public String toString() {
    return name;
  }
}
