package dovetail.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static Optional<SequencedMap<String, String>> texts(String json) {
    return Json.texts(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsWhatItHasWritten() {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("a", "\"\\\u0001\u00fc\n");
    facts.put("", "");
    assertThat(Json.texts(Json.object(facts))).contains(facts);
  }

  @Test
  void passesOverWhatIsNoText() {
    assertThat(texts(" {\"a\":1,\"b\":{\"c\":\"d\"},\"e\":[\"f\"],\"g\":null,\"h\":\"i\"} "))
        .contains(new LinkedHashMap<>(java.util.Map.of("h", "i")));
    assertThat(texts("{}")).contains(new LinkedHashMap<>());
    assertThat(texts("{\"a\":\"1\",\"a\":\"2\"}").orElseThrow()).containsEntry("a", "2");
  }

  @Test
  void readsNumbersAndTruthAsTheyAreWritten() {
    byte[] json =
        "{\"a\":1.50,\"b\":true,\"c\":false,\"d\":null,\"e\":[1],\"f\":\"x\"}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Json.scalars(json))
        .contains(
            new LinkedHashMap<>(
                java.util.Map.of("a", "1.50", "b", "true", "c", "false", "f", "x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"a\"",
        "{",
        "{\"a\"}",
        "{\"a\":\"b\"",
        "{\"a\":\"b\"}{}",
        "{\"a\":\"b\"} x",
        "{'a':'b'}",
        "{\"a\":\"\u0001\"}"
      })
  void readsNothingElse(String json) {
    assertThat(texts(json)).isEmpty();
  }

  @Test
  void readsUtf8Only() {
    assertThat(Json.texts("{\"a\":\"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
  }
}
