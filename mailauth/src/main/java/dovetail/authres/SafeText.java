package dovetail.authres;

import dovetail.mail.Atoms;
import java.nio.charset.StandardCharsets;

/**
 * Makes text that strangers wrote safe in a field of ours: whatever it is, it stays within its
 * place. It is not folded either, so that none of it ever begins a line as results of ours do.
 */
final class SafeText {
  /** Octets of one text as it is written, without what encloses it; the rest is cut off. */
  static final int MAX_OCTETS = 512;

  /** RFC 2045 5.1. */
  private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";

  private SafeText() {}

  /** A token where it can be one, else a quoted string (RFC 8601 2.2 value, RFC 6532 3.2). */
  static String value(String text) {
    String plain = escaped(text, "");
    return isToken(plain) ? plain : '"' + escaped(text, "\"\\") + '"';
  }

  /** As {@link #value}, but mail addresses of ASCII need no quotes (RFC 8601 2.2 pvalue). */
  static String propertyValue(String text) {
    String plain = escaped(text, "");
    return isAddress(plain) ? plain : value(text);
  }

  /** A dot-atom where it can be one, else a quoted string (RFC 7208 9.1). */
  static String dotAtom(String text) {
    String plain = escaped(text, "");
    boolean ascii = plain.chars().allMatch(c -> c < 0x7F);
    return ascii && Atoms.isDotAtom(plain) ? plain : '"' + escaped(text, "\"\\") + '"';
  }

  /** A comment (RFC 5322 3.2.2). */
  static String comment(String text) {
    return '(' + escaped(text, "()\\") + ')';
  }

  private static String escaped(String text, String specials) {
    if (text.length() <= MAX_OCTETS
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7F && specials.indexOf(c) < 0)) {
      return text; // nearly always
    }
    StringBuilder safe = new StringBuilder();
    int octets = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      String piece = Atoms.isPlain(c) ? Character.toString(c) : "?";
      if (specials.indexOf(c) >= 0) {
        piece = '\\' + piece;
      }
      octets += piece.getBytes(StandardCharsets.UTF_8).length;
      if (octets > MAX_OCTETS) {
        break;
      }
      safe.append(piece);
    }
    return safe.toString();
  }

  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > ' ' && c < 0x7F && TSPECIALS.indexOf(c) < 0);
  }

  /** {@code [[local-part] "@"] domain-name}; what has no at sign is seen to as a token. */
  private static boolean isAddress(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0 || !text.chars().allMatch(c -> c < 0x7F)) {
      return false;
    }
    String[] labels = text.substring(at + 1).split("\\.", -1);
    boolean domain = labels.length > 1; // RFC 6376 3.5
    for (String label : labels) {
      domain &= Keyword.is(label) && !label.startsWith("-");
    }
    return domain && (at == 0 || Atoms.isDotAtom(text.substring(0, at)));
  }
}
