package dovetail.observe;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;
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

  static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }
}
