package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import dovetail.mail.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Any field names a writer or none, and one that names us is never taken for somebody else's. */
public final class AuthservIdTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "mx.example",
          "MX.EXAMPLE",
          "b\u00C3\u00BCcher.example",
          "xn--bcher-kva.example",
          "(",
          ")",
          "\"",
          "\\",
          ";",
          "=",
          " ",
          "\t",
          "\r\n ",
          "\r\n",
          "\r",
          "\n",
          "\0",
          "/",
          "@",
          ":",
          "[",
          "]",
          ".",
          "1",
          "spf=pass",
          "none",
          "\u00FF",
          "\u00C3",
          "\u00DF");

  @Override
  public String name() {
    return "authserv";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) {
    HeaderField field =
        HeaderField.of("Authentication-Results".getBytes(StandardCharsets.US_ASCII), input);
    Optional<String> id = AuthservId.of(field);
    if (id.isEmpty()) {
      return AuthservId.claims(field, Set.of("mx.example")) ? "ours to some" : "none";
    }
    String text = id.get();
    assertThat(text).isNotEmpty();
    assertThat(AuthservId.claims(field, Set.of("other.example", text))).isTrue();
    assertThat(AuthservId.claims(field, Set.of(upper(text)))).as("in capitals").isTrue();
    checkWrittenAgain(text);
    return AuthservId.claims(field, Set.of("mx.example")) ? "ours" : "another's";
  }

  /** In quotes, and with a comment and a version about it, it is the same. */
  private static void checkWrittenAgain(String id) {
    String quoted =
        id.codePoints()
            .mapToObj(Character::toString)
            .map(each -> each.equals("\"") || each.equals("\\") ? "\\" + each : each)
            .collect(Collectors.joining("", " (a (b) \\)) \"", "\" 1; spf=pass"));
    HeaderField field =
        HeaderField.of(
            "Authentication-Results".getBytes(StandardCharsets.US_ASCII),
            quoted.getBytes(StandardCharsets.UTF_8));
    assertThat(AuthservId.of(field)).contains(id);
  }

  /** Only what has one capital each: the sharp s has two. */
  private static String upper(String text) {
    return text.codePoints()
        .mapToObj(c -> Character.toString(c))
        .map(c -> c.charAt(0) < 0x80 ? c.toUpperCase(Locale.ROOT) : c)
        .collect(Collectors.joining());
  }
}
