package dovetail.directory;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How long answers of a directory are kept, and how many.
 *
 * @param found how long what was found holds without a look at the database
 * @param absent how long it holds that something is not there
 * @param stale how old what was found may be that is given while the database is away; what was not
 *     there is never given so
 * @param pause how long a database that has failed is left alone
 * @param entries how many answers of each kind are kept
 */
public record CacheLimits(
    Duration found, Duration absent, Duration stale, Duration pause, int entries) {
  /** What suits one host with its database near. */
  public static final CacheLimits DEFAULT =
      new CacheLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofHours(4),
          Duration.ofSeconds(1),
          100_000);

  /** The same, but no answer is given that is older than that, be the database away or not. */
  CacheLimits within(Duration most) {
    return new CacheLimits(
        Collections.min(List.of(found, most)),
        Collections.min(List.of(absent, most)),
        Collections.min(List.of(stale, most)),
        pause,
        entries);
  }
}
