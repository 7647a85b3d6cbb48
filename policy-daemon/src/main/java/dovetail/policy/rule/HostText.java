package dovetail.policy.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * A host's name taken apart, to look for numbers and words in it. Whoever has chosen the name, its
 * length bounds the work.
 */
final class HostText {
  private static final int HEX = 16;

  /** Of no octet and no group. */
  private static final int NONE = -1;

  private final String name;

  /** Letters and digits alone, so that it does not matter what stands between them. */
  private final String squeezed;

  /** What stands between characters that are neither letters nor digits. */
  private final List<String> words;

  private final List<Figures> numbers;

  /** Digits that stand together, and where they do. */
  private record Figures(int value, int start, int end) {}

  /**
   * @param name in lower case, as the DNS has it
   */
  HostText(String name) {
    this.name = name;
    this.words = runs(name, HostText::isLetterOrDigit);
    this.squeezed = String.join("", words);
    this.numbers = numbers(name);
  }

  /** Whether that stands in the name, whatever stands between its letters and digits. */
  boolean contains(String spelled) {
    return squeezed.contains(spelled);
  }

  /** Whether so many successive characters of that stand in the name. */
  boolean sharesRun(String spelled, int length) {
    for (int shift = length - spelled.length(); shift <= squeezed.length() - length; shift++) {
      int end = Math.min(spelled.length(), squeezed.length() - shift);
      int run = 0;
      for (int i = Math.max(0, -shift); i < end; i++) {
        run = spelled.charAt(i) == squeezed.charAt(i + shift) ? run + 1 : 0;
        if (run == length) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether these are all the digits that stand together somewhere. */
  boolean hasNumber(String digits) {
    return numbers.stream()
        .anyMatch(number ->
            number.end() - number.start() == digits.length()
                && name.startsWith(digits, number.start()));
  }

  /** Whether one decimal number stands here and the other elsewhere; zeros may precede them. */
  boolean hasNumbers(int one, int other) {
    long wanted =
        numbers.stream()
            .filter(number -> number.value() == one || number.value() == other)
            .map(number -> one == other ? number.start() : number.value())
            .distinct()
            .count();
    return wanted >= 2;
  }

  /** Whether the decimal numbers stand side by side, with one character between that is none. */
  boolean hasNumbersTogether(int one, int other) {
    for (int i = 1; i < numbers.size(); i++) {
      Figures before = numbers.get(i - 1);
      Figures after = numbers.get(i);
      boolean together =
          after.start() - before.end() == 1 && !isLetterOrDigit(name.charAt(before.end()));
      if (together && isPair(before.value(), after.value(), one, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPair(int before, int after, int one, int other) {
    return (before == one && after == other) || (before == other && after == one);
  }

  /**
   * Whether these stand one after the other as words of hexadecimal digits, in this order or the
   * other; the first word may begin with something else.
   */
  boolean hasHexWords(int first, int second, int third) {
    for (int i = 2; i < words.size(); i++) {
      if (hex(words.get(i - 1)) == second
          && (isHexPair(i - 2, first, i, third) || isHexPair(i - 2, third, i, first))) {
        return true;
      }
    }
    return false;
  }

  private boolean isHexPair(int before, int ending, int after, int whole) {
    return hex(words.get(after)) == whole
        && words.get(before).endsWith(Integer.toHexString(ending));
  }

  /** Whether a word begins or ends so. */
  boolean hasWordWith(String end) {
    return words.stream().anyMatch(word -> word.startsWith(end) || word.endsWith(end));
  }

  /** Whether one of the letters that stand together in the host's own label is such a word. */
  boolean hasWordInHost(Predicate<String> wanted) {
    int dot = name.indexOf('.');
    return hasWord(dot < 0 ? name : name.substring(0, dot), wanted);
  }

  /** Whether one of the letters that stand together below the owner's domain is such a word. */
  boolean hasWord(Predicate<String> wanted) {
    return hasWord(below(), wanted);
  }

  private static boolean hasWord(String text, Predicate<String> wanted) {
    return runs(text, HostText::isLetter).stream().anyMatch(wanted);
  }

  /** Whether below the owner's domain stand so many hexadecimal digits, hyphens aside. */
  boolean hasLongNumber(int length) {
    String below = below();
    int digits = 0;
    int decimals = 0;
    for (int i = 0; i < below.length(); i++) {
      char c = below.charAt(i);
      if (c == '-') {
        continue;
      }
      boolean counts = Character.digit(c, HEX) >= 0;
      digits = counts ? digits + 1 : 0;
      decimals = counts ? decimals + (isDigit(c) ? 1 : 0) : 0;
      if (digits >= length && decimals > 0) {
        return true;
      }
    }
    return false;
  }

  /** What is not the name of the owner, who has two labels at least. */
  private String below() {
    int dot = name.lastIndexOf('.', name.lastIndexOf('.') - 1);
    return dot < 0 ? "" : name.substring(0, dot);
  }

  private static List<String> runs(String text, IntPredicate member) {
    List<String> runs = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !member.test(text.charAt(i))) {
        if (i > start) {
          runs.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return runs;
  }

  private static List<Figures> numbers(String name) {
    List<Figures> numbers = new ArrayList<>();
    int start = 0;
    int value = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i < name.length() && isDigit(name.charAt(i))) {
        boolean fits = value != NONE && value < 100;
        value = fits ? value * 10 + (name.charAt(i) - '0') : NONE;
        continue;
      }
      if (i > start) {
        numbers.add(new Figures(value, start, i));
      }
      start = i + 1;
      value = 0;
    }
    return numbers;
  }

  private static int hex(String word) {
    int value = 0;
    for (int i = 0; i < word.length(); i++) {
      int digit = Character.digit(word.charAt(i), HEX);
      if (digit < 0 || word.length() > 4) {
        return NONE;
      }
      value = value * HEX + digit;
    }
    return value;
  }

  private static boolean isLetterOrDigit(int c) {
    return isLetter(c) || isDigit(c);
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
