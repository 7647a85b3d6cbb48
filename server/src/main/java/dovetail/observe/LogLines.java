package dovetail.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Lays out the events of the logging library and hands the lines to the common output. */
final class LogLines extends AppenderBase<ILoggingEvent> {
  private final LogOutput output;
  private final LogStyle style;

  LogLines(LogOutput output, LogStyle style) {
    this.output = output;
    this.style = style;
    setName("dovetail");
  }

  @Override
  protected void append(ILoggingEvent event) {
    output.write(
        switch (style.format()) {
          case TEXT -> text(event).getBytes(StandardCharsets.UTF_8);
          case JSON -> json(event);
        });
  }

  private String prefix(ILoggingEvent event) {
    return style.priorities() ? "<" + priority(event.getLevel()) + ">" : "";
  }

  /** The priorities of syslog(3). */
  private static int priority(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> 3;
      case Level.WARN_INT -> 4;
      case Level.INFO_INT -> 6;
      default -> 7;
    };
  }

  private String text(ILoggingEvent event) {
    String prefix = prefix(event);
    StringBuilder lines = new StringBuilder(160);
    lines.append(prefix).append(word(event.getLevel())).append(": ");
    lines.append(shortName(event.getLoggerName())).append(": ");
    LogText.append(lines, String.valueOf(event.getFormattedMessage()));
    lines.append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      // Each line gets the prefix: to journald every line is an entry of its own.
      ThrowableProxyUtil.asString(thrown)
          .lines()
          .forEach(line -> {
            lines.append(prefix).append("  ");
            LogText.append(lines, line.replace("\t", "  "));
            lines.append('\n');
          });
    }
    return lines.toString();
  }

  private byte[] json(ILoggingEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    bytes.writeBytes(prefix(event).getBytes(StandardCharsets.US_ASCII));
    try (JsonGenerator json = Json.generator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("time", event.getInstant().toString());
      json.writeStringProperty("level", word(event.getLevel()));
      json.writeStringProperty("logger", event.getLoggerName());
      json.writeStringProperty(
          "message", LogText.printable(String.valueOf(event.getFormattedMessage())));
      IThrowableProxy thrown = event.getThrowableProxy();
      if (thrown != null) {
        json.writeStringProperty(
            "exception", LogText.printable(ThrowableProxyUtil.asString(thrown)));
      }
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static String word(Level level) {
    return level.toInt() == Level.WARN_INT ? "warning" : level.toString().toLowerCase(Locale.ROOT);
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }
}
