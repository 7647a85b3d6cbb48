package dovetail.dmarc.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON file as its plain values by their paths, such as {@code record/0/row/count}. A list or
 * object that is empty is there as {@code []} or <code>{}</code>, and null as {@code null}.
 */
final class Json {
  private final JsonParser parser;
  private final Map<String, String> values = new TreeMap<>();

  private Json(JsonParser parser) {
    this.parser = parser;
  }

  static Map<String, String> read(Path file) throws IOException {
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), Files.readString(file))) {
      Json json = new Json(parser);
      json.value("", Optional.ofNullable(parser.nextToken()).orElseThrow());
      return json.values;
    }
  }

  private void value(String path, JsonToken token) {
    switch (token) {
      case START_OBJECT -> {
        boolean empty = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          empty = false;
          String name = parser.currentName();
          value(path + "/" + name, parser.nextToken());
        }
        leaf(empty, path, "{}");
      }
      case START_ARRAY -> {
        int number = 0;
        for (JsonToken item = parser.nextToken();
            item != JsonToken.END_ARRAY;
            item = parser.nextToken()) {
          value(path + "/" + number, item);
          number++;
        }
        leaf(number == 0, path, "[]");
      }
      default -> leaf(true, path, parser.getString());
    }
  }

  private void leaf(boolean is, String path, String text) {
    if (is) {
      values.put(path.substring(1), text);
    }
  }
}
