package dovetail.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A list of restrictions as it is evaluated: each word with the element of the list as written that
 * it comes from.
 */
final class Restrictions {
  private static final Set<String> LAST = Set.of("permit", "reject", "defer");

  private final List<String> written;
  private final List<Word> words = new ArrayList<>();

  /**
   * A word, once names of parameters are replaced.
   *
   * @param origin the index of the written element
   */
  record Word(String text, int origin) {}

  private Restrictions(List<String> written) {
    this.written = new ArrayList<>(written);
  }

  static Restrictions of(Postfix postfix, String value) {
    Restrictions list = new Restrictions(Words.of(value));
    for (int i = 0; i < list.written.size(); i++) {
      for (String word : Words.of(postfix.expand(list.written.get(i)))) {
        list.words.add(new Word(word, i));
      }
    }
    return list;
  }

  List<Word> words() {
    return List.copyOf(words);
  }

  /** Where the word stands; -1 if it does not. */
  int indexOf(String text) {
    return words.stream().map(Word::text).toList().indexOf(text);
  }

  /** Where a word stands behind which nothing is looked at; -1 if there is none. */
  int end() {
    for (int i = 0; i < words.size(); i++) {
      boolean argument = i > 0 && takesArgument(words.get(i - 1).text());
      if (!argument && LAST.contains(words.get(i).text())) {
        return i;
      }
    }
    return -1;
  }

  /** The list with the question at {@code from} before, or behind, what stands at {@code to}. */
  String moved(int from, int to, boolean behind) {
    int first = words.get(from).origin();
    int count = words.get(from + 1).origin() - first + 1;
    List<String> others = new ArrayList<>(written);
    List<String> some = new ArrayList<>(others.subList(first, first + count));
    others.subList(first, first + count).clear();
    int target = words.get(to).origin();
    target -= target > first ? count : 0;
    others.addAll(behind ? target + 1 : target, some);
    return join(others);
  }

  /** The list with a question behind what stands at {@code index}; at its begin if that is -1. */
  String with(String question, int index) {
    List<String> all = new ArrayList<>(written);
    all.add(index < 0 ? 0 : words.get(index).origin() + 1, question);
    return join(all);
  }

  private static String join(List<String> elements) {
    StringBuilder text = new StringBuilder();
    String before = "";
    for (String element : elements) {
      text.append(before.isEmpty() ? "" : takesArgument(before) ? " " : ", ").append(element);
      before = element;
    }
    return text.toString();
  }

  private static boolean takesArgument(String word) {
    return word.startsWith("check_")
        || word.startsWith("reject_rbl_")
        || word.startsWith("reject_rhsbl_")
        || word.startsWith("permit_dnswl_")
        || word.startsWith("permit_rhswl_")
        || word.equals("warn_if_reject");
  }
}
