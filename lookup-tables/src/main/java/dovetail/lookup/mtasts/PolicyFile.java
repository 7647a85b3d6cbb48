package dovetail.lookup.mtasts;

import dovetail.mail.MalformedException;
import java.time.Instant;

/**
 * A policy as it lies in the folder: a first line that says what it is, {@code id: ...}, {@code
 * fetched: ...} in seconds since 1970, then the policy in its own words.
 */
final class PolicyFile {
  private static final String FIRST = "dovetail mta-sts 1\n";
  private static final String ID = "id: ";
  private static final String FETCHED = "fetched: ";

  /** The end of the year 9999: what can be reckoned with. */
  private static final long LATEST = 253_402_300_799L;

  private PolicyFile() {}

  static String write(HeldPolicy held) {
    return FIRST
        + ID
        + held.id()
        + "\n"
        + FETCHED
        + held.fetched().getEpochSecond()
        + "\n"
        + String.join("\n", held.policy().lines())
        + "\n";
  }

  /**
   * Reads a file's text.
   *
   * @throws MalformedException if it is not as we write them
   */
  static HeldPolicy read(String text) throws MalformedException {
    if (!text.startsWith(FIRST)) {
      throw new MalformedException("another first line", 0);
    }
    int at = FIRST.length();
    String id = line(text, at, ID);
    at += ID.length() + id.length() + 1;
    String fetched = line(text, at, FETCHED);
    at += FETCHED.length() + fetched.length() + 1;
    return new HeldPolicy(id, instant(fetched, at), PolicyParser.parse(text.substring(at)));
  }

  private static String line(String text, int at, String name) throws MalformedException {
    int end = text.indexOf('\n', at);
    if (end < 0 || !text.startsWith(name, at) || end <= at + name.length()) {
      throw new MalformedException("no line '" + name.strip() + "'", at);
    }
    return text.substring(at + name.length(), end);
  }

  private static Instant instant(String seconds, int at) throws MalformedException {
    if (!seconds.matches("[0-9]{1,12}") || Long.parseLong(seconds) > LATEST) {
      throw new MalformedException("no time", at);
    }
    return Instant.ofEpochSecond(Long.parseLong(seconds));
  }
}
