package dovetail.auth.password;

/**
 * What stored passwords may be.
 *
 * @param weakSchemes whether the schemes are read that are too weak to be used
 * @param memoryBytes the most memory that one hash may take
 */
public record SchemeLimits(boolean weakSchemes, long memoryBytes) {
  /** No weak schemes, 256 MiB. */
  public static final SchemeLimits DEFAULT = new SchemeLimits(false, 256L << 20);
}
