package dovetail.store.foreign;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the values of rows. */
final class DumpValues {
  private static final int MOST_COLUMNS = 1000;

  private final DumpLexer lexer;

  DumpValues(DumpLexer lexer) {
    this.lexer = lexer;
  }

  /** A row's values behind its opening parenthesis, with the closing one; NULL is nothing. */
  List<Optional<String>> row() {
    List<Optional<String>> values = new ArrayList<>();
    while (true) {
      values.add(value(lexer.next(true)));
      Token behind = lexer.next(true);
      if (behind.equals(new Token.Sign(')'))) {
        return values;
      }
      if (!behind.equals(new Token.Sign(',')) || values.size() == MOST_COLUMNS) {
        throw wrong("expected a comma or a parenthesis behind a value", behind);
      }
    }
  }

  /** The names in parentheses, behind the opening one. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    while (true) {
      names.add(name(lexer.next(true)));
      Token behind = lexer.next(true);
      if (behind.equals(new Token.Sign(')'))) {
        return names;
      }
      if (!behind.equals(new Token.Sign(',')) || names.size() == MOST_COLUMNS) {
        throw wrong("expected a comma or a parenthesis behind a name", behind);
      }
    }
  }

  /** A name in lower case. */
  String name(Token token) {
    String octets =
        switch (token) {
          case Token.Name(String text) -> text;
          case Token.Word(String text) -> text;
          case Token.Text _, Token.Sign _, Token.End _ -> throw wrong("expected a name", token);
        };
    return decoded(octets).toLowerCase(Locale.ROOT);
  }

  private Optional<String> value(Token token) {
    return switch (token) {
      case Token.Text(String octets) -> Optional.of(decoded(octets));
      case Token.Word(String text) -> word(text);
      case Token.Name _, Token.Sign _, Token.End _ -> throw wrong("expected a value", token);
    };
  }

  private Optional<String> word(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("null")) {
      return Optional.empty();
    }
    if (lower.equals("true") || lower.equals("false")) {
      return Optional.of(lower);
    }
    if (lower.matches("0x([0-9a-f]{2})*")) {
      return Optional.of(hex(lower.substring(2)));
    }
    if (lower.equals("x") || lower.equals("b") || lower.startsWith("_")) {
      Token content = lexer.next(true);
      if (content instanceof Token.Text(String octets)) {
        return Optional.of(literal(lower, octets));
      }
      return lower.startsWith("_") ? value(content) : Optional.of(unexpected(content));
    }
    if (!lower.matches("-?[0-9]*\\.?[0-9]+(e[-+]?[0-9]+)?")) {
      return Optional.of(unexpected(new Token.Word(text)));
    }
    return Optional.of(lower);
  }

  private String literal(String kind, String octets) {
    return switch (kind) {
      case "x" -> hex(octets.toLowerCase(Locale.ROOT));
      case "b" ->
          octets.matches("[01]{1,62}")
              ? String.valueOf(Long.parseLong(octets, 2))
              : unexpected(new Token.Text(octets));
      default -> decoded(octets);
    };
  }

  private String hex(String digits) {
    if (!digits.matches("([0-9a-f]{2})*")) {
      return unexpected(new Token.Text(digits));
    }
    return decoded(new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1));
  }

  private String unexpected(Token token) {
    throw wrong("expected a value", token);
  }

  private String decoded(String octets) {
    try {
      return lexer
          .charset()
          .newDecoder()
          .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      UnreadableException failure = lexer.in().wrong("a value is not in " + lexer.charset());
      failure.initCause(e);
      throw failure;
    }
  }

  /** What stands there instead is named, but for strings: they may be secret. */
  UnreadableException wrong(String expected, Token found) {
    String what =
        switch (found) {
          case Token.Word _ -> "a word";
          case Token.Name _ -> "a name";
          case Token.Text _ -> "a string";
          case Token.Sign(char sign) -> "\"" + sign + "\"";
          case Token.End _ -> "the end of the file";
        };
    return lexer.in().wrong(expected + ", found " + what);
  }
}
