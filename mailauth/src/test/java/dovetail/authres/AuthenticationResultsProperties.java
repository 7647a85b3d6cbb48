package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever strangers put into values, what is written says what was meant and nothing else. */
class AuthenticationResultsProperties {
  @Property(tries = 3000, seed = "8601")
  void whatIsWrittenIsReadAgain(@ForAll("results") AuthenticationResults results) {
    HeaderField field = AuthenticationResultsWriter.write(results);
    assertThat(Fields.parsed(field)).isEqualTo(sanitised(results));
    assertThat(AuthservId.of(field)).contains(sanitised(results.authservId()));
  }

  @Property(tries = 3000, seed = "8601")
  void itIsOneFieldOfPrintableLines(@ForAll("results") AuthenticationResults results) {
    HeaderField field = AuthenticationResultsWriter.write(results);
    byte[] raw = field.raw();
    String text = new String(raw, StandardCharsets.UTF_8);
    assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(raw);
    String[] lines = text.split("\r\n", -1);
    for (int i = 0; i < lines.length; i++) {
      assertThat(lines[i].codePoints()).noneMatch(Character::isISOControl);
      assertThat(lines[i].getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(998);
      assertThat(lines[i].isBlank()).isFalse();
      assertThat(i == 0 || lines[i].startsWith(" ")).isTrue();
    }
  }

  @Property(tries = 3000, seed = "8601")
  void readingAnythingEnds(@ForAll("texts") String value) {
    ResultsCursor cursor = new ResultsCursor(value);
    Reading reading = AuthenticationResultsReader.read(value, cursor);
    assertThat(cursor.steps()).isLessThanOrEqualTo(2 * value.length() + 2);
    if (reading instanceof Reading.Parsed parsed) {
      assertThat(AuthservId.of(Fields.field(value))).isPresent();
      AuthenticationResults again =
          Fields.parsed(AuthenticationResultsWriter.write(parsed.results()));
      assertThat(again).isEqualTo(sanitised(parsed.results()));
    }
  }

  @Provide
  Arbitrary<AuthenticationResults> results() {
    return Combinators.combine(
            texts().filter(text -> !text.isEmpty()),
            Arbitraries.integers().between(0, 999_999_999).optional(0.3),
            methodResults().list().ofMaxSize(4))
        .as((id, version, all) -> new AuthenticationResults(id, toInt(version), all));
  }

  private Arbitrary<MethodResult> methodResults() {
    Arbitrary<String> keywords =
        Arbitraries.of("spf", "dkim-adsp", "x", "none", "reason", "1", "-a");
    Arbitrary<dovetail.authres.Property> properties =
        Combinators.combine(keywords, keywords, texts()).as(dovetail.authres.Property::new);
    return Combinators.combine(
            keywords,
            Arbitraries.integers().between(0, 999_999_999).optional(0.2),
            keywords,
            texts().optional(0.4),
            texts().optional(0.4),
            properties.list().ofMaxSize(4))
        .as((method, version, result, comment, reason, all) ->
            new MethodResult(method, toInt(version), result, comment, reason, all));
  }

  /** Pieces that writers and readers stumble on, and any characters at all. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "\"",
            "\\",
            "(",
            ")",
            ";",
            "=",
            "@",
            ".",
            "/",
            " ",
            "\t",
            "\r\n ",
            "\r\n",
            "\r",
            "\n",
            "\0",
            "a",
            "bank.example",
            "dkim=pass",
            "header.d=",
            "reason=",
            "none",
            "; spf=pass ",
            "1",
            "ü",
            "\u00c3",
            "\ud800",
            "\udc00",
            "\u2028",
            "\u0085",
            "\ud83d\ude00",
            "=?utf-8?q?a?=");
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(3);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(5, pieces), net.jqwik.api.Tuple.of(1, any))
        .list()
        .ofMaxSize(12)
        .map(all -> String.join("", all));
  }

  private static OptionalInt toInt(Optional<Integer> number) {
    return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  private static AuthenticationResults sanitised(AuthenticationResults results) {
    return new AuthenticationResults(
        sanitised(results.authservId()),
        results.version(),
        results.results().stream().map(AuthenticationResultsProperties::sanitised).toList());
  }

  private static MethodResult sanitised(MethodResult result) {
    List<dovetail.authres.Property> properties =
        result.properties().stream()
            .map(each ->
                new dovetail.authres.Property(
                    each.ptype(), each.property(), sanitised(each.value())))
            .toList();
    return new MethodResult(
        result.method(),
        result.version(),
        result.result(),
        result.comment().map(AuthenticationResultsProperties::sanitised),
        result.reason().map(AuthenticationResultsProperties::sanitised),
        properties);
  }

  /** What is expected of a text shorter than the cap, said in another way than the writer's. */
  private static String sanitised(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\u202a-\u202e\u2066-\u2069]", "?");
  }
}
