package dovetail.mail;

import java.util.Locale;
import java.util.Optional;

/**
 * A domain name in the one form that the DNS sees: lower-case A-labels without a final dot (RFC
 * 5890 2.3.2.1). Two domains are equal if and only if the DNS holds them for one. An address
 * literal or anything that looks like an IPv4 address is not a domain.
 */
public final class Domain {
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;

  /** No name within the limits is spelled longer: bounds the work that IDNA does. */
  private static final int MAX_INPUT = 1024;

  private final String ascii;

  private Domain(String ascii) {
    this.ascii = ascii;
  }

  /**
   * Reads a domain name.
   *
   * @param text A-labels, U-labels or both in any case; labels may hold underscores, as {@code
   *     _dmarc} does; one final dot is dropped; the other dots of IDNA (U+3002, U+FF0E, U+FF61) are
   *     dots. Mapped as UTS 46 does it, nontransitional
   * @return nothing if it is no name for the DNS: an empty label, over 63 octets in a label or 253
   *     in all, an A-label that decodes to nothing valid, a last label of digits, other characters
   */
  public static Optional<Domain> parse(String text) {
    if (text.isEmpty() || text.length() > MAX_INPUT) {
      return Optional.empty();
    }
    return mapped(text)
        .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
        .flatMap(Domain::named);
  }

  /**
   * A name that is only there to be asked for, such as one that macros make of an address (RFC 7208
   * 7.3): its labels may hold all that can be printed but a backslash. It is not the domain of any
   * mail, and not fit to be written into any.
   *
   * @return nothing if it is too long, or has an empty label or other characters
   */
  public static Optional<Domain> asked(String text) {
    if (text.length() > MAX_NAME
        || !text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '\\')) {
      return Optional.empty();
    }
    for (String label : text.split("\\.", -1)) {
      if (label.isEmpty() || label.length() > MAX_LABEL) {
        return Optional.empty();
      }
    }
    return Optional.of(new Domain(text.toLowerCase(Locale.ROOT)));
  }

  private static Optional<String> mapped(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    return isHostText(text) && !hasALabel(name) ? Optional.of(name) : Idna.toAscii(text);
  }

  private static Optional<Domain> named(String name) {
    return isName(name) ? Optional.of(new Domain(name)) : Optional.empty();
  }

  /** The name as the DNS sees it: lower case, A-labels, no final dot. */
  public String ascii() {
    return ascii;
  }

  /** The name as people read it: U-labels where the name has A-labels. */
  public String unicode() {
    return hasALabel(ascii) ? Idna.toUnicode(ascii) : ascii;
  }

  /** Whether this name lies below the other one; no name lies below itself. */
  public boolean isSubdomainOf(Domain other) {
    int cut = ascii.length() - other.ascii.length() - 1;
    return cut > 0 && ascii.charAt(cut) == '.' && ascii.endsWith(other.ascii);
  }

  /** The name without its first label; nothing above a name of one label. */
  public Optional<Domain> parent() {
    int dot = ascii.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(new Domain(ascii.substring(dot + 1)));
  }

  /**
   * The name of something below this one, such as {@code _dmarc}. The labels are mapped apart from
   * this name, since in one that is written from right to left IDNA forbids labels that begin with
   * anything but a letter (RFC 5893 2), which concerns names that people read.
   *
   * @param labels one or more labels, spelled as in {@link #parse}
   * @return nothing if they are no labels, or the name becomes too long
   */
  public Optional<Domain> below(String labels) {
    return labels.isEmpty() || labels.length() > MAX_INPUT
        ? Optional.empty()
        : mapped(labels).flatMap(mapped -> named(mapped + '.' + ascii));
  }

  /**
   * Whether that text is this domain without any mapping but that of case. Readers that do not map
   * (RFC 5891 5.4 maps nothing) would take any other text for another domain or for none.
   */
  boolean isSpelled(String text) {
    String[] written = text.split("\\.", -1);
    String[] read = unicode().split("\\.", -1);
    if (written.length != read.length) {
      return false;
    }
    for (int i = 0; i < written.length; i++) {
      boolean sameUnicode = written[i].toLowerCase(Locale.ROOT).equals(read[i]);
      if (!isHostText(written[i]) && (isHostText(read[i]) || !sameUnicode)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHostText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean hasALabel(String lowerCase) {
    return lowerCase.startsWith("xn--") || lowerCase.contains(".xn--");
  }

  private static boolean isName(String name) {
    if (name.length() > MAX_NAME || !isHostText(name)) {
      return false;
    }
    int start = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
      if (!isLabel(name, start, dot)) {
        return false;
      }
      start = dot + 1;
    }
    return isLabel(name, start, name.length()) && !isNumber(name, start);
  }

  private static boolean isLabel(String name, int start, int end) {
    return end > start
        && end - start <= MAX_LABEL // RFC 1035 2.3.4
        && name.charAt(start) != '-' // RFC 1123 2.1
        && name.charAt(end - 1) != '-';
  }

  // RFC 3696 2: no top-level domain is all digits, so this is an IPv4 address, whole or in part.
  private static boolean isNumber(String name, int start) {
    for (int i = start; i < name.length(); i++) {
      if (!isDigit(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Domain domain && ascii.equals(domain.ascii);
  }

  @Override
  public int hashCode() {
    return ascii.hashCode();
  }

  @Override
  public String toString() {
    return ascii;
  }
}
