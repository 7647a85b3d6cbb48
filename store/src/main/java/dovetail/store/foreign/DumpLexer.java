package dovetail.store.foreign;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a dump into words, and learns from its comments how it is encoded and whether it ends. */
final class DumpLexer {
  /** Octets of a value; no column that is read holds nearly as much. */
  private static final int MOST_OCTETS = 1 << 20;

  private static final int MOST_COMMENT = 500;
  private static final Pattern SET_NAMES =
      Pattern.compile("!\\d*\\s*SET\\s+NAMES\\s+'?(\\w+)'?\\s*", Pattern.CASE_INSENSITIVE);

  private final DumpInput in;
  private Charset charset = StandardCharsets.UTF_8;
  private boolean header;
  private boolean footer;

  DumpLexer(DumpInput in) {
    this.in = in;
  }

  DumpInput in() {
    return in;
  }

  Charset charset() {
    return charset;
  }

  /** Whether mysqldump has begun to write it and has not ended it. */
  boolean isCutOff() {
    return header && !footer;
  }

  /** The next word; values that are not kept may be of any length, and come out empty. */
  Token next(boolean kept) {
    while (true) {
      skipBlanks();
      int c = in.read();
      switch (c) {
        case DumpInput.END -> {
          return new Token.End();
        }
        case '\'' -> {
          return new Token.Text(quoted('\'', true, kept));
        }
        case '"' -> {
          return new Token.Name(quoted('"', true, kept));
        }
        case '`' -> {
          return new Token.Name(quoted('`', false, true));
        }
        case '-' -> {
          if (in.peek() != '-') {
            return isWord(in.peek()) ? new Token.Word(word(c)) : new Token.Sign('-');
          }
          noteLine("-" + restOfLine());
        }
        default -> {
          return isWord(c) ? new Token.Word(word(c)) : new Token.Sign((char) c);
        }
      }
    }
  }

  private static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '$'
        || c == '.'
        || c == '@'
        || c >= 0x80;
  }

  private String word(int first) {
    StringBuilder word = new StringBuilder().append((char) first);
    while (isWord(in.peek()) || endsInExponent(word)) {
      if (word.length() == MOST_OCTETS) {
        throw in.wrong("a word of more than " + MOST_OCTETS + " octets");
      }
      word.append((char) in.read());
    }
    return word.toString();
  }

  /** The sign in {@code 1e-7}. */
  private boolean endsInExponent(StringBuilder word) {
    return (in.peek() == '-' || in.peek() == '+') && word.toString().matches("[0-9.]+[eE]");
  }

  private String quoted(char quote, boolean escapes, boolean kept) {
    StringBuilder octets = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c == quote) {
        if (in.peek() != quote) {
          return octets.toString();
        }
        in.read();
      } else if (c == '\\' && escapes) {
        c = escaped(in.read());
      }
      if (c == DumpInput.END) {
        throw in.wrong("the file ends inside a string");
      }
      if (kept) {
        if (octets.length() == MOST_OCTETS) {
          throw in.wrong("a value of more than " + MOST_OCTETS + " octets");
        }
        octets.append((char) c);
      }
    }
  }

  private static int escaped(int c) {
    return switch (c) {
      case '0' -> 0;
      case 'b' -> '\b';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'Z' -> 0x1a;
      default -> c;
    };
  }

  private void skipBlanks() {
    while (true) {
      int c = in.peek();
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        in.read();
      } else if (c == '#') {
        noteLine(restOfLine());
      } else if (c == '/') {
        in.read();
        if (in.peek() != '*') {
          throw in.wrong("a stray /");
        }
        in.read();
        noteComment(restOfComment());
      } else {
        return;
      }
    }
  }

  private String restOfLine() {
    StringBuilder text = new StringBuilder();
    while (in.peek() != '\n' && in.peek() != DumpInput.END) {
      int c = in.read();
      if (text.length() < MOST_COMMENT) {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  private String restOfComment() {
    StringBuilder text = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c == DumpInput.END) {
        throw in.wrong("the file ends inside a comment");
      }
      if (c == '*' && in.peek() == '/') {
        in.read();
        return text.toString();
      }
      if (text.length() < MOST_COMMENT) {
        text.append((char) c);
      }
    }
  }

  private void noteLine(String text) {
    if (text.startsWith("-- PostgreSQL database dump")) {
      throw in.wrong(
          "a dump of PostgreSQL, which is not read; only those of MySQL and MariaDB are");
    }
    header |= text.startsWith("-- MySQL dump") || text.startsWith("-- MariaDB dump");
    footer |= text.startsWith("-- Dump completed");
  }

  private void noteComment(String text) {
    Matcher names = SET_NAMES.matcher(text);
    if (names.matches()) {
      setNames(names.group(1));
    }
  }

  /** The encoding of all that follows. */
  void setNames(String name) {
    charset =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "utf8", "utf8mb3", "utf8mb4", "ascii", "binary", "default" -> StandardCharsets.UTF_8;
          case "latin1" -> Charset.forName("windows-1252"); // as MySQL has it
          default -> throw in.wrong("the encoding " + name + ": make the dump in utf8mb4");
        };
  }
}
