package dovetail.authres;

import java.util.ArrayList;
import java.util.List;

/** Splits a file of Python doctests into statements and what each is expected to print. */
final class PythonDoctests {
  /**
   * A statement.
   *
   * @param line where it begins in the file, from 1
   * @param code its lines, without prompts
   * @param expected the lines that it prints
   */
  record Example(int line, String code, List<String> expected) {
    /** The first expected line without the quotes of Python's repr; empty if there is none. */
    String answer() {
      if (expected.isEmpty()) {
        return "";
      }
      String first = expected.getFirst();
      boolean quoted = first.startsWith("'") || first.startsWith("\"");
      return quoted ? first.substring(1, first.length() - 1) : first;
    }
  }

  private PythonDoctests() {}

  static List<Example> read(List<String> lines) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith(">>> ")) {
        continue;
      }
      int start = i;
      StringBuilder code = new StringBuilder(lines.get(i).substring(4));
      while (i + 1 < lines.size() && lines.get(i + 1).startsWith("...")) {
        i++;
        code.append('\n').append(lines.get(i).substring(3));
      }
      List<String> expected = new ArrayList<>();
      while (i + 1 < lines.size() && isOutput(lines.get(i + 1))) {
        i++;
        expected.add(lines.get(i));
      }
      examples.add(new Example(start + 1, code.toString(), List.copyOf(expected)));
    }
    return examples;
  }

  private static boolean isOutput(String line) {
    return !line.isEmpty() && !line.startsWith(">>>") && !line.startsWith("\"\"\"");
  }
}
