package dovetail.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one address list holds that the grammar allows and that common readers still take
 * differently: readers that know no comments, no quotes or no quoted pairs, that decode encoded
 * words before they parse, that map no domains, that drop white space or do not. Each method notes
 * one thing; {@link #first} tells whether a From field with it can be trusted to mean one domain.
 */
final class AddressOddities {
  private static final String SPACED = "white space or comment within an address";

  private final List<String> reasons = new ArrayList<>();
  private boolean addressInQuotes;
  private boolean hiddenQuote;

  /** The first reason not to trust the field; nothing if all readers agree on it. */
  Optional<String> first() {
    // A quote that one reader hides in a comment or a quoted pair turns quoted text into bare text.
    if (reasons.isEmpty() && addressInQuotes && hiddenQuote) {
      return Optional.of("at sign in quotes beside a hidden quote");
    }
    return reasons.stream().findFirst();
  }

  void comment(String text) {
    String decoded = EncodedWord.reveal(text);
    hiddenQuote |= decoded.indexOf('"') >= 0 || decoded.indexOf('\\') >= 0;
    if (containsAny(decoded, "@<>")) {
      reasons.add("comment that may hide an address");
    }
    checkDecoded(text, decoded);
  }

  void spaceInAddress() {
    reasons.add(SPACED);
  }

  void route() {
    reasons.add("source route");
  }

  /** A display name: its bare text and its quoted strings. */
  void phrase(List<Word> words) {
    List<Word> bare = new ArrayList<>();
    for (Word word : words) {
      if (word.kind() == Word.Kind.QUOTED) {
        quotedName(word);
      } else {
        bare.add(word);
      }
    }
    String text = Word.phrase(bare);
    String decoded = EncodedWord.reveal(text);
    if (decoded.indexOf('@') >= 0) {
      reasons.add("encoded word that may hide an address");
    }
    checkDecoded(text, decoded);
  }

  // "Smith, John" is daily use; "x <a@b>" is an address to a reader that does not know quotes.
  private void quotedName(Word word) {
    String text = word.shown();
    String decoded = EncodedWord.reveal(text);
    hiddenQuote |= word.pairs();
    if (decoded.indexOf('@') >= 0) {
      addressInQuotes = true;
      if (word.pairs() || containsAny(decoded, "<>,\"\\")) {
        reasons.add("quoted name that may hide an address");
      }
    }
    checkDecoded(text, decoded);
  }

  // U+0085, U+2028 and U+2029 end a line to some readers; C1 octets in a word that calls itself
  // ISO 8859-1 are the quotes and dashes of Windows, and harmless.
  private void checkDecoded(String text, String decoded) {
    if (text.chars().anyMatch(c -> (c >= 0x80 && c < 0xA0) || c == 0x2028 || c == 0x2029)) {
      reasons.add("control character");
    }
    if (!decoded.equals(text)
        && decoded
            .chars()
            .anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F || c == 0x2028 || c == 0x2029)) {
      reasons.add("control character in an encoded word");
    }
  }

  void localPart(List<Word> words) {
    StringBuilder whole = new StringBuilder();
    for (Word word : words) {
      if (word.kind() == Word.Kind.QUOTED
          && (word.pairs() || containsAny(word.shown(), "@<>()[]:;,\\\""))) {
        reasons.add("quoted local part that may hide an address");
      }
      whole.append(word.shown());
    }
    checkEncodedWord(whole.toString());
  }

  void address(Address address, String spelling) {
    checkEncodedWord(spelling);
    if (!address.domain().isSpelled(spelling)) {
      reasons.add("domain that only some readers map");
    }
  }

  private void checkEncodedWord(String part) {
    if (part.contains("=?") || part.contains("?=")) {
      reasons.add("encoded word within an address");
    }
  }

  private static boolean containsAny(String text, String characters) {
    return text.chars().anyMatch(c -> characters.indexOf(c) >= 0);
  }
}
