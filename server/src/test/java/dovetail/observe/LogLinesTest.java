package dovetail.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class LogLinesTest {
  private static final LogStyle TEXT = new LogStyle(LogFormat.TEXT, false);
  private static final LogStyle JSON = new LogStyle(LogFormat.JSON, false);
  private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LogOutput output = new LogOutput(bytes);

  private Logger logger(LogStyle style) {
    LoggerContext context = new LoggerContext();
    Logs.install(context, output, style, Level.INFO);
    return context.getLogger("dovetail.some.Place");
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static SequencedMap<String, String> fields(String... pairs) {
    SequencedMap<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(pairs[i], pairs[i + 1]);
    }
    return fields;
  }

  private String transaction(LogStyle style, String id, SequencedMap<String, String> fields) {
    new TransactionLog(output, style, () -> NOW)
        .write(new TransactionLine("milter", id, "signed", fields));
    return written();
  }

  @Test
  void levelsBelowTheChosenOneAreNotWritten() {
    Logger log = logger(TEXT);
    log.debug("hidden");
    log.info("shown {}", 1);
    log.warn("careful");

    assertThat(written()).isEqualTo("info: Place: shown 1\nwarning: Place: careful\n");
  }

  @Test
  void nothingInAMessageStartsALineOrMovesTheCursor() {
    logger(TEXT).info("a\nb\rc\u001b[2Jd\u2028e\u202ef\u0085g\ud800h \u00e4\u4e2d\ud83d\ude00");

    assertThat(written())
        .isEqualTo(
            "info: Place: a\\nb\\rc\\u{1b}[2Jd\\u{2028}e\\u{202e}f\\u{85}g\\u{d800}h"
                + " \u00e4\u4e2d\ud83d\ude00\n");
  }

  @Test
  void everyLineOfAThrowableHasThePriority() {
    logger(new LogStyle(LogFormat.TEXT, true)).error("bad", new IllegalStateException("a\nb"));

    assertThat(written().lines())
        .hasSizeGreaterThan(3)
        .allMatch(line -> line.startsWith("<3>"))
        .contains("<3>error: Place: bad");
  }

  @Test
  void jsonIsOneObjectALine() {
    logger(JSON).error("a\n\"b\"\ud800", new IllegalStateException("c"));

    assertThat(written().lines()).hasSize(1);
    assertThat(written())
        .startsWith("{\"time\":\"")
        .contains("\"level\":\"error\",\"logger\":\"dovetail.some.Place\"")
        .contains("\"message\":\"a\\\\n\\\"b\\\"\\\\u{d800}\"")
        .contains("IllegalStateException: c");
  }

  @Test
  void prioritiesFollowTheEnvironment() {
    assertThat(LogStyle.detect(LogFormat.TEXT, Map.of("JOURNAL_STREAM", "8:1")).priorities())
        .isTrue();
    assertThat(LogStyle.detect(LogFormat.TEXT, Map.of()).priorities()).isFalse();
  }

  @Test
  void aTransactionIsOneLine() {
    assertThat(
            transaction(
                TEXT,
                "4Xyz",
                fields(
                    "reason", "trusted", "from", "a@b.example", "subject", "two words", "x", "")))
        .isEqualTo(
            "milter: 4Xyz: signed reason=trusted from=a@b.example subject=\"two words\" x=\"\"\n");
  }

  @Test
  void aTransactionCannotBeForged() {
    assertThat(
            transaction(
                new LogStyle(LogFormat.TEXT, true),
                "4X\nmilter: 5Y",
                fields("from", "a\"\\\r\n<0>b\u0000", "to", "\u00e4@b.example")))
        .isEqualTo(
            "<6>milter: \"4X\\nmilter: 5Y\": signed from=\"a\\\"\\\\\\r\\n<0>b\\u{0}\""
                + " to=\"\u00e4@b.example\"\n");
  }

  @Test
  void aTransactionAsJson() {
    assertThat(transaction(JSON, "4Xyz", fields("from", "a\"\u001b@b.example", "to", "\udc00")))
        .isEqualTo(
            "{\"time\":\"2026-11-21T20:00:00Z\",\"service\":\"milter\",\"id\":\"4Xyz\","
                + "\"action\":\"signed\",\"from\":\"a\\\"\\\\u{1b}@b.example\","
                + "\"to\":\"\\\\u{dc00}\"}\n");
  }
}
