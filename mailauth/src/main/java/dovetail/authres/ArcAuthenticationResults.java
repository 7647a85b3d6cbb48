package dovetail.authres;

import dovetail.mail.HeaderField;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an ARC-Authentication-Results field says (RFC 8617 4.1.1).
 *
 * @param position which set of the chain it belongs to, at least 1
 * @param results what stands behind that
 */
public record ArcAuthenticationResults(int position, Reading results) {
  /** The name of such fields. */
  public static final String FIELD = "ARC-Authentication-Results";

  private static final int MAX_DIGITS = 2;

  /** Reads a field, whatever its name; nothing if it does not begin with {@code i=1;} or so. */
  public static Optional<ArcAuthenticationResults> parse(HeaderField field) {
    String octets = field.value();
    ResultsCursor cursor = new ResultsCursor(octets);
    cursor.skipCfws(); // RFC 8617 4.2.1 allows it around everything
    boolean named = cursor.word().equals("i");
    cursor.skipCfws();
    boolean assigned = cursor.skip('=');
    cursor.skipCfws();
    OptionalInt position = position(cursor.word());
    cursor.skipCfws();
    if (!named || !assigned || position.isEmpty() || !cursor.skip(';')) {
      return Optional.empty();
    }
    return Optional.of(
        new ArcAuthenticationResults(
            position.getAsInt(),
            AuthenticationResultsReader.read(octets.substring(cursor.offset()))));
  }

  /** The place in a chain that those digits mean: one or two of them (RFC 8617 4.2.1). */
  public static OptionalInt position(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= MAX_DIGITS
            && digits.chars().allMatch(Keyword::isDigit)
            && Integer.parseInt(digits) > 0;
    return number ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
  }
}
