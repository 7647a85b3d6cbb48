package dovetail.fuzz;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The run that belongs to the tests: the seeds, and so many inputs made of them, of the target's
 * alphabet and of nothing; always the same.
 */
public final class ShortRun {
  private static final int MAX_LENGTH = 200;
  private static final int MAX_PIECES = 24;

  private final FuzzTarget target;
  private final Set<String> outcomes = new TreeSet<>();

  private ShortRun(FuzzTarget target) {
    this.target = target;
  }

  /**
   * Runs a target; an AssertionError holds the input that has broken it.
   *
   * @return all that has come out
   */
  public static Set<String> of(FuzzTarget target, int rounds) throws IOException {
    ShortRun run = new ShortRun(target);
    List<byte[]> seeds = Seeds.of(target);
    seeds.forEach(run::once);
    Mutator mutator = new Mutator(6376, target.alphabet());
    for (int i = 0; i < rounds; i++) {
      run.once(
          switch (i % 8) {
            case 0 -> mutator.raw(MAX_LENGTH);
            case 1, 2 -> mutator.mapped(MAX_PIECES);
            default -> mutator.mutated(mutator.pick(seeds));
          });
    }
    return run.outcomes;
  }

  private void once(byte[] input) {
    try {
      outcomes.add(target.run(input));
    } catch (Exception | AssertionError e) {
      String text = Base64.getEncoder().encodeToString(input);
      throw new AssertionError(target.name() + " breaks on the octets of (base64) " + text, e);
    }
  }
}
