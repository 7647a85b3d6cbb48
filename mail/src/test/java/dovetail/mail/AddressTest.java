package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "jsmith@Example.ORG       | jsmith       | jsmith@example.org",
        "J.Smith+tag@example.org  | J.Smith+tag  | J.Smith+tag@example.org",
        "\"j smith\"@example.org  | j smith      | \"j smith\"@example.org",
        "\"jsmith\"@example.org   | jsmith       | jsmith@example.org",
        "\"j\\smith\"@example.org | jsmith       | jsmith@example.org",
        "\"a\\\"b\\\\c\"@example.org | a\"b\\c   | \"a\\\"b\\\\c\"@example.org",
        "\"a@b\"@example.org      | a@b          | \"a@b\"@example.org",
        "\"\"@example.org         |              | \"\"@example.org",
        "a..b.@example.org        | a..b.        | \"a..b.\"@example.org",
        "用户@例え.テスト             | 用户          | 用户@xn--r8jz45g.xn--zckzah",
        "root@localhost           | root         | root@localhost",
        "a=b=40x@example.org      | a=b=40x      | a=b=40x@example.org",
      })
  void readsAndWrites(String text, String localPart, String written) {
    Address address = Address.parse(text).orElseThrow();
    assertThat(address.localPart()).isEqualTo(localPart == null ? "" : localPart);
    assertThat(address).hasToString(written);
    assertThat(Address.parse(written)).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "jsmith",
        "@example.org",
        "jsmith@",
        "jsmith@example.org.",
        "jsmith@example.org ",
        " jsmith@example.org",
        "j smith@example.org",
        "a@b@example.org",
        "<jsmith@example.org>",
        "jsmith@[192.0.2.1]",
        "jsmith@192.0.2.1",
        "jsmith(comment)@example.org",
        "a,b@example.org",
        "\"a@example.org",
        "\"a\\",
        "\"a\"",
        "\"a\"b@example.org",
        "\"a\".b@example.org",
        "a\0b@example.org",
        "\"a\r\nb\"@example.org",
        "\"a\\\nb\"@example.org",
        "a\u202Eb@example.org",
        "a\u2028b@example.org",
        "a\u0085b@example.org",
        "\uD800@example.org",
      })
  void refuses(String text) {
    assertThat(Address.parse(text)).isEmpty();
  }

  @Test
  void boundsTheLocalPart() {
    assertThat(Address.parse("a".repeat(Address.MAX_LOCAL_PART) + "@example.org")).isPresent();
    assertThat(Address.parse("a".repeat(Address.MAX_LOCAL_PART + 1) + "@example.org")).isEmpty();
    assertThat(Address.parse("ü".repeat(Address.MAX_LOCAL_PART) + "@example.org")).isEmpty();
    assertThat(Address.parse("a".repeat(1_000_000) + "@example.org")).isEmpty();
  }

  @Test
  void holdsNoControlCharacters() {
    Domain domain = Domain.parse("example.org").orElseThrow();
    assertThatThrownBy(() -> new Address("a\nb", domain))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comparesLocalPartsByCase() {
    assertThat(Address.parse("a@example.org"))
        .isEqualTo(Address.parse("a@EXAMPLE.org"))
        .isNotEqualTo(Address.parse("A@example.org"));
  }
}
