package dovetail.auth.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Octets of a login, such as a password or what holds one: never shown, and gone once closed. Two
 * are compared in a time that does not depend on what they hold.
 */
public final class SaslData implements AutoCloseable {
  private final byte[] octets;
  private boolean wiped;

  private SaslData(byte[] octets) {
    this.octets = octets;
  }

  /** Takes these octets over: the array is nobody else's from now on. */
  public static SaslData taking(byte[] octets) {
    return new SaslData(octets);
  }

  /** A copy of some of the octets of an array. */
  public static SaslData copyOf(byte[] octets, int start, int end) {
    return new SaslData(Arrays.copyOfRange(octets, start, end));
  }

  /** The octets of a text that is no secret, in UTF-8. */
  public static SaslData ofText(String text) {
    return new SaslData(text.getBytes(StandardCharsets.UTF_8));
  }

  /** How many octets there are. */
  public int length() {
    return octets.length;
  }

  /**
   * The octets themselves, which end with {@link #close}: not a copy.
   *
   * @throws IllegalStateException if they are gone
   */
  public byte[] octets() {
    if (wiped) {
      throw new IllegalStateException("the data was wiped");
    }
    return octets;
  }

  /** Overwrites the octets. */
  @Override
  public void close() {
    Arrays.fill(octets, (byte) 0);
    wiped = true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SaslData data && MessageDigest.isEqual(octets, data.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
