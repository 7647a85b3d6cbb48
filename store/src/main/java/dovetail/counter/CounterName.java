package dovetail.counter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * What is counted.
 *
 * @param limit the limit's name, at most 64 characters
 * @param key whose use, such as {@code alice@example.com} or {@code 192.0.2.0/24}; of one with more
 *     than {@value #KEY} characters the end is replaced by a digest of all
 */
public record CounterName(String limit, String key) implements Comparable<CounterName> {
  /** What a column of the database takes. */
  public static final int KEY = 320;

  private static final int LIMIT = 64;
  private static final int DIGEST = 64;
  private static final Comparator<CounterName> ORDER =
      Comparator.comparing(CounterName::limit).thenComparing(CounterName::key);

  /**
   * @throws IllegalArgumentException if the limit's name is too long
   */
  public CounterName {
    if (limit.length() > LIMIT) {
      throw new IllegalArgumentException("the name of a limit is too long: " + limit);
    }
    if (key.length() > KEY) {
      key = key.substring(0, KEY - DIGEST) + digest(key);
    }
  }

  private static String digest(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  // A map can tell keys apart by this whose hashes a stranger made the same.
  @Override
  public int compareTo(CounterName other) {
    return ORDER.compare(this, other);
  }
}
