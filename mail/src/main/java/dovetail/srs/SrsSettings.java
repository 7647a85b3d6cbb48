package dovetail.srs;

import dovetail.mail.Domain;
import java.time.Duration;
import java.util.List;

/**
 * How a host writes its SRS addresses, and which ones it takes back. Hosts that serve one SRS
 * domain have them in common.
 *
 * @param srsDomain the domain of all addresses that are written; mail to it has to come here
 * @param secrets one or more: the first signs, any verifies
 * @param separator what follows the tag in addresses that are written: {@code =}, {@code +} or
 *     {@code -}; all three are read
 * @param hashLength characters of the hash in addresses that are written, 4 to 20
 * @param minHashLength characters of the hash without which no address is taken back, 4 to {@code
 *     hashLength}; all that are there have to be right
 * @param maxAge how long an address is good for, whole days from 1 to 365. The day of signing is
 *     not counted, and days begin at midnight UTC
 */
public record SrsSettings(
    Domain srsDomain,
    List<SrsSecret> secrets,
    char separator,
    int hashLength,
    int minHashLength,
    Duration maxAge) {
  private static final int SHORTEST_HASH = 4;
  private static final int LONGEST_HASH = 20;
  private static final long LONGEST_DAYS = 365;

  /**
   * Takes a copy of the list.
   *
   * @throws IllegalArgumentException if there is no secret, or something is out of its range
   */
  public SrsSettings {
    secrets = List.copyOf(secrets);
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("SRS needs a secret");
    }
    if (SrsForm.SEPARATORS.indexOf(separator) < 0) {
      throw new IllegalArgumentException("the SRS separator is one of = + -, not " + separator);
    }
    if (hashLength < SHORTEST_HASH || hashLength > LONGEST_HASH) {
      throw new IllegalArgumentException("SRS hashes have 4 to 20 characters, not " + hashLength);
    }
    if (minHashLength < SHORTEST_HASH || minHashLength > hashLength) {
      throw new IllegalArgumentException(
          "the least SRS hash to accept has 4 to " + hashLength + " characters: " + minHashLength);
    }
    long days = maxAge.toDays();
    if (days < 1 || days > LONGEST_DAYS || !maxAge.equals(Duration.ofDays(days))) {
      throw new IllegalArgumentException("SRS addresses last 1 to 365 whole days, not " + maxAge);
    }
  }

  /** The settings that postsrsd has by default, and libsrs2 before it. */
  public static SrsSettings of(Domain srsDomain, List<SrsSecret> secrets) {
    return new SrsSettings(srsDomain, secrets, '=', 4, 4, Duration.ofDays(21));
  }
}
