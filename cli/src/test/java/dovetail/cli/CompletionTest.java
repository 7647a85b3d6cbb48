package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.manual.CheckedIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion that is installed, in the bash of this machine. */
final class CompletionTest {
  private static final Path FILE = Path.of("..", "packaging", "bash-completion", "dovetail");

  /** As readline calls the function that the file has registered. */
  private static final String COMPLETE =
      """
      source "$1" || exit
      shift
      [[ $(complete -p dovetail) =~ -F\\ ([^ ]+) ]] || exit
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE=$* COMP_POINT=${#COMP_LINE}
      "${BASH_REMATCH[1]}" dovetail "${!#}" "${COMP_WORDS[COMP_CWORD - 1]}" 2>/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir private Path folder;

  @Test
  void theFileIsWhatTheCommandPrints() throws IOException {
    CheckedIn.assertSame("packaging/bash-completion/dovetail", Run.of("completion").out());
  }

  /** The last word is the one that is being typed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dovetail ma           | mailbox",
        "dovetail mailbox a    | add",
        "dovetail dkim gen     | generate",
        "dovetail dkim generate example.com --alg | --algorithm",
        "dovetail dkim generate example.com --algorithm ed | ed25519",
        "dovetail report dmarc se | send",
        "dovetail app-password add --exp | --expires",
        "dovetail serve pol    | policy",
        "dovetail domain set --sig | --signed-by"
      })
  void completes(String line, String word) throws Exception {
    assertThat(candidates(line)).containsExactly(word);
  }

  @Test
  void offersAllCommands() throws Exception {
    assertThat(candidates("dovetail "))
        .containsAll(DovetailCommand.commandLine().getSubcommands().keySet());
    assertThat(candidates("dovetail limit "))
        .contains("set", "show", "remove", "reset", "list", "load", "dump", "release", "suspended");
  }

  @Test
  void offersNothingWhereThereIsNothing() throws Exception {
    assertThat(candidates("dovetail no-such")).isEmpty();
    assertThat(candidates("dovetail dkim generate --no-such")).isEmpty();
  }

  /** Where the function itself has nothing to offer, bash offers the names of files. */
  @Test
  void offersFiles() throws Exception {
    Path file = Files.createFile(folder.resolve("settings.toml"));
    String typed = folder.resolve("sett").toString();
    assertThat(candidates("dovetail verify " + typed)).containsExactly(file.toString());
    assertThat(candidates("dovetail check-config --config " + typed)).isEmpty();
    assertThat(Files.readString(FILE).lines().filter(line -> line.startsWith("complete ")))
        .singleElement()
        .asString()
        .contains(" -o default ");
  }

  private List<String> candidates(String line) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", COMPLETE, "bash", FILE.toString()));
    command.addAll(List.of(line.strip().split(" ", -1)));
    if (line.endsWith(" ")) {
      command.add("");
    }
    Path out = folder.resolve("candidates");
    Process bash =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).isZero();
    return Files.readAllLines(out, StandardCharsets.UTF_8).stream()
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }
}
