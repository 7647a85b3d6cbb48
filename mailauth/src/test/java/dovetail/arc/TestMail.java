package dovetail.arc;

import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A message, one character for each octet.
 *
 * @param fields each as it is written, without its closing CRLF
 * @param body in canonical form
 */
record TestMail(List<String> fields, String body) {
  /** What most tests seal. */
  static final TestMail USUAL =
      new TestMail(
          List.of("From: a@author.example", "To: b@list.example", "Subject: s"),
          "Hello,\r\n\r\nbye\r\n");

  TestMail with(String onTop) {
    List<String> more = new ArrayList<>(fields);
    more.addFirst(onTop);
    return new TestMail(more, body);
  }

  TestMail without(Predicate<String> field) {
    return new TestMail(fields.stream().filter(field.negate()).toList(), body);
  }

  TestMail map(UnaryOperator<String> change) {
    return new TestMail(fields.stream().map(change).toList(), body);
  }

  TestMail withBody(String other) {
    return new TestMail(fields, other);
  }

  Headers headers() {
    return new Headers(
        fields.stream()
            .map(field -> {
              int colon = field.indexOf(':');
              return HeaderField.of(field.substring(0, colon), field.substring(colon + 1));
            })
            .toList());
  }

  /** Whether a field has that name and that instance, written as {@link HandSealer} does. */
  static Predicate<String> part(String name, int instance) {
    String start = (name + ": i=" + instance + ";").toLowerCase(Locale.ROOT);
    return field -> field.toLowerCase(Locale.ROOT).startsWith(start);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
