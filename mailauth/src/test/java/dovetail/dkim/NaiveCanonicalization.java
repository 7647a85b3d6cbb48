package dovetail.dkim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** RFC 6376 3.4 once more, on whole texts and as plainly as can be, to compare with. */
final class NaiveCanonicalization {
  private static final String CRLF = "\r\n";

  private NaiveCanonicalization() {}

  static String body(Canonicalization canonicalization, String body) {
    return switch (canonicalization) {
      case SIMPLE -> simpleBody(body);
      case RELAXED -> relaxedBody(body);
    };
  }

  static String header(Canonicalization canonicalization, String field) {
    if (canonicalization == Canonicalization.SIMPLE) {
      return field;
    }
    int colon = field.indexOf(':');
    String name = field.substring(0, colon).replaceAll("[ \t]+\\z", "").toLowerCase(Locale.ROOT);
    String value =
        field
            .substring(colon + 1)
            .replace(CRLF, "")
            .replaceAll("[ \t]+", " ")
            .replaceAll("\\A | \\z", "");
    return name + ":" + value;
  }

  private static String simpleBody(String body) {
    String text = join(withoutEmptyTail(lines(body)));
    return text.isEmpty() ? CRLF : text;
  }

  private static String relaxedBody(String body) {
    List<String> lines = new ArrayList<>();
    for (String line : lines(body)) {
      lines.add(line.replaceAll("[ \t]+", " ").replaceAll(" \\z", ""));
    }
    return join(withoutEmptyTail(lines));
  }

  private static List<String> lines(String body) {
    List<String> lines = new ArrayList<>(List.of(body.split(CRLF, -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private static List<String> withoutEmptyTail(List<String> lines) {
    List<String> kept = new ArrayList<>(lines);
    while (!kept.isEmpty() && kept.getLast().isEmpty()) {
      kept.removeLast();
    }
    return kept;
  }

  private static String join(List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line).append(CRLF);
    }
    return text.toString();
  }
}
