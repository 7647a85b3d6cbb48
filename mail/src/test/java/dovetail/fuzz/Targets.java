package dovetail.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** All targets of the class path. */
final class Targets {
  private Targets() {}

  private static Stream<FuzzTarget> all() {
    return ServiceLoader.load(FuzzTarget.class).stream().map(ServiceLoader.Provider::get);
  }

  static FuzzTarget named(String name) {
    return all()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no target is named '" + name + "'"));
  }

  /**
   * Writes what a long run begins with into the folder that is named: for each target its {@code
   * seeds} and its {@code words}, and prints its name.
   */
  public static void main(String[] arguments) throws IOException {
    for (FuzzTarget target : all().toList()) {
      Path folder = Path.of(arguments[0], target.name());
      Path seeds = Files.createDirectories(folder.resolve("seeds"));
      int number = 0;
      for (byte[] seed : Seeds.of(target)) {
        Files.write(seeds.resolve("seed-" + number++), seed);
      }
      StringBuilder words = new StringBuilder();
      target.alphabet().forEach(piece -> words.append(word(piece)));
      Files.writeString(folder.resolve("words"), words);
      System.out.println(target.name());
    }
  }

  /** A line of a dictionary as libFuzzer reads it. */
  private static String word(String piece) {
    StringBuilder text = new StringBuilder("\"");
    for (byte octet : piece.getBytes(StandardCharsets.ISO_8859_1)) {
      text.append(String.format("\\x%02X", octet));
    }
    return text.append("\"\n").toString();
  }
}
