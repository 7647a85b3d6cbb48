package dovetail.observe;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The one JSON factory: immutable, and costly to make. */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** An object of texts, as octets in UTF-8. */
  public static byte[] object(SequencedMap<String, String> facts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = generator(bytes)) {
      json.writeStartObject();
      facts.forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * The texts of an object that somebody else has written, by name. What is no text is passed over;
   * of two with one name the last counts.
   *
   * @param octets in UTF-8
   * @return nothing if it is no object
   */
  public static Optional<SequencedMap<String, String>> texts(byte[] octets) {
    return values(octets, token -> token == JsonToken.VALUE_STRING);
  }

  /** The same with numbers, {@code true} and {@code false}, as they are written. */
  public static Optional<SequencedMap<String, String>> scalars(byte[] octets) {
    return values(octets, token -> token.isScalarValue() && token != JsonToken.VALUE_NULL);
  }

  private static Optional<SequencedMap<String, String>> values(
      byte[] octets, Predicate<JsonToken> wanted) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), octets)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (wanted.test(json.nextToken())) {
          texts.put(name, json.getString());
        } else {
          json.skipChildren();
        }
      }
      return json.nextToken() == null ? Optional.of(texts) : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }
}
