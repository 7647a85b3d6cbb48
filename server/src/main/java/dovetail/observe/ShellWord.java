package dovetail.observe;

import java.util.regex.Pattern;

/**
 * Makes text safe for a command line that people paste into a shell. Peers choose much of what is
 * named there.
 */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@._+-]+");

  private ShellWord() {}

  /**
   * Text as one argument of a command of ours, in single quotes unless it needs none. No option may
   * follow it: behind what begins with a hyphen there is none any more.
   */
  public static String argument(String text) {
    String word = PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    return text.startsWith("-") ? "-- " + word : word;
  }
}
