package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Help, usage errors and completion. */
final class HelpTest {
  /** A command, and the words that call it. */
  record Called(List<String> words, CommandLine command) {
    @Override
    public String toString() {
      return String.join(" ", words);
    }
  }

  static Stream<Called> commands() {
    return below(new Called(List.of(), DovetailCommand.commandLine()));
  }

  private static Stream<Called> below(Called called) {
    return Stream.concat(
        Stream.of(called),
        called.command().getSubcommands().entrySet().stream()
            .map(entry -> new Called(with(called.words(), entry.getKey()), entry.getValue()))
            .flatMap(HelpTest::below));
  }

  /** The commands that each kind of row has. */
  private static List<String> ofRows() {
    return Stream.of(
            "domain", "mailbox", "app-password", "alias", "grant", "relay", "entry", "exception")
        .flatMap(kind ->
            Stream.of("", " add", " set", " list", " show", " remove", " load", " dump")
                .map(verb -> kind + verb))
        .filter(line -> !line.equals("grant set")) // a grant is nothing but its name
        .toList();
  }

  @Test
  void thereIsHelpForWhatThereIs() {
    List<String> rows = ofRows();
    assertThat(commands().map(Called::toString).filter(line -> !rows.contains(line)))
        .containsExactlyInAnyOrder(
            "",
            "serve",
            "check-config",
            "doctor",
            "dkim",
            "dkim generate",
            "dkim list",
            "dkim activate",
            "dkim retire",
            "dkim check",
            "dns",
            "dns show",
            "dns check",
            "sign",
            "verify",
            "report",
            "report dmarc",
            "report dmarc show",
            "report dmarc import",
            "report dmarc list",
            "report dmarc send",
            "ping",
            "explain",
            "explain alias",
            "explain policy",
            "explain login",
            "limit",
            "limit set",
            "limit show",
            "limit remove",
            "limit reset",
            "limit suspended",
            "limit release",
            "limit list",
            "limit load",
            "limit dump",
            "login",
            "login list",
            "login unblock",
            "database",
            "database status",
            "database migrate",
            "database dump",
            "database restore",
            "database views",
            "import",
            "import postfixadmin",
            "import opendkim",
            "audit",
            "audit list",
            "completion");
    assertThat(commands().map(Called::toString)).containsAll(rows);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpTellsEveryOption(Called called) {
    Run run = Run.of(with(called.words(), "--help").toArray());
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith(("Usage: dovetail " + called).strip());
    CommandLine.Model.CommandSpec spec = called.command().getCommandSpec();
    assertThat(spec.options()).isNotEmpty();
    for (OptionSpec option : spec.options()) {
      assertThat(run.out()).contains(option.longestName());
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
    }
    assertThat(spec.usageMessage().description()).isNotEmpty();
    for (CommandLine.Model.PositionalParamSpec parameter : spec.positionalParameters()) {
      assertThat(parameter.description()).as(parameter.paramLabel()).isNotEmpty();
    }
    assertThat(run.out()).contains("Exit status:").contains("3   the configuration is wrong");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out()).doesNotContain("${").doesNotContain("@|").doesNotContain("dovetail.\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no-such-command",
        "dkim",
        "dkim generate",
        "sign",
        "serve no-such-service",
        "check-config --no-such-option",
        "check-config surplus",
        "ping --config",
        "domain",
        "login",
        "login unblock",
        "explain login",
        "explain login joe@example.com --client mx.example.com",
        "app-password add joe@example.com",
        "mailbox add joe@example.com --totp",
        "mailbox add",
        "mailbox add joe",
        "mailbox add joe@example.com --quota much",
        "alias add sales@example.com",
        "relay add *",
        "entry add no_such_map x y",
        "domain set example.com",
        "mailbox load x --format xml"
      })
  void wrongUsageIsStatusTwo(String line) {
    Run run = Run.of((Object[]) line.split(" ", -1));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).containsPattern("Usage: dovetail|Did you mean: dovetail");
  }

  @Test
  void versionIsALine() {
    assertThat(Run.of("--version")).isEqualTo(new Run(0, "dovetail development\n", ""));
  }

  @Test
  void bashTakesTheCompletion(@TempDir Path folder) throws IOException, InterruptedException {
    Run run = Run.of("completion");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("check-config", "generate", "--selector");
    Path script = Files.writeString(folder.resolve("dovetail.bash"), run.out());
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).isZero();
  }

  private static List<String> with(List<String> words, String last) {
    return Stream.concat(words.stream(), Stream.of(last)).toList();
  }
}
