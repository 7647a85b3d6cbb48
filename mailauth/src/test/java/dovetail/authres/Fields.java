package dovetail.authres;

import dovetail.mail.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** Short ways to fields and results, for tests. */
final class Fields {
  private Fields() {}

  /** An Authentication-Results field with that value in UTF-8. */
  static HeaderField field(String value) {
    return HeaderField.of(
        "Authentication-Results".getBytes(StandardCharsets.US_ASCII),
        value.getBytes(StandardCharsets.UTF_8));
  }

  /** What a field of that value says; it must be one that names its service. */
  static AuthenticationResults parsed(String value) {
    return parsed(field(value));
  }

  static AuthenticationResults parsed(HeaderField field) {
    return switch (AuthenticationResults.parse(field)) {
      case Reading.Parsed parsed -> parsed.results();
      case Reading other -> throw new AssertionError(field + " is " + other);
    };
  }

  /** The field's value in UTF-8. */
  static String text(HeaderField field) {
    return new String(field.value().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** A result in the words of {@link #shown(List)}. */
  static String shown(MethodResult result) {
    StringBuilder text = new StringBuilder(result.method());
    result.version().ifPresent(version -> text.append('/').append(version));
    text.append('=').append(result.result());
    result.comment().ifPresent(comment -> text.append(" (").append(comment).append(')'));
    result.reason().ifPresent(reason -> text.append(" reason<").append(reason).append('>'));
    for (Property each : result.properties()) {
      text.append(' ').append(each.ptype()).append('.').append(each.property());
      text.append('<').append(each.value()).append('>');
    }
    return text.toString();
  }

  /** Results in a spelling without escapes, to compare by eye. */
  static String shown(List<MethodResult> results) {
    return String.join("; ", results.stream().map(Fields::shown).toList());
  }

  static String shown(AuthenticationResults results) {
    OptionalInt version = results.version();
    return results.authservId()
        + (version.isPresent() ? " v" + version.getAsInt() : "")
        + (results.results().isEmpty() ? "" : "; " + shown(results.results()));
  }
}
