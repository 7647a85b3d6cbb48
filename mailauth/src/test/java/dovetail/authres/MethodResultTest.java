package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MethodResultTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "a-", "a b", "a;b", "a=b", "a/1", "a_b", "a.b", "\"a\"", "é", "a\r\n", "("
      })
  void namesAreKeywords(String name) {
    MethodResult spf = MethodResult.of("spf", "pass");
    assertThatIllegalArgumentException().isThrownBy(() -> MethodResult.of(name, "pass"));
    assertThatIllegalArgumentException().isThrownBy(() -> MethodResult.of("spf", name));
    assertThatIllegalArgumentException().isThrownBy(() -> spf.with(name, "helo", "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> spf.with("smtp", name, "a"));
  }

  @Test
  void namesAreLowerCase() {
    MethodResult result = MethodResult.of("DKIM-ADSP", "Pass").with("Header", "D", "Example");
    assertThat(result)
        .isEqualTo(MethodResult.of("dkim-adsp", "pass").with("header", "d", "Example"));
    assertThat(result.property("HEADER", "d")).contains("Example");
    assertThat(result.property("header", "i")).isEmpty();
  }

  @Test
  void numbersAndLengthsAreBounded() {
    MethodResult bare = MethodResult.of("a".repeat(64), "pass");
    assertThatIllegalArgumentException().isThrownBy(() -> MethodResult.of("a".repeat(65), "pass"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthenticationResults.of("", List.of(bare)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AuthenticationResults("a", OptionalInt.of(-1), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new MethodResult(
                "a", OptionalInt.of(-1), "b", bare.comment(), bare.reason(), List.of()));
    MethodResult full = bare;
    for (int i = 0; i < MethodResult.MAX_PROPERTIES; i++) {
      full = full.with("header", "d", "a");
    }
    MethodResult brimming = full;
    assertThatIllegalArgumentException().isThrownBy(() -> brimming.with("header", "d", "a"));
  }
}
