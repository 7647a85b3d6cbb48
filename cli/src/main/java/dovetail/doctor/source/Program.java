package dovetail.doctor.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of this host and takes what they print. */
public final class Program {
  private static final int PATIENCE_SECONDS = 30;

  /** Not in the path of everybody. */
  private static final List<String> SYSTEM = List.of("/usr/sbin", "/sbin");

  private final Map<String, String> environment;

  /**
   * @param environment where {@code PATH} is looked up
   */
  public Program(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** How a program has ended. */
  record Result(int status, String out, String err) {
    /** What was wrong, in a line. */
    String trouble() {
      return err.lines().findFirst().orElse("it ended with status " + status);
    }
  }

  /** Where a program is. */
  Optional<Path> find(String name) {
    if (name.startsWith("/")) {
      return Optional.of(Path.of(name));
    }
    List<String> folders = Arrays.asList(environment.getOrDefault("PATH", "").split(":"));
    return Stream.concat(folders.stream(), SYSTEM.stream())
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Runs a program to its end.
   *
   * @throws IOException if it cannot be started, or does not end in time
   */
  Result run(List<String> command) throws IOException, InterruptedException {
    Path program =
        find(command.getFirst())
            .orElseThrow(() -> new IOException(command.getFirst() + " is not installed"));
    List<String> words = new ArrayList<>(command);
    words.set(0, program.toString());
    Path err = Files.createTempFile("dovetail", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(words);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectError(err.toFile());
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      String out;
      try (InputStream in = process.getInputStream()) {
        out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " does not end");
      }
      return new Result(process.exitValue(), out, Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(err);
    }
  }
}
