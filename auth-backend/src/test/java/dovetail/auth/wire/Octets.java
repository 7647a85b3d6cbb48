package dovetail.auth.wire;

import dovetail.server.io.BoundedInput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines as octets. A character is an octet. */
public final class Octets {
  private static final Pattern REPEATED = Pattern.compile("\\{([0-9]+)\\*([^}]*)\\}");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(x[0-9a-f]{2}|[0nrt\\\\])");

  private Octets() {}

  /** The octets of a string of octets. */
  public static byte[] bytes(String octets) {
    return octets.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A string of octets. */
  public static String string(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** The octets of a text in UTF-8, as a string of octets. */
  public static String utf8(String text) {
    return string(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An input that ends behind these octets. */
  public static BoundedInput input(String octets) {
    return input(octets, 1_000_000);
  }

  /** The same, of which a few arrive at a time. */
  public static BoundedInput input(String octets, int size) {
    return new BoundedInput(new Trickle(bytes(octets), size));
  }

  /** A sink that keeps what is written. */
  public static Sink into(ByteArrayOutputStream out) {
    return (ByteBuffer written) -> {
      byte[] bytes = new byte[written.remaining()];
      written.get(bytes);
      out.writeBytes(bytes);
    };
  }

  /** A sink for those that write nothing. */
  public static Sink nowhere() {
    return _ -> {
      throw new AssertionError("something is written");
    };
  }

  /**
   * The octets of what stands in a file: \t for TAB, \n for LF, \r for CR, \0 for NUL, \xNN for any
   * octet, and {5*x} for so many of what follows.
   */
  static String unescaped(String text) {
    String repeated =
        REPEATED
            .matcher(utf8(text))
            .replaceAll(match ->
                Matcher.quoteReplacement(match.group(2).repeat(Integer.parseInt(match.group(1)))));
    return ESCAPED
        .matcher(repeated)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                String.valueOf(
                    switch (match.group(1).charAt(0)) {
                      case '0' -> '\0';
                      case 'n' -> '\n';
                      case 'r' -> '\r';
                      case 't' -> '\t';
                      case 'x' -> (char) Integer.parseInt(match.group(1).substring(1), 16);
                      default -> '\\';
                    })));
  }
}
