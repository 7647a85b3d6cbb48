package dovetail.spf;

import java.util.List;
import java.util.Optional;

/**
 * What a domain says about its senders (RFC 7208 4.6).
 *
 * @param directives to be tried one after the other
 * @param redirect whose record holds if none matches
 * @param explanation where to find words for those who may not
 */
record SpfRecord(
    List<Directive> directives, Optional<MacroString> redirect, Optional<MacroString> explanation) {
  private static final String VERSION = "v=spf1";

  /**
   * A mechanism and what it means if it matches.
   *
   * @param text the term as it stands in the record
   */
  record Directive(Qualifier qualifier, Mechanism mechanism, String text) {}

  SpfRecord {
    directives = List.copyOf(directives);
  }

  /** Whether a TXT record is one of SPF at all (RFC 7208 4.5). */
  static boolean isOne(String text) {
    return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
        && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
  }

  /**
   * Reads a record that is one of SPF.
   *
   * @throws SpfStop if any part of it breaks the grammar, wherever it stands (RFC 7208 4.6)
   */
  static SpfRecord parse(String text) throws SpfStop {
    return new RecordParser().parse(text.substring(VERSION.length()));
  }
}
