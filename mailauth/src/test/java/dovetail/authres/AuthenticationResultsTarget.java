package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import dovetail.mail.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Any field is read in steps by its length; what was read and written again is one field that says
 * the same, and no more results.
 */
public final class AuthenticationResultsTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "mx.example",
          "mx.example 1",
          ";",
          "=",
          ".",
          "/",
          "/1",
          "-",
          "none",
          "spf=pass",
          "dkim=fail",
          "dmarc=",
          "smtp.mailfrom=",
          "header.d=good.example",
          "header.b=",
          "policy.iprev=192.0.2.1",
          "reason=",
          "reason=\"",
          "\"",
          "\\",
          "(",
          ")",
          "((",
          "@",
          "joe@good.example",
          " ",
          "\t",
          "\r\n ",
          "\r\n",
          "\r",
          "\n",
          "\0",
          "\177",
          "\u00C3\u00BC",
          "\u00ED\u00A0\u0080",
          "\u00E2\u0080\u00A8",
          "\u00FF");

  @Override
  public String name() {
    return "authres";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) {
    HeaderField field = field(input);
    ResultsCursor cursor = new ResultsCursor(field.value());
    Reading reading = AuthenticationResultsReader.read(field.value(), cursor);
    assertThat(cursor.steps()).isLessThanOrEqualTo(4 * field.length());
    assertThat(AuthenticationResults.parse(field)).isEqualTo(reading);
    return switch (reading) {
      case Reading.Malformed(String reason, int offset) -> {
        assertThat(offset).isBetween(0, field.value().length());
        yield reason;
      }
      case Reading.Nameless(List<MethodResult> results) -> {
        assertThat(AuthservId.of(field)).isEmpty();
        check(AuthenticationResults.of("mx.example", results));
        yield "nameless";
      }
      case Reading.Parsed(AuthenticationResults results) -> {
        assertThat(AuthservId.of(field)).contains(results.authservId());
        check(results);
        yield results.results().isEmpty() ? "none" : "results";
      }
    };
  }

  private static void check(AuthenticationResults results) {
    HeaderField written = AuthenticationResultsWriter.write(results);
    checkForm(written);
    AuthenticationResults again = parsed(written);
    assertThat(again.version()).isEqualTo(results.version());
    int count = again.results().size();
    assertThat(count).isLessThanOrEqualTo(results.results().size());
    for (int i = 0; i < count; i++) {
      MethodResult before = results.results().get(i);
      MethodResult after = again.results().get(i);
      assertThat(after.method()).isEqualTo(before.method());
      assertThat(after.version()).isEqualTo(before.version());
      assertThat(after.result()).isEqualTo(before.result());
      assertThat(after.comment().isPresent()).isEqualTo(before.comment().isPresent());
      assertThat(after.reason().isPresent()).isEqualTo(before.reason().isPresent());
      assertThat(names(after)).isEqualTo(names(before));
    }
    // What cannot stand in a field was replaced or cut the first time.
    assertThat(AuthenticationResultsWriter.write(again)).isEqualTo(written);
    assertThat(parsed(written)).isEqualTo(again);
  }

  private static List<String> names(MethodResult result) {
    return result.properties().stream().map(each -> each.ptype() + "." + each.property()).toList();
  }

  /** One field: every line end is a fold, and no line is too long or blank. */
  private static void checkForm(HeaderField written) {
    String raw = new String(written.raw(), StandardCharsets.ISO_8859_1);
    String[] lines = raw.split("\r\n", -1);
    for (int i = 0; i < lines.length; i++) {
      assertThat(lines[i]).hasSizeLessThanOrEqualTo(998).doesNotContain("\r", "\n", "\0");
      assertThat(lines[i]).matches(i == 0 ? "(?s)Authentication-Results: \\S.*" : "(?s) \\S.*");
      assertThat(lines[i]).doesNotEndWith(" ");
    }
  }

  private static AuthenticationResults parsed(HeaderField written) {
    return switch (AuthenticationResults.parse(written)) {
      case Reading.Parsed(AuthenticationResults results) -> results;
      case Reading other -> throw new AssertionError(other + " of " + written);
    };
  }

  private static HeaderField field(byte[] value) {
    return HeaderField.of(
        AuthenticationResultsWriter.NAME.getBytes(StandardCharsets.US_ASCII), value);
  }
}
