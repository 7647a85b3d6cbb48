package dovetail.auth.wire.sasl;

import java.util.List;

/**
 * A part of a SCRAM message that nobody has to understand, but that counts where it is signed.
 *
 * @param name a letter
 * @param value not empty
 */
public record ScramExtension(char name, String value) {
  /**
   * Such a part.
   *
   * @throws IllegalArgumentException if no message can have it
   */
  public ScramExtension {
    if (!is(name + "=" + value)) {
      throw new IllegalArgumentException("no extension of SCRAM");
    }
  }

  /** Whether a part is one (RFC 5802 7: attr-val), other than of those to be understood. */
  static boolean is(String part) {
    return part.length() > 2
        && part.charAt(0) != 'm'
        && isLetter(part.charAt(0))
        && part.charAt(1) == '='
        && part.indexOf(',') < 0
        && part.indexOf('\0') < 0;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Extensions as they stand behind others. */
  static String text(List<ScramExtension> extensions) {
    StringBuilder text = new StringBuilder();
    extensions.forEach(one -> text.append(',').append(one.name).append('=').append(one.value));
    return text.toString();
  }
}
