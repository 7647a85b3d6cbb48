package dovetail.auth.password;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A password as it was sent: octets, UTF-8 in all that we speak. It never becomes a String, shows
 * itself nowhere, and is overwritten at the end. For any thread.
 */
public final class Secret implements AutoCloseable {
  /** More octets than that are no password: hashing them would be work without end. */
  public static final int MOST_OCTETS = 1024;

  private final byte[] octets;
  private volatile boolean closed;

  private Secret(byte[] octets) {
    this.octets = octets;
  }

  /**
   * Holds a copy of some octets.
   *
   * @param octets are left as they are; the caller may overwrite them
   */
  public static Secret of(byte[] octets) {
    return new Secret(octets.clone());
  }

  /** Holds a copy of the octets from one place up to another. */
  public static Secret of(byte[] octets, int from, int to) {
    return new Secret(Arrays.copyOfRange(octets, from, to));
  }

  /** The same password, with a life of its own. */
  public Secret copy() {
    return read(Secret::of);
  }

  /**
   * Has somebody look at the octets, who neither changes nor keeps them.
   *
   * @throws IllegalStateException if this was closed
   */
  public <T> T read(Function<byte[], T> reader) {
    if (closed) {
      throw new IllegalStateException("the password was overwritten");
    }
    return reader.apply(octets);
  }

  /**
   * Whether it can be a password. One with a NUL cannot: crypt(3) stops there and HMAC takes NULs
   * at the end for nothing, so that it would do for another one.
   */
  public boolean possible() {
    return read(all -> all.length <= MOST_OCTETS && !contains(all, (byte) 0));
  }

  private static boolean contains(byte[] octets, byte wanted) {
    for (byte octet : octets) {
      if (octet == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Takes as long for all passwords of a length. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && read(own -> secret.read(others -> MessageDigest.isEqual(own, others)));
  }

  /** The same for all, since a hash of a password says much of it. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "(secret)";
  }

  /** Overwrites the octets. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(octets, (byte) 0);
  }
}
