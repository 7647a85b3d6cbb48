package dovetail.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers and PHP send. */
final class FormFieldsTest {
  private static FormFields parse(String text) throws BadRequestException {
    return FormFields.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void valuesAreDecoded() throws Exception {
    try (FormFields form = parse("user=joe%40example.com&pass=a+b%2Bc%26%3d%00%C3%A4ü&&empty&x=")) {
      assertThat(form.text("user")).contains("joe@example.com");
      assertThat(form.text("pass")).contains("a b+c&=\0ää".replace("ää", "äü"));
      assertThat(form.text("empty")).contains("");
      assertThat(form.text("x")).contains("");
      assertThat(form.text("none")).isEmpty();
      assertThat(form.toString()).contains("user").doesNotContain("joe").doesNotContain("a b");
    }
    try (FormFields none = parse("")) {
      assertThat(none.text("")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=a", "a=1&a=2", "a=1&%61=2"})
  void whatIsMalformedIsSaidWithoutAWordOfIt(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(BadRequestException.class)
        .hasMessageNotContaining("zz");
  }

  @Test
  void valuesAreOverwrittenAtTheEnd() throws Exception {
    byte[] octets;
    try (FormFields form = parse("pass=sesame")) {
      octets = form.octets("pass").orElseThrow();
      assertThat(octets).isEqualTo("sesame".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(octets).containsOnly(0);
  }
}
