package dovetail.fuzz;

/** Where Jazzer enters; the property {@code dovetail.fuzz} names the target. */
public final class LongRun {
  private static final FuzzTarget TARGET = Targets.named(System.getProperty("dovetail.fuzz", ""));

  private LongRun() {}

  /** Jazzer calls this for each input; what is thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    TARGET.run(input);
  }
}
