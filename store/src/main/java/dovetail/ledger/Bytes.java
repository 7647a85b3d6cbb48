package dovetail.ledger;

import java.util.Base64;

/** Bytes that do not change, and are compared as such. */
public record Bytes(String base64) {
  public static final Bytes NONE = new Bytes("");

  /** Takes a copy. */
  public static Bytes of(byte[] bytes) {
    return new Bytes(Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * A copy.
   *
   * @throws IllegalArgumentException if it is no base64
   */
  public byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }

  public boolean isEmpty() {
    return base64.isEmpty();
  }
}
