package dovetail.auth.password;

import java.time.Duration;

/**
 * What may be spent on passwords.
 *
 * @param threads that hash at a time
 * @param queue how many wait for them
 * @param memoryBytes what all hashes may take at a time; one that takes more alone is too dear
 * @param patience how long a login waits for its hash
 * @param weakSchemes whether schemes are read that are too weak to be used
 */
public record HashSettings(
    int threads, int queue, long memoryBytes, Duration patience, boolean weakSchemes) {
  private static final int QUEUE = 256;

  // Those who ask us wait 10 s.
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** At least one thread that has some memory. */
  public HashSettings {
    if (threads < 1 || queue < 1 || memoryBytes < Argon2id.memoryBytes()) {
      throw new IllegalArgumentException("too little to hash a password");
    }
  }

  /**
   * What suits a machine: one thread for two processors, and half of the heap, of which the hashes
   * take their memory, up to 256 MiB.
   */
  public static HashSettings suiting(int processors, long heapBytes) {
    return new HashSettings(
        Math.max(1, processors / 2),
        QUEUE,
        Math.min(SchemeLimits.DEFAULT.memoryBytes(), heapBytes / 2),
        PATIENCE,
        false);
  }

  /** What stored passwords may be by that. */
  public SchemeLimits limits() {
    return new SchemeLimits(weakSchemes, memoryBytes);
  }
}
