package dovetail.authres;

import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Utf8;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which service an Authentication-Results field names as its writer (RFC 8601 2.2, 2.5). Reading is
 * tolerant, since a field that claims to be ours must go even where the rest of it is nonsense.
 */
public final class AuthservId {
  private AuthservId() {}

  /**
   * The authserv-id of a field, read in one pass.
   *
   * @return quotes undone, UTF-8 decoded; nothing if the field begins with a result ({@code
   *     spf=pass}), is empty, or has an unterminated comment or quoted string before the id
   */
  public static Optional<String> of(HeaderField field) {
    return read(new ResultsCursor(field.value())).map(Utf8::tolerant);
  }

  /**
   * Whether a field claims to come from one of those services. Case does not count, nor whether a
   * name is spelled in U-labels or A-labels.
   */
  public static boolean claims(HeaderField field, Set<String> ours) {
    Optional<String> id = of(field);
    if (id.isEmpty()) {
      return false;
    }
    String whole = canonical(id.get());
    String token = canonical(token(id.get()));
    return ours.stream()
        .map(AuthservId::canonical)
        .anyMatch(our -> our.equals(whole) || our.equals(token));
  }

  private static String canonical(String id) {
    return Domain.parse(id).map(Domain::ascii).orElseGet(() -> id.toLowerCase(Locale.ROOT));
  }

  /** What a stricter reader takes for the id: it ends at the specials of RFC 2045 5.1. */
  private static String token(String id) {
    int end = 0;
    while (end < id.length() && "<>@,:\\/[]?".indexOf(id.charAt(end)) < 0) {
      end++;
    }
    return id.substring(0, end);
  }

  /** The octets of the id, and what follows it skipped up to the next word or mark. */
  static Optional<String> read(ResultsCursor cursor) {
    if (!cursor.skipCfws() || cursor.atEnd()) {
      return Optional.empty();
    }
    Optional<String> id = cursor.peek() == '"' ? cursor.quotedString() : Optional.of(cursor.word());
    boolean followed = id.isPresent() && cursor.skipCfws();
    // RFC 8601 2.2: what an equals sign follows is the method of a result.
    boolean method = followed && cursor.peek() == '=';
    return method ? Optional.empty() : id.filter(text -> !text.isEmpty());
  }
}
