package dovetail.store.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a dump from its start, one statement after the other. */
final class DumpReader {
  /** How a definition begins that is none of a column. */
  private static final Set<String> NO_COLUMN =
      Set.of(
          "primary",
          "unique",
          "key",
          "index",
          "constraint",
          "foreign",
          "check",
          "fulltext",
          "spatial",
          "period");

  /** Between the name of a database and that of a table. */
  private static final Token DOT = new Token.Word(".");

  private final DumpLexer lexer;
  private final DumpValues values;

  /** What a statement does that concerns us. */
  sealed interface Statement {
    /** It makes a table. */
    record Create(String table, List<String> columns) implements Statement {}

    /**
     * It adds rows, which stand next.
     *
     * @param columns none if they are those of the table, in its order
     */
    record Insert(String table, List<String> columns) implements Statement {}
  }

  DumpReader(DumpInput in) {
    this.lexer = new DumpLexer(in);
    this.values = new DumpValues(lexer);
  }

  /** The next statement that concerns us; the rows of the one before have been taken. */
  Optional<Statement> next() {
    while (true) {
      Token first = lexer.next(false);
      switch (first) {
        case Token.End _ -> {
          return Optional.empty();
        }
        case Token.Sign(char sign) when sign == ';' -> {}
        case Token.Word word -> {
          Optional<Statement> statement = statement(word);
          if (statement.isPresent()) {
            return statement;
          }
        }
        case Token.Sign _, Token.Name _, Token.Text _ ->
            throw values.wrong("expected a statement of SQL", first);
      }
    }
  }

  private Optional<Statement> statement(Token.Word first) {
    switch (first.text().toLowerCase(Locale.ROOT)) {
      case "insert", "replace" -> {
        return Optional.of(insert());
      }
      case "create" -> {
        Token second = lexer.next(false);
        if (second instanceof Token.Word word && word.is("table")) {
          return Optional.of(create());
        }
        skip(second);
      }
      case "set" -> {
        Token second = lexer.next(true);
        if (second instanceof Token.Word word && word.is("names")) {
          lexer.setNames(values.name(lexer.next(true)));
        }
        skip(second);
      }
      case "copy" ->
          throw lexer
              .in()
              .wrong(
                  "a dump of PostgreSQL, which is not read; only those of MySQL and MariaDB are");
      case "pragma" ->
          throw lexer
              .in()
              .wrong(
                  "a dump of SQLite, which is not read: name the database itself, jdbc:sqlite:FILE");
      case "alter",
          "begin",
          "commit",
          "delimiter",
          "delete",
          "drop",
          "flush",
          "grant",
          "lock",
          "start",
          "truncate",
          "unlock",
          "use",
          "analyze",
          "update",
          "call" ->
          skip(first);
      default -> throw values.wrong("expected a statement of SQL", first);
    }
    return Optional.empty();
  }

  private void skip(Token already) {
    Token token = already;
    while (!token.equals(new Token.Sign(';'))) {
      if (token instanceof Token.End) {
        throw lexer.in().wrong("the file ends inside a statement");
      }
      token = lexer.next(false);
    }
  }

  private Statement create() {
    Token token = lexer.next(true);
    while (token instanceof Token.Word word
        && (word.is("if") || word.is("not") || word.is("exists"))) {
      token = lexer.next(true);
    }
    String table = values.name(token);
    Token behind = lexer.next(true);
    while (behind.equals(DOT)) {
      table = values.name(lexer.next(true));
      behind = lexer.next(true);
    }
    List<String> columns = new ArrayList<>();
    if (behind.equals(new Token.Sign('('))) {
      definitions(columns);
    }
    skip(behind);
    return new Statement.Create(bare(table), columns);
  }

  /** What stands in the parentheses of CREATE TABLE, with the closing one. */
  private void definitions(List<String> columns) {
    int depth = 1;
    boolean begins = true;
    while (depth > 0) {
      Token token = lexer.next(true);
      if (begins && isColumn(token)) {
        columns.add(values.name(token));
      }
      begins = depth == 1 && token.equals(new Token.Sign(','));
      if (token.equals(new Token.Sign('('))) {
        depth++;
      } else if (token.equals(new Token.Sign(')'))) {
        depth--;
      } else if (token instanceof Token.End) {
        throw lexer.in().wrong("the file ends inside a statement");
      }
    }
  }

  private static boolean isColumn(Token token) {
    return token instanceof Token.Name
        || (token instanceof Token.Word(String text)
            && !NO_COLUMN.contains(text.toLowerCase(Locale.ROOT)));
  }

  private Statement insert() {
    Token token = lexer.next(true);
    while (token instanceof Token.Word word
        && (word.is("into")
            || word.is("ignore")
            || word.is("delayed")
            || word.is("low_priority")
            || word.is("high_priority"))) {
      token = lexer.next(true);
    }
    String table = values.name(token);
    List<String> columns = List.of();
    Token behind = lexer.next(true);
    while (!(behind instanceof Token.Word word && (word.is("values") || word.is("value")))) {
      if (behind.equals(DOT)) {
        table = values.name(lexer.next(true));
      } else if (behind.equals(new Token.Sign('('))) {
        columns = values.names();
      } else {
        throw values.wrong("expected VALUES", behind);
      }
      behind = lexer.next(true);
    }
    Token opening = lexer.next(true);
    if (!opening.equals(new Token.Sign('('))) {
      throw values.wrong("expected a row", opening);
    }
    return new Statement.Insert(bare(table), columns);
  }

  /** A name without that of its database. */
  private static String bare(String table) {
    return table.substring(table.lastIndexOf('.') + 1);
  }

  /** The next row of the statement; whether it was the last one, {@link #isLastRow} tells. */
  List<Optional<String>> row() {
    return values.row();
  }

  /** Passes over a row. */
  void skipRow() {
    int depth = 1;
    while (depth > 0) {
      Token token = lexer.next(false);
      if (token.equals(new Token.Sign('('))) {
        depth++;
      } else if (token.equals(new Token.Sign(')'))) {
        depth--;
      } else if (token instanceof Token.End) {
        throw lexer.in().wrong("the file ends inside a statement");
      }
    }
  }

  /** Whether no row follows the one that was taken; to be asked once behind each. */
  boolean isLastRow() {
    Token behind = lexer.next(true);
    if (behind.equals(new Token.Sign(','))) {
      Token opening = lexer.next(true);
      if (!opening.equals(new Token.Sign('('))) {
        throw values.wrong("expected a row", opening);
      }
      return false;
    }
    if (behind instanceof Token.End) {
      throw lexer.in().wrong("the file ends inside a statement");
    }
    if (behind instanceof Token.Word word && word.is("on")) {
      skip(behind);
      return true;
    }
    if (!behind.equals(new Token.Sign(';'))) {
      throw values.wrong("expected a comma or a semicolon behind a row", behind);
    }
    return true;
  }

  /** Whether mysqldump has begun to write the file and has not ended it. */
  boolean isCutOff() {
    return lexer.isCutOff();
  }

  UnreadableException wrong(String message) {
    return lexer.in().wrong(message);
  }

  String place() {
    return "line " + lexer.in().line();
  }
}
