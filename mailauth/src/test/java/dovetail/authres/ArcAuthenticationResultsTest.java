package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The instance before the results of ARC, and what stands behind it. */
class ArcAuthenticationResultsTest {
  private static Optional<ArcAuthenticationResults> parse(String value) {
    return ArcAuthenticationResults.parse(HeaderField.of(ArcAuthenticationResults.FIELD, value));
  }

  @Test
  void resultsAreReadAsElsewhere() {
    ArcAuthenticationResults found =
        parse(" i=3; mx.example 1;\r\n\tdmarc=fail header.from=a.example").orElseThrow();
    assertThat(found.position()).isEqualTo(3);
    assertThat(found.results())
        .isEqualTo(
            AuthenticationResults.parse(
                HeaderField.of("A", "mx.example 1; dmarc=fail header.from=a.example")));
  }

  @Test
  void spaceAndCommentsAroundTheInstance() {
    for (String value :
        List.of("i=1;mx", " i = 1 ; mx", "(a)i(b)=(c)01(d);mx", "\r\n i=1\r\n ; mx; none")) {
      assertThat(parse(value)).as(value).isPresent();
      assertThat(parse(value).orElseThrow().position()).isEqualTo(1);
      assertThat(parse(value).orElseThrow().results()).isInstanceOf(Reading.Parsed.class);
    }
  }

  @Test
  void noInstance() {
    for (String value :
        List.of(
            "",
            "i",
            "i=",
            "i=1",
            "i=1 mx;",
            "I=1; mx",
            "i=0; mx",
            "i=00; mx",
            "i=100; mx",
            "i=1.0; mx",
            "i==1; mx",
            "\"i\"=1; mx",
            "i=\"1\"; mx",
            "mx; i=1; none",
            "(i=1; mx",
            "ii=1; mx",
            "j i=1; mx",
            "i=-1; mx",
            "i=\u00b9; mx")) {
      assertThat(parse(value)).as(value).isEmpty();
    }
  }

  @Test
  void resultsThatCannotBeRead() {
    assertThat(parse("i=1;").orElseThrow().results()).isInstanceOf(Reading.Malformed.class);
    assertThat(parse("i=1; spf=pass").orElseThrow().results()).isInstanceOf(Reading.Nameless.class);
    assertThat(parse("i=1; mx; spf=\"").orElseThrow().results())
        .isInstanceOf(Reading.Malformed.class);
  }

  @Test
  void positions() {
    assertThat(ArcAuthenticationResults.position("1")).hasValue(1);
    assertThat(ArcAuthenticationResults.position("99")).hasValue(99);
    assertThat(ArcAuthenticationResults.position("100")).isEqualTo(OptionalInt.empty());
  }
}
