package dovetail.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with parts that depend on the message (RFC 7208 7).
 *
 * @param parts in their order
 */
record MacroString(List<Part> parts) {
  // RFC 7208 7.1: what may stand between macros, and in a macro's braces.
  private static final Pattern LITERAL = Pattern.compile("[\\x21-\\x24\\x26-\\x7e]+");
  private static final Pattern LITERAL_OR_SPACE = Pattern.compile("[\\x20-\\x24\\x26-\\x7e]+");
  private static final Pattern MACRO =
      Pattern.compile("%\\{([A-Za-z])([0-9]*)([Rr]?)([-.+,/_=]*)}");
  // RFC 7208 7.1 toplabel: letters, digits and hyphens, and not digits alone.
  private static final Pattern TOP_LABEL =
      Pattern.compile("(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");

  private static final String LETTERS = "slodiphv";
  private static final String EXPLANATION_LETTERS = "crt";

  /** How long the escape of a character is. */
  private static final int ESCAPE = 2;

  /** RFC 7208 7.3. */
  private static final int MOST_NAME = 253;

  private static final int MOST_TEXT = 2_000;

  /** More make more than anything has. */
  private static final int MOST_DIGITS = 9;

  /** More labels than anything has that is split here. */
  private static final int ALL = Integer.MAX_VALUE;

  /** A piece of the text. */
  sealed interface Part {}

  /** What stands there as it is. */
  record Literal(String text) implements Part {}

  /**
   * What is put in.
   *
   * @param letter which value, in lower case
   * @param escaped whether it becomes part of a URL
   * @param kept how many of its labels count, from the right
   * @param reversed whether its labels are turned round before
   * @param delimiters between what they are labels
   */
  record Macro(char letter, boolean escaped, int kept, boolean reversed, String delimiters)
      implements Part {}

  /** What stands for a character that may not stand there itself. */
  record Escape(String text) implements Part {}

  /** The values that are put in. */
  @FunctionalInterface
  interface Values {
    /** The value of a letter, which is in lower case. */
    String of(char letter);
  }

  MacroString {
    parts = List.copyOf(parts);
  }

  /** Reads the value of a modifier that is not known (RFC 7208 6). */
  static Optional<MacroString> parse(String text) {
    return parse(text, LITERAL, LETTERS);
  }

  /** Reads a domain-spec, which ends in a top label or a macro (RFC 7208 7.1). */
  static Optional<MacroString> parseDomain(String text) {
    return parse(text, LITERAL, LETTERS).filter(MacroString::endsAsDomain);
  }

  /** Reads what is shown to a sender; it may have spaces and macros of its own (RFC 7208 6.2). */
  static Optional<MacroString> parseExplanation(String text) {
    return parse(text, LITERAL_OR_SPACE, LETTERS + EXPLANATION_LETTERS);
  }

  private static Optional<MacroString> parse(String text, Pattern literal, String letters) {
    List<Part> parts = new ArrayList<>();
    Matcher literals = literal.matcher(text);
    Matcher macros = MACRO.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (literals.region(at, text.length()).lookingAt()) {
        parts.add(new Literal(literals.group()));
        at = literals.end();
      } else if (macros.region(at, text.length()).lookingAt()) {
        Optional<Part> macro = macro(macros, letters);
        if (macro.isEmpty()) {
          return Optional.empty();
        }
        parts.add(macro.get());
        at = macros.end();
      } else {
        Optional<String> escape = escape(text, at);
        if (escape.isEmpty()) {
          return Optional.empty();
        }
        parts.add(new Escape(escape.get()));
        at += ESCAPE;
      }
    }
    return Optional.of(new MacroString(parts));
  }

  private static Optional<Part> macro(Matcher macro, String letters) {
    char letter = macro.group(1).charAt(0);
    char lower = macro.group(1).toLowerCase(Locale.ROOT).charAt(0);
    OptionalInt kept = kept(macro.group(2));
    if (letters.indexOf(lower) < 0 || kept.isEmpty()) {
      return Optional.empty();
    }
    String delimiters = macro.group(4);
    return Optional.of(
        new Macro(
            lower,
            letter != lower,
            kept.getAsInt(),
            !macro.group(3).isEmpty(),
            delimiters.isEmpty() ? "." : delimiters));
  }

  /** RFC 7208 7.3: not none. */
  private static OptionalInt kept(String digits) {
    if (digits.isEmpty()) {
      return OptionalInt.of(ALL);
    }
    String number = digits.replaceFirst("^0+", "");
    return number.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(number.length() > MOST_DIGITS ? ALL : Integer.parseInt(number));
  }

  private static Optional<String> escape(String text, int at) {
    if (text.startsWith("%%", at)) {
      return Optional.of("%");
    }
    if (text.startsWith("%_", at)) {
      return Optional.of(" ");
    }
    return text.startsWith("%-", at) ? Optional.of("%20") : Optional.empty();
  }

  private boolean endsAsDomain() {
    if (parts.isEmpty()) {
      return false;
    }
    if (!(parts.getLast() instanceof Literal(String text))) {
      return true;
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    int dot = name.lastIndexOf('.');
    return dot >= 0 && TOP_LABEL.matcher(name.substring(dot + 1)).matches();
  }

  /** The text with the values put in; nothing if that is longer than anybody would read. */
  Optional<String> text(Values values) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(expanded(part, values));
      if (text.length() > MOST_TEXT) {
        return Optional.empty();
      }
    }
    return Optional.of(text.toString());
  }

  /**
   * The end of the text with the values put in, which is all that counts of a name; without the
   * labels at the left that are too many (RFC 7208 7.3), and without a final dot.
   */
  String name(Values values) {
    StringBuilder end = new StringBuilder();
    for (Part part : parts.reversed()) {
      if (end.length() <= MOST_TEXT) {
        end.insert(0, expanded(part, values));
      }
    }
    String name = end.toString();
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    int over = name.length() - MOST_NAME;
    return over <= 0 ? name : name.substring(name.indexOf('.', over - 1) + 1);
  }

  private static String expanded(Part part, Values values) {
    return switch (part) {
      case Literal(String literal) -> literal;
      case Escape(String escaped) -> escaped;
      case Macro macro -> value(macro, values.of(macro.letter()));
    };
  }

  // RFC 7208 7.3: split, turn round, keep the right-most, join with dots, escape.
  private static String value(Macro macro, String value) {
    List<String> labels = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      if (macro.delimiters().indexOf(value.charAt(i)) >= 0) {
        labels.add(value.substring(start, i));
        start = i + 1;
      }
    }
    labels.add(value.substring(start));
    List<String> ordered = macro.reversed() ? labels.reversed() : labels;
    int cut = Math.max(0, ordered.size() - macro.kept());
    String joined = String.join(".", ordered.subList(cut, ordered.size()));
    return macro.escaped() ? UrlText.escaped(joined) : joined;
  }
}
