package dovetail.doctor.source;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The domains with mailboxes here. A process of its own asks: it has to become the owner of the
 * database's folder for good, and whoever mends files has to stay root.
 *
 * @param trouble why the database has not told, if it has not
 */
public record StoredDomains(Set<String> domains, Optional<String> trouble) {
  private static final List<String> NOT_OURS =
      List.of("  alias-of=", "  type=relay", "  active=no");

  public StoredDomains {
    domains = Set.copyOf(domains);
  }

  /**
   * Asks the database.
   *
   * @param config the configuration, if another than the usual one
   */
  public static StoredDomains read(Program program, Optional<Path> config)
      throws InterruptedException {
    List<String> command = new ArrayList<>(ownCommand());
    command.addAll(List.of("domain", "list"));
    config.ifPresent(file -> command.addAll(List.of("--config", file.toString())));
    try {
      Program.Result result = program.run(command);
      return result.status() == 0
          ? new StoredDomains(parse(result.out()), Optional.empty())
          : troubled(result.trouble().replaceFirst("^dovetail: ", ""));
    } catch (IOException e) {
      return troubled(String.valueOf(e.getMessage()));
    }
  }

  private static StoredDomains troubled(String why) {
    return new StoredDomains(Set.of(), Optional.of(why));
  }

  /** This program again, with the options that this process was started with. */
  private static List<String> ownCommand() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    List<String> command =
        new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(
        path.contains(File.pathSeparator)
            ? List.of("-cp", path, "dovetail.cli.Main")
            : List.of("-jar", path));
    return command;
  }

  /** A line each: the domain, and what of it is not as usual. */
  static Set<String> parse(String lines) {
    return lines
        .lines()
        .filter(line -> NOT_OURS.stream().noneMatch(line::contains))
        .map(line -> line.split(" ", 2)[0])
        .collect(Collectors.toUnmodifiableSet());
  }
}
