package dovetail.authres;

import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Utf8;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which service an Authentication-Results field names as its writer (RFC 8601 2.2, 2.5). Reading is
 * tolerant, since a field that claims to be ours must go even where the rest of it is nonsense.
 */
public final class AuthservId {
  /** Octets of a name; none that we could have is longer. */
  private static final int MAX_JOINED = 1024;

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
   * Whether a field claims to come from one of those services, or might to a careless reader. Case
   * does not count, nor whether a name is spelled in U-labels or A-labels. A name in encoded words
   * is taken for ours without decoding: nobody writes one so, and Sieve reads it.
   */
  public static boolean claims(HeaderField field, Set<String> ours) {
    String value = field.value();
    if (hasEncodedWord(value)) {
      return true;
    }
    Set<String> names = new LinkedHashSet<>();
    of(field).ifPresent(names::add);
    names.addAll(joined(new ResultsCursor(value)));
    Set<String> claimed =
        names.stream()
            .flatMap(name -> Stream.of(name, token(name)))
            .distinct()
            .map(AuthservId::canonical)
            .collect(Collectors.toSet());
    return ours.stream().map(AuthservId::canonical).anyMatch(claimed::contains);
  }

  private static boolean hasEncodedWord(String value) {
    ResultsCursor cursor = new ResultsCursor(value);
    cursor.skipCfws();
    int word = value.indexOf("=?", cursor.offset());
    int end = value.indexOf(';', cursor.offset());
    return word >= 0 && (end < 0 || word < end);
  }

  /**
   * What OpenDMARC takes for the id, for one: all that stands before the semicolon as one word,
   * quotes, backslashes and stray parentheses dropped, with and without a version at its end.
   * Nothing if that is the beginning of a result, or longer than any name.
   */
  private static List<String> joined(ResultsCursor cursor) {
    StringBuilder all = new StringBuilder();
    boolean quoted = false;
    boolean gap = false;
    int last = 0;
    while (!cursor.atEnd() && (quoted || cursor.peek() != ';')) {
      char c = cursor.peek();
      if (!quoted && (c <= ' ' || c == '(')) {
        cursor.skipCfws();
        gap = true;
        continue;
      }
      if ((!quoted && c == '=') || all.length() == MAX_JOINED) {
        return List.of();
      }
      cursor.skip(c);
      if (c == '"') {
        quoted = !quoted;
      } else if (c > ' ' && c != '\\' && c != ')') {
        last = gap ? all.length() : last;
        gap = false;
        all.append(c);
      }
    }
    String name = Utf8.tolerant(all.toString());
    return List.of(name, Utf8.tolerant(all.substring(0, last)));
  }

  private static String canonical(String id) {
    return Domain.parse(id).map(Domain::ascii).orElseGet(() -> id.toLowerCase(Locale.ROOT));
  }

  /**
   * What a stricter reader takes for the id: it ends at the specials of RFC 2045 5.1, or at what
   * SpamAssassin skips, a space of Unicode.
   */
  private static String token(String id) {
    int end = 0;
    while (end < id.length()
        && "<>@,:\\/[]?)".indexOf(id.charAt(end)) < 0
        && !Character.isSpaceChar(id.charAt(end))) {
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
