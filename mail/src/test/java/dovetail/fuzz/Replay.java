package dovetail.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;

/** Runs a target once on the octets of a file, with nothing about it. */
final class Replay {
  private Replay() {}

  /** The target's name and the file; what the target throws goes to the caller. */
  public static void main(String[] arguments) throws Exception {
    String outcome = Targets.named(arguments[0]).run(Files.readAllBytes(Path.of(arguments[1])));
    System.out.println(arguments[0] + ": " + outcome);
  }
}
