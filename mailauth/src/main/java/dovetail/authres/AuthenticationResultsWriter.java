package dovetail.authres;

import dovetail.mail.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The only writer of Authentication-Results fields (RFC 8601 2.2). Whatever the values hold, what
 * comes out is one field that says no more than the results say. Each result begins a line; lines
 * have at most 78 columns where values allow, and never over 998 octets. A fold is CRLF and one
 * space, and no line ends with a space.
 */
public final class AuthenticationResultsWriter {
  /** The name of the field. */
  public static final String NAME = "Authentication-Results";

  /** Octets in a field; results that would lead beyond are left off, from the last one. */
  public static final int MAX_LENGTH = 32_768;

  /** RFC 5322 2.1.1. */
  private static final int WIDTH = 78;

  private final StringBuilder value = new StringBuilder(400);
  private int column = NAME.length() + 1;
  private int octets = column;

  private AuthenticationResultsWriter() {}

  /**
   * Writes results as a field. Control characters and halves of surrogate pairs in values become
   * question marks; values, reasons and comments are cut at 512 octets; other text beyond ASCII
   * stands as UTF-8 in quotes or comments. Behind {@link AuthenticationResults#MAX_RESULTS} or
   * {@link #MAX_LENGTH} results are left off: the ones that count come first.
   */
  public static HeaderField write(AuthenticationResults results) {
    AuthenticationResultsWriter writer = new AuthenticationResultsWriter();
    writer.append(" " + SafeText.value(results.authservId()));
    results.version().ifPresent(version -> writer.word(String.valueOf(version)));
    if (results.results().isEmpty()) {
      writer.append(";");
      writer.word("none");
    }
    results.results().stream()
        .limit(AuthenticationResults.MAX_RESULTS)
        .map(AuthenticationResultsWriter::words)
        .takeWhile(words -> writer.octets + length(words) <= MAX_LENGTH)
        .forEach(writer::result);
    return HeaderField.of(
        NAME.getBytes(StandardCharsets.US_ASCII),
        writer.value.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The words of a result, between which there may be folds. */
  private static List<String> words(MethodResult result) {
    OptionalInt version = result.version();
    String method = result.method() + (version.isPresent() ? "/" + version.getAsInt() : "");
    List<String> words = new ArrayList<>();
    words.add(method + "=" + result.result());
    result.comment().ifPresent(text -> words.add(SafeText.comment(text)));
    result.reason().ifPresent(text -> words.add("reason=" + SafeText.value(text)));
    for (Property each : result.properties()) {
      String name = each.ptype() + "." + each.property();
      words.add(name + "=" + SafeText.propertyValue(each.value()));
    }
    return words;
  }

  /** At most so many octets come with those words: each with a fold or a space, and a semicolon. */
  private static int length(List<String> words) {
    return words.stream().mapToInt(word -> octets(word) + 3).sum() + 1;
  }

  private void result(List<String> words) {
    append(";");
    fold();
    append(words.getFirst());
    words.subList(1, words.size()).forEach(this::word);
  }

  /** Adds a word, in a new line if it does not fit into this one with a semicolon behind. */
  private void word(String text) {
    if (column + 1 + text.length() + 1 > WIDTH) {
      fold();
    } else {
      append(" ");
    }
    append(text);
  }

  private void fold() {
    value.append("\r\n ");
    column = 1;
    octets += 3;
  }

  private void append(String text) {
    value.append(text);
    column += text.length();
    octets += octets(text);
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
