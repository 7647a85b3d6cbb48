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

  private Optional<String> reason = Optional.empty();
  private boolean addressInQuotes;
  private boolean hiddenMark;

  /** The first reason not to trust the field; nothing if all readers agree on it. */
  Optional<String> first() {
    // A mark that only some readers see turns quoted text into bare text, or bare into quoted.
    if (reason.isEmpty() && addressInQuotes && hiddenMark) {
      return Optional.of("at sign in quotes beside a hidden quote");
    }
    return reason;
  }

  private void note(String found) {
    if (reason.isEmpty()) {
      reason = Optional.of(found);
    }
  }

  void comment(String text) {
    String decoded = EncodedWord.reveal(text);
    hiddenMark |= containsAny(decoded, "\"\\");
    if (containsAny(decoded, "@<>")) {
      note("comment that may hide an address");
    }
    checkDecoded(text, decoded);
  }

  void spaceInAddress() {
    note(SPACED);
  }

  void route() {
    note("source route");
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
    hiddenMark |= containsAny(decoded, "\"\\()<>,");
    if (decoded.indexOf('@') >= 0) {
      note("encoded word that may hide an address");
    }
    checkDecoded(text, decoded);
  }

  // "Smith, John" is daily use; "x <a@b>" is an address to a reader that does not know quotes.
  private void quotedName(Word word) {
    String text = word.shown();
    String decoded = EncodedWord.reveal(text);
    hiddenMark |= word.pairs();
    if (decoded.indexOf('@') >= 0) {
      addressInQuotes = true;
      if (word.pairs() || containsAny(decoded, "<>,\"\\") || !isBalanced(decoded)) {
        note("quoted name that may hide an address");
      }
    }
    checkDecoded(text, decoded);
  }

  // U+0085, U+2028 and U+2029 end a line to some readers; C1 octets in a word that calls itself
  // ISO 8859-1 are the quotes and dashes of Windows, and harmless.
  private void checkDecoded(String text, String decoded) {
    if (text.chars().anyMatch(c -> (c >= 0x80 && c < 0xA0) || c == 0x2028 || c == 0x2029)) {
      note("control character");
    }
    if (!decoded.equals(text)
        && decoded
            .chars()
            .anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F || c == 0x2028 || c == 0x2029)) {
      note("control character in an encoded word");
    }
    // What we cannot decode, or would decode twice, others may.
    if (decoded.contains("=?") || decoded.contains("?=")) {
      note("broken encoded word");
    }
  }

  void localPart(List<Word> words) {
    StringBuilder whole = new StringBuilder();
    for (Word word : words) {
      if (word.kind() == Word.Kind.QUOTED
          && (word.pairs() || containsAny(word.shown(), "@<>()[]:;,\\\""))) {
        note("quoted local part that may hide an address");
      }
      whole.append(word.shown());
    }
    checkEncodedWord(whole.toString());
  }

  void address(Address address, String spelling) {
    checkEncodedWord(spelling);
    if (!address.domain().isSpelled(spelling)) {
      note("domain that only some readers map");
    }
  }

  private void checkEncodedWord(String part) {
    if (part.contains("=?") || part.contains("?=")) {
      note("encoded word within an address");
    }
  }

  /** Whether a reader that knows comments but no quotes sees none of them open. */
  private static boolean isBalanced(String text) {
    int depth = 0;
    for (int i = 0; i < text.length() && depth >= 0; i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
    }
    return depth == 0;
  }

  private static boolean containsAny(String text, String characters) {
    return text.chars().anyMatch(c -> characters.indexOf(c) >= 0);
  }
}
