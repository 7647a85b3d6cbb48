package dovetail.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * The elements of a list in main.cf, apart by commas and white space; what stands in braces is one
 * element (postconf(5)).
 */
final class Words {
  private Words() {}

  static List<String> of(String value) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (depth == 0 && (c == ',' || Character.isWhitespace(c))) {
        end(word, words);
        continue;
      }
      depth += c == '{' ? 1 : c == '}' && depth > 0 ? -1 : 0;
      word.append(c);
    }
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
