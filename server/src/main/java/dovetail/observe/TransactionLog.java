package dovetail.observe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Writes one line for each transaction. As text: {@code milter: 4Xyz: signed reason=trusted
 * from=a@example.com}; as JSON the same with a time.
 */
public final class TransactionLog {
  private static final byte[] PRIORITY = "<6>".getBytes(StandardCharsets.US_ASCII);

  private final LogOutput output;
  private final LogStyle style;
  private final InstantSource clock;

  /**
   * @param output the same as that of the other log lines
   */
  public TransactionLog(LogOutput output, LogStyle style, InstantSource clock) {
    this.output = output;
    this.style = style;
    this.clock = clock;
  }

  /** Writes a line; it is in the system's hands, or in those of a thread that is writing now. */
  public void write(TransactionLine line) {
    output.write(
        switch (style.format()) {
          case TEXT -> text(line);
          case JSON -> json(line);
        });
  }

  private byte[] text(TransactionLine line) {
    StringBuilder text = new StringBuilder(256);
    if (style.priorities()) {
      text.append("<6>");
    }
    LogText.append(text, line.service());
    text.append(": ");
    LogText.appendValue(text, line.id());
    text.append(": ");
    LogText.appendValue(text, line.action());
    for (Map.Entry<String, String> field : line.fields().entrySet()) {
      text.append(' ').append(field.getKey()).append('=');
      LogText.appendValue(text, field.getValue());
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] json(TransactionLine line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(384);
    if (style.priorities()) {
      bytes.writeBytes(PRIORITY);
    }
    try (JsonGenerator json = Json.generator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("time", clock.instant().toString());
      json.writeStringProperty("service", line.service());
      json.writeStringProperty("id", LogText.printable(line.id()));
      json.writeStringProperty("action", line.action());
      for (Map.Entry<String, String> field : line.fields().entrySet()) {
        json.writeStringProperty(field.getKey(), LogText.printable(field.getValue()));
      }
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
