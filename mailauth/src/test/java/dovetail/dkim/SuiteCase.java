package dovetail.dkim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A conformance case that has a message and key records.
 *
 * @param message the octets of the message
 * @param dns the text of one TXT record by name
 * @param expect the answer
 * @param accept all answers that are right
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never compared
public record SuiteCase(
    String name, byte[] message, Map<String, String> dns, String expect, Set<String> accept) {
  /** The cases of a file of the suites, one JSON object a line; skips the test if it is absent. */
  public static List<SuiteCase> read(String folder, String name) throws IOException {
    Path file = Path.of(System.getProperty("dovetail.suites", "."), folder, name);
    assumeTrue(Files.exists(file), () -> "no conformance cases at " + file);
    List<SuiteCase> cases = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      cases.add(read(line));
    }
    return cases;
  }

  private static SuiteCase read(String line) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<String, String> dns = new HashMap<>();
    Set<String> accept = new HashSet<>();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getString());
        } else if (name.equals("dns")) {
          readDns(parser, dns);
        } else if (name.equals("accept")) {
          readStrings(parser, accept);
        } else {
          parser.skipChildren();
        }
      }
    }
    String expect = texts.getOrDefault("expect", "");
    accept.add(expect);
    return new SuiteCase(
        texts.getOrDefault("name", ""),
        Base64.getDecoder().decode(texts.getOrDefault("message", "")),
        dns,
        expect,
        accept);
  }

  private static void readStrings(JsonParser parser, Set<String> strings) {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      strings.add(parser.getString());
    }
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
