package dovetail.fuzz;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The input that a target begins with, kept with its tests. */
final class Seeds {
  private Seeds() {}

  /** All files of {@code fuzz/<name>}, in the order of their names. */
  static List<byte[]> of(FuzzTarget target) throws IOException {
    URL folder =
        Optional.ofNullable(target.getClass().getResource("/fuzz/" + target.name()))
            .orElseThrow(() -> new IOException("no seeds for " + target.name()));
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }
}
