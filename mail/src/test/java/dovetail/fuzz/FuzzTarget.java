package dovetail.fuzz;

import java.util.List;

/**
 * Code that must bear any octets, and the promises that it must keep then. Each is named in {@code
 * META-INF/services} of its module's tests; its first input stands in {@code fuzz/<name>} of the
 * test resources.
 */
public interface FuzzTarget {
  /** The name, as commands and folders have it. */
  String name();

  /** The words and characters that the format is made of, one character for each octet. */
  List<String> alphabet();

  /**
   * Runs once, with nothing left from the run before.
   *
   * @return a few words on what has come out, never on the input: few of them in all
   * @throws Exception if a promise was broken, as may any error
   */
  String run(byte[] input) throws Exception;
}
