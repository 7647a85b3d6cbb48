package dovetail.lookup.mtasts;

import dovetail.mail.MalformedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a policy (RFC 8461 3.2). For one use. */
final class PolicyParser {
  static final String VERSION = "STSv1";

  /** The longest policy, in octets (RFC 8461 3.3). */
  static final int MOST_OCTETS = 64 * 1024;

  /**
   * The most hosts and patterns, each counted once. Nobody has so many, and each takes more memory
   * than it has octets.
   */
  static final int MOST_MX = 250;

  private static final int MOST_NAME = 32;
  private static final int MOST_DIGITS = 10;

  private final String text;
  private final Set<String> seen = new HashSet<>();
  private final Set<MxPattern> mx = new LinkedHashSet<>();
  private Optional<Policy.Mode> mode = Optional.empty();
  private Optional<Duration> maxAge = Optional.empty();
  private int at;

  private PolicyParser(String text) {
    this.text = text;
  }

  /**
   * Reads a policy.
   *
   * @param text one character for each octet
   * @throws MalformedException if it is none
   */
  static Policy parse(String text) throws MalformedException {
    if (text.length() > MOST_OCTETS) {
      throw new MalformedException("longer than 64 KB", MOST_OCTETS);
    }
    return new PolicyParser(text).parse();
  }

  private Policy parse() throws MalformedException {
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end + 1;
      line(withoutSpace(text.substring(at, end < 0 ? text.length() : end)));
      at = next;
    }
    if (!seen.contains("version")) {
      throw malformed("no version");
    }
    Policy.Mode known = mode.orElseThrow(() -> malformed("no mode"));
    Duration age = maxAge.orElseThrow(() -> malformed("no max_age"));
    if (mx.isEmpty() && known != Policy.Mode.NONE) { // RFC 8461 3.2
      throw malformed("no mx");
    }
    return new Policy(known, List.copyOf(mx), age);
  }

  /** Without what may stand at the end of a line, the CR of its end among it. */
  private static String withoutSpace(String line) {
    int end = line.endsWith("\r") ? line.length() - 1 : line.length();
    while (end > 0 && isSpace(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end);
  }

  private void line(String line) throws MalformedException {
    if (line.isEmpty()) { // nobody means anything by it
      return;
    }
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon);
    if (!isExtensionName(name)) {
      throw malformed("a line without a field");
    }
    int start = colon + 1;
    while (start < line.length() && isSpace(line.charAt(start))) {
      start++;
    }
    String value = line.substring(start);
    if (value.isEmpty() || !value.chars().allMatch(PolicyParser::isValue)) {
      throw malformed("a field without a value, or with control characters");
    }
    field(name, value);
  }

  private void field(String name, String value) throws MalformedException {
    if (name.equals("mx")) {
      mx.add(MxPattern.parse(value).orElseThrow(() -> malformed("an mx that is no host")));
      if (mx.size() > MOST_MX) {
        throw malformed("more than 250 mx");
      }
      return;
    }
    if (!seen.add(name)) { // RFC 8461 3.2: the first one counts
      return;
    }
    switch (name) {
      case "version" -> {
        if (!value.equals(VERSION)) {
          throw malformed("another version");
        }
      }
      case "mode" -> mode = Optional.of(mode(value));
      case "max_age" -> maxAge = Optional.of(maxAge(value));
      default -> {} // RFC 8461 3.2: unknown fields are ignored
    }
  }

  private Policy.Mode mode(String value) throws MalformedException {
    for (Policy.Mode each : Policy.Mode.values()) {
      if (each.word().equals(value)) {
        return each;
      }
    }
    throw malformed("an unknown mode");
  }

  private Duration maxAge(String value) throws MalformedException {
    if (value.length() > MOST_DIGITS || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw malformed("a max_age that is no number");
    }
    long seconds = Long.parseLong(value);
    if (seconds > Policy.LONGEST) {
      throw malformed("a max_age of more than a year");
    }
    return Duration.ofSeconds(seconds);
  }

  /** {@code (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".")}. */
  static boolean isExtensionName(String name) {
    return !name.isEmpty()
        && name.length() <= MOST_NAME
        && isLetterOrDigit(name.charAt(0))
        && name.chars().allMatch(c -> isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
  }

  static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** What is beyond ASCII may stand in fields that we do not know. */
  private static boolean isValue(int c) {
    return c == ' ' || c == '\t' || (c > ' ' && c != 0x7F);
  }

  private MalformedException malformed(String reason) {
    return new MalformedException(reason, at);
  }
}
