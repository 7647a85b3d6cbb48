package dovetail.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a flat JSON object as texts by name; a list of strings is joined with commas. */
final class JsonFields {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonFields() {}

  /**
   * Reads an object.
   *
   * @throws MalformedException if it is anything else
   * @throws tools.jackson.core.JacksonException if it is no JSON
   */
  static Map<String, String> read(String json) throws MalformedException {
    Map<String, String> fields = new TreeMap<>();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedException("expected a JSON object");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (fields.put(name, value(parser, name)) != null) {
          throw new MalformedException(name + " stands there twice");
        }
      }
      if (parser.nextToken() != null) {
        throw new MalformedException("something stands behind the JSON object");
      }
    }
    return fields;
  }

  private static String value(JsonParser parser, String name) throws MalformedException {
    return switch (parser.nextToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT -> parser.getString();
      case VALUE_TRUE -> "yes";
      case VALUE_FALSE -> "no";
      case VALUE_NULL -> "";
      case START_ARRAY -> list(parser, name);
      case null, default ->
          throw new MalformedException(
              name + ": expected a string, a whole number, true, false, null or a list of strings");
    };
  }

  private static String list(JsonParser parser, String name) throws MalformedException {
    List<String> values = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.VALUE_STRING) {
        throw new MalformedException(name + ": expected a list of strings");
      }
      values.add(parser.getString());
    }
    return String.join(", ", values);
  }

  /** JSON that is not of the shape of a row. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }
}
