package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.manual.CheckedIn;
import dovetail.manual.CommandPage;
import dovetail.serve.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** dovetail(1) says what the commands say; when it differs, the right one is in target. */
final class ManualTest {
  private static final Path PACKAGING = Path.of("..", "packaging");

  /** A variable of the environment that a script reads, whether or not it is set. */
  private static final Pattern READ = Pattern.compile("\\$\\{([A-Z][A-Z_]+):?[-?]");

  /** bash's own. */
  private static final Set<String> OF_BASH = Set.of("BASH_SOURCE");

  @Test
  void thePageAgreesWithTheCommands() throws IOException {
    CheckedIn.assertSame(
        "packaging/man/dovetail.1",
        CommandPage.of(DovetailCommand.commandLine(), Configuration.SECTIONS));
  }

  /** What the launcher and its like read is told; systemd's words for a socket stand together. */
  @Test
  void thePageTellsTheEnvironmentOfTheScripts() throws IOException {
    Set<String> read = new TreeSet<>();
    for (String folder : new String[] {"bin", "lib", "libexec"}) {
      try (Stream<Path> scripts = Files.list(PACKAGING.resolve(folder))) {
        for (Path script : scripts.toList()) {
          READ.matcher(Files.readString(script))
              .results()
              .map(found -> found.group(1))
              .forEach(read::add);
        }
      }
    }
    read.removeAll(OF_BASH);
    read.remove("LISTEN_PID"); // whose LISTEN_FDS it is
    assertThat(read).contains("DOVETAIL_HEAP", "JAVA_HOME", "MAIL_GROUPS");
    String told = String.join(" ", CommandPage.ENVIRONMENT.keySet());
    assertThat(read).allSatisfy(name -> assertThat(told).contains(name));
  }

  @Test
  void thePagesToWhichItRefersAreThere() throws IOException {
    Pattern page = Pattern.compile("\\\\fB(dovetail[a-z.\\\\-]*)\\\\fR\\(([157])\\)");
    Matcher named = page.matcher(Files.readString(PACKAGING.resolve("man/dovetail.1")));
    assertThat(
            named.results().map(found -> found.group(1).replace("\\-", "-") + "." + found.group(2)))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(PACKAGING.resolve("man").resolve(name)).isRegularFile());
  }
}
