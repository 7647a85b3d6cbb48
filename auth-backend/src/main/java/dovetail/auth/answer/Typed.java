package dovetail.auth.answer;

import dovetail.auth.password.Secret;
import dovetail.auth.password.TotpKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What somebody has typed where a password is asked for.
 *
 * @param password that one; closed with this
 * @param code the digits behind it, if they are asked for and there are any
 */
record Typed(Secret password, Optional<String> code) implements AutoCloseable {
  /** A password alone. */
  static Typed alone(Secret typed) {
    return new Typed(typed.copy(), Optional.empty());
  }

  /** A password with the digits of a code behind it, as programs allow it that have one field. */
  static Typed withCode(Secret typed) {
    return typed.read(octets -> {
      int end = octets.length - TotpKey.DIGITS;
      return end > 0 && areDigits(octets, end)
          ? new Typed(
              Secret.of(octets, 0, end),
              Optional.of(new String(octets, end, TotpKey.DIGITS, StandardCharsets.US_ASCII)))
          : alone(typed);
    });
  }

  private static boolean areDigits(byte[] octets, int from) {
    for (int i = from; i < octets.length; i++) {
      if (octets[i] < '0' || octets[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** The code is none for logs, though it is good only once. */
  @Override
  public String toString() {
    return "(typed)";
  }

  @Override
  public void close() {
    password.close();
  }
}
