package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
  private static NamePattern pattern(String text) {
    return NamePattern.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "ann@example.com, ann@example.com, true",
    "Ann@EXAMPLE.com, ann@example.com, true",
    "ann@example.com, bob@example.com, false",
    "ann@example.com, ann@sub.example.com, false",
    "ann@, ann@example.com, true",
    "ANN@, ann@other.example, true",
    "ann@, annx@other.example, false",
    "example.com, ann@example.com, true",
    "Example.COM., ann@example.com, true",
    "example.com, ann@sub.example.com, false",
    "example.com, ann@badexample.com, false",
    "*.example.com, ann@sub.example.com, true",
    "*.example.com, ann@a.b.example.com, true",
    "*.example.com, ann@example.com, false",
    "*.example.com, ann@badexample.com, false",
    "m\u00fcller.example, ann@xn--mller-kva.example, true",
    "com, ann@example.com, false",
    "*.com, ann@example.com, true",
    "<>, ann@example.com, false",
  })
  void meansAddresses(String pattern, String address, boolean meant) {
    Address parsed = Address.parse(address).orElseThrow();
    assertThat(pattern(pattern).matches(parsed)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.com, mail.example.com, true",
    "MAIL.example.com, mail.example.com, true",
    "example.com, mail.example.com, false",
    "*.example.com, mail.example.com, true",
    "*.example.com, example.com, false",
    "localhost, localhost, true",
    "ann@example.com, example.com, false",
    "ann@, example.com, false",
    "<>, example.com, false",
  })
  void meansNames(String pattern, String name, boolean meant) {
    assertThat(pattern(pattern).matches(Domain.parse(name).orElseThrow())).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "*.",
        "**.example.com",
        "@",
        "@example.com",
        "a b@example.com",
        "a b@",
        "ann@example..com",
        "192.0.2.1",
        "ann@[192.0.2.1]",
        "example.com/24",
        "*@example.com@",
        "< >",
        "ann@*.example.com",
        ".example.com"
      })
  void theRestIsNone(String text) {
    assertThat(NamePattern.parse(text)).isEmpty();
  }
}
