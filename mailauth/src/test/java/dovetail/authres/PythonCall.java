package dovetail.authres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A call in a Python expression, as far as the conformance cases have them.
 *
 * @param function its dotted name
 * @param arguments by their names; one without a name is called {@code authserv_id}. Each is text,
 *     a number as text, a list or a call
 */
record PythonCall(String function, SequencedMap<String, Object> arguments) {
  /** Reads one expression; names stand for what they are in {@code variables}. */
  static Object read(String code, Map<String, PythonCall> variables) {
    return new Parser(code, variables).expression();
  }

  private static final class Parser {
    private final String code;
    private final Map<String, PythonCall> variables;
    private int at;

    Parser(String code, Map<String, PythonCall> variables) {
      this.code = code;
      this.variables = variables;
    }

    Object expression() {
      skipSpace();
      char c = code.charAt(at);
      if (c == '\'' || c == '"') {
        int end = code.indexOf(c, at + 1);
        String text = code.substring(at + 1, end);
        at = end + 1;
        return text;
      }
      if (c == '[') {
        return list();
      }
      String name = name();
      if (at < code.length() && code.charAt(at) == '(') {
        return new PythonCall(name, arguments());
      }
      PythonCall variable = variables.get(name);
      return variable == null ? name : variable;
    }

    private List<Object> list() {
      List<Object> items = new ArrayList<>();
      at++;
      while (!skip(']')) {
        items.add(expression());
        skip(',');
      }
      return items;
    }

    private SequencedMap<String, Object> arguments() {
      SequencedMap<String, Object> arguments = new LinkedHashMap<>();
      at++;
      while (!skip(')')) {
        int start = at;
        String name = name();
        if (name.isEmpty() || !skip('=')) {
          at = start;
          name = "authserv_id";
        }
        arguments.put(name, expression());
        skip(',');
      }
      return arguments;
    }

    private String name() {
      skipSpace();
      int start = at;
      while (at < code.length()
          && (Character.isLetterOrDigit(code.charAt(at)) || "._".indexOf(code.charAt(at)) >= 0)) {
        at++;
      }
      return code.substring(start, at);
    }

    private boolean skip(char c) {
      skipSpace();
      if (at >= code.length() || code.charAt(at) != c) {
        return false;
      }
      at++;
      return true;
    }

    private void skipSpace() {
      while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
        at++;
      }
    }
  }
}
