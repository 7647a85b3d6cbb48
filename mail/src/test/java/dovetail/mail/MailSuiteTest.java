package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the test messages of other projects and writes them again. */
final class MailSuiteTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("dovetail.suites", "../../shared/suites")).resolve("mail");

  @Test
  void comesOutAsItWentIn() throws IOException, MalformedException {
    assumeTrue(Files.isDirectory(FOLDER), "no folder " + FOLDER.toAbsolutePath().normalize());
    List<Path> messages = messages();
    int known = 0;
    for (Path message : messages) {
      byte[] bytes = Files.readAllBytes(message);
      MessageReader reader =
          MessageReader.open(new ByteArrayInputStream(bytes), MessageReader.Limits.DEFAULT);
      known += Author.of(reader.headers()).domain().isPresent() ? 1 : 0;
      String header = header(reader);
      String body = MessageReaderTest.body(reader);
      assertThat(expected(bytes))
          .as(message.toString())
          .isIn(header + body, header + "\r\n" + body);
    }
    System.out.printf(
        "%d messages read from %s, author known in %d%n", messages.size(), FOLDER, known);
    assertThat(messages).hasSizeGreaterThan(200);
    assertThat(known).isGreaterThan(messages.size() / 2);
  }

  private static List<Path> messages() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.endsWith("index.jsonl"))
          .sorted()
          .toList();
    }
  }

  private static String header(MessageReader reader) {
    StringBuilder text = new StringBuilder();
    for (HeaderField field : reader.headers()) {
      text.append(new String(field.raw(), StandardCharsets.ISO_8859_1)).append("\r\n");
    }
    return text.toString();
  }

  /** The text with CRLF for each LF, without an mbox line; a header alone ends its last line. */
  private static String expected(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    text = text.replace("\r\n", "\n").replace("\n", "\r\n");
    while (text.startsWith("From ") || text.startsWith(">From ")) {
      text = text.substring(text.indexOf('\n') + 1);
    }
    return text.contains("\r\n\r\n") || text.endsWith("\r\n") ? text : text + "\r\n";
  }
}
