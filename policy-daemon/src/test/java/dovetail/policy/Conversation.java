package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.config.ConfigException;
import dovetail.directory.MapDirectory;
import dovetail.directory.Town;
import dovetail.live.Scripts;
import dovetail.policy.rule.NamedRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    List<Conversation> all = new ArrayList<>();
    try {
      for (Path file : Scripts.files(Conversation.class, 30)) {
        all.add(read(file));
      }
    } catch (IOException | ConfigException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  /** The rules, with nothing counted yet. */
  List<NamedRule> freshRules() {
    RuleTools tools = Tools.in(directory);
    return rules.stream().map(rule -> rule.rule(tools, rules)).toList();
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
          asked.append(Scripts.unescaped(line.substring(raw ? 3 : 2))).append(raw ? "" : "\n");
        }
        case '<' -> {
          String sent = asked + (raw ? "" : "\n");
          exchanges.add(new Exchange(sent, Scripts.unescaped(line.substring(2)), ""));
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

  @Override
  public String toString() {
    return name;
  }
}
