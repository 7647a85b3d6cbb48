package dovetail.manual;

import java.util.List;
import java.util.Locale;

/**
 * A manual page in the macros of man(7). What is handed over as text is escaped, so that troff
 * takes none of it for its own; {@link #bold} and {@link #italic} make what stands as it is.
 */
final class Roff {
  private static final int WIDTH = 100;

  private final StringBuilder page = new StringBuilder();

  /**
   * A page that has its title and its section NAME.
   *
   * @param about what it is, in a few words
   */
  Roff(String name, int section, String about) {
    macro(".\\\" Made from the code, with which a test compares it.");
    macro(".TH %s %d \"\" Dovetail Dovetail".formatted(name.toUpperCase(Locale.ROOT), section));
    section("NAME");
    macro(plain(name) + " \\- " + plain(about));
  }

  /** Text as troff has to have it, to be printed as it is. */
  static String plain(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(
          switch (c) {
            case '\\' -> "\\e";
            case '-' -> "\\-";
            case '\'' -> "\\(aq";
            case '`' -> "\\(ga";
            case '^' -> "\\(ha";
            case '~' -> "\\(ti";
            case '\u2013' -> "\\(en";
            case '\u2026' -> "...";
            default -> {
              if (c > '~') {
                throw new IllegalArgumentException("no escape for '" + c + "' in: " + text);
              }
              yield String.valueOf(c);
            }
          });
    }
    return escaped.toString();
  }

  static String bold(String text) {
    return "\\fB" + plain(text) + "\\fR";
  }

  static String italic(String text) {
    return "\\fI" + plain(text) + "\\fR";
  }

  Roff section(String title) {
    return macro(".SH " + plain(title));
  }

  Roff subsection(String title) {
    return macro(".SS " + plain(title));
  }

  /** A paragraph of text. */
  Roff paragraph(String text) {
    return macro(".PP").fill(plain(text));
  }

  /** A line that is made already, with what is bold or italic in it. */
  Roff made(String roff) {
    return fill(roff);
  }

  Roff lineBreak() {
    return macro(".br");
  }

  /** Something, made already, and what is said of it. */
  Roff item(String made, String text) {
    return macro(".TP").fill(made).fill(plain(text));
  }

  /** A further paragraph of the last item. */
  Roff more(String text) {
    return macro(".IP").fill(plain(text));
  }

  /**
   * Lines that stay as they are.
   *
   * @param kind whose lines they are, for those who try them
   */
  Roff example(String kind, String text) {
    macro(".PP").macro(".\\\" " + kind).macro(".RS 4").macro(".EX");
    text.lines().map(line -> line.isEmpty() ? ".sp" : safe(plain(line))).forEach(this::macro);
    return macro(".EE").macro(".RE");
  }

  /** Other pages, each as "name(section)". */
  Roff seeAlso(List<String> pages) {
    section("SEE ALSO");
    for (int i = 0; i < pages.size(); i++) {
      int bracket = pages.get(i).indexOf('(');
      String comma = i == pages.size() - 1 ? "" : ",";
      macro(
          bold(pages.get(i).substring(0, bracket))
              + plain(pages.get(i).substring(bracket))
              + comma);
    }
    return this;
  }

  String text() {
    return page.toString();
  }

  private Roff macro(String line) {
    page.append(line).append('\n');
    return this;
  }

  private Roff fill(String roff) {
    StringBuilder line = new StringBuilder();
    for (String word : roff.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        macro(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? safe(word) : " " + word);
    }
    return macro(line.toString());
  }

  /** At the beginning of a line a dot would be a macro's. */
  private static String safe(String line) {
    return line.startsWith(".") ? "\\&" + line : line;
  }
}
