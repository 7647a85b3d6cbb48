package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The conformance cases for the RFC examples, one JSON object a line. */
class SuiteTest {
  /** What is read of a case. */
  private record Case(String name, TestMessage message, Map<String, String> dns, String expect) {}

  @Test
  void rfcExamples() throws IOException, GeneralSecurityException {
    Path file = Path.of(System.getProperty("dovetail.suites", "."), "dkim", "rfc-examples.jsonl");
    assumeTrue(Files.exists(file), () -> "no conformance cases at " + file);
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      cases.add(read(line));
    }
    int passing = 0;
    for (Case each : cases) {
      List<String> results = new PlainVerifier(each.dns()).verify(each.message());
      assertThat(results).as(each.name()).isNotEmpty();
      Map<String, List<String>> records = new HashMap<>();
      each.dns().forEach((name, text) -> records.put(name, List.of(text)));
      assertThat(Verification.of(records).results(each.message()))
          .as(each.name())
          .hasSameSizeAs(results)
          .allMatch(result -> (result.status() == DkimStatus.PASS) == each.expect().equals("pass"));
      if (each.expect().equals("pass")) {
        assertThat(results).as(each.name()).containsOnly("pass");
        passing++;
      } else {
        assertThat(results).as(each.name()).doesNotContain("pass");
      }
    }
    System.out.println("dkim/rfc-examples.jsonl: " + cases.size() + " cases");
    assertThat(passing).isBetween(1, cases.size() - 1);
  }

  private static Case read(String line) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<String, String> dns = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getString());
        } else if (name.equals("dns")) {
          readDns(parser, dns);
        } else {
          parser.skipChildren();
        }
      }
    }
    byte[] message = Base64.getDecoder().decode(texts.getOrDefault("message", ""));
    return new Case(
        texts.getOrDefault("name", ""),
        TestMessage.parse(message),
        dns,
        texts.getOrDefault("expect", ""));
  }

  private static void readDns(JsonParser parser, Map<String, String> dns) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      StringBuilder text = new StringBuilder();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        text.append(parser.getString());
      }
      dns.put(name, text.toString());
    }
  }
}
