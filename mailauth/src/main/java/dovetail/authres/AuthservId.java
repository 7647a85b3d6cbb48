package dovetail.authres;

import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which service an Authentication-Results field names as its writer (RFC 8601 2.2, 2.5). Reading is
 * tolerant, since a field that claims to be ours must go even where the rest of it is nonsense.
 */
public final class AuthservId {
  private final String value;
  private int at;

  private AuthservId(String value) {
    this.value = value;
  }

  /**
   * The authserv-id of a field, read in one pass.
   *
   * @return quotes undone, UTF-8 decoded; nothing if the field begins with a result ({@code
   *     spf=pass}), is empty, or has an unterminated comment or quoted string before the id
   */
  public static Optional<String> of(HeaderField field) {
    return new AuthservId(field.value()).read().map(AuthservId::decoded);
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

  private Optional<String> read() {
    if (!skipCfws() || at == value.length()) {
      return Optional.empty();
    }
    Optional<String> id = value.charAt(at) == '"' ? quotedString() : Optional.of(word());
    boolean followed = id.isPresent() && skipCfws();
    // RFC 8601 2.2: what an equals sign follows is the method of a result.
    boolean method = followed && at < value.length() && value.charAt(at) == '=';
    return method ? Optional.empty() : id.filter(text -> !text.isEmpty());
  }

  /** Skips white space and comments; whether all comments were terminated. */
  private boolean skipCfws() {
    int depth = 0;
    while (at < value.length()) {
      char c = value.charAt(at);
      if (c == '(') {
        depth++;
      } else if (c == ')' && depth > 0) {
        depth--;
      } else if (c == '\\' && depth > 0) {
        at++;
      } else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return true;
      }
      at++;
    }
    at = value.length();
    return depth == 0;
  }

  private String word() {
    int start = at;
    while (at < value.length() && " \t\r\n;(=\"".indexOf(value.charAt(at)) < 0) {
      at++;
    }
    return value.substring(start, at);
  }

  private Optional<String> quotedString() {
    StringBuilder text = new StringBuilder();
    for (at++; at < value.length(); at++) {
      char c = value.charAt(at);
      if (c == '"') {
        at++;
        return Optional.of(text.toString());
      }
      if (c == '\\' && at + 1 < value.length()) {
        at++;
        c = value.charAt(at);
      }
      if (c != '\r' && c != '\n') {
        text.append(c);
      }
    }
    return Optional.empty();
  }

  private static String decoded(String octets) {
    ByteBuffer bytes = ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      return octets;
    }
  }
}
