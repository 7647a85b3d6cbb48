package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageReaderTest {
  @ParameterizedTest
  @CsvSource({
    "'A: 1\n\nx', 0",
    "'From a@b Sat Nov 21\nA: 1\n\nx', 20",
    "'>From a\r\nFrom b\nA: 1\n\nFrom x', 16",
    "'From : a@b\nA: 1\n\nx', 0",
    "'From a', 6",
    "'', 0",
  })
  void tellsWhereTheMessageStarts(String text, int start) throws Exception {
    assertThat(open(text).mailboxOctets()).isEqualTo(start);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "A: 1\\r\\nB: 2\\r\\n\\r\\nbody\\r\\n|A: 1|B: 2|body\\r\\n",
        "A: 1\\nB: 2\\n\\nbody\\n|A: 1|B: 2|body\\r\\n",
        "A: 1\\n 2\\r\\n\\t3\\n\\nx|A: 1\\r\\n 2\\r\\n\\t3||x",
        "A:1\\nB :2\\n\\n|A:1|B :2|",
        "A: 1\\n|A: 1||",
        "A: 1|A: 1||",
        "|||",
        "\\n|||",
        "\\nbody|||body",
        "A: 1\\nno field\\nB: 2\\n|A: 1||no field\\r\\nB: 2\\r\\n",
        "A: 1\\nno field|A: 1||no field",
        "no field\\n\\nx|||no field\\r\\n\\r\\nx",
        " A: 1\\n\\nx||| A: 1\\r\\n\\r\\nx",
        ": 1\\n|||: 1\\r\\n",
        "Fr\u00F6m: 1\\n|||Fr\u00F6m: 1\\r\\n",
        "A b: 1\\n|||A b: 1\\r\\n",
        "A: 1\\n \\n B: 2\\n\\nx|A: 1\\r\\n \\r\\n B: 2||x",
        "A: 1\\rB: 2\\n\\nx\\ry|A: 1\\rB: 2||x\\ry",
        "A: 1\\r\\r\\n\\r\\nx\\r\\r\\n|A: 1\\r||x\\r\\r\\n",
        "A: 1\\n\\r\\r\\nx|A: 1||\\r\\r\\nx",
        "A: 1\\r\\n\\r\\n\\r\\n\\n.\\n..\\n|A: 1||\\r\\n\\r\\n.\\r\\n..\\r\\n",
        "From a@b Sat Nov 21 10:00:00 2026\\nA: 1\\n\\nx|A: 1||x",
        ">From a@b Sat Nov 21\\nFrom c@d\\nA: 1\\n\\nFrom x|A: 1||From x",
        "From : a@b\\nA: 1\\n\\nx|From : a@b|A: 1|x",
        "A: 1\\nFrom a@b\\n\\nx|A: 1||From a@b\\r\\n\\r\\nx",
      })
  void splits(String text, String first, String second, String body) throws Exception {
    MessageReader reader = open(unescape(text));
    String expected =
        second == null ? unescape(first) : unescape(first) + "\r\n" + unescape(second);
    assertThat(header(reader)).isEqualTo(expected);
    assertThat(body(reader)).isEqualTo(unescape(body));
  }

  @Test
  void readsTheSameInReadsOfAnySize() throws Exception {
    String text = "A: 1\r\n 2\nB: 3\n\r\nx\r\ny\nz\r\n\r\n\rq";
    for (int size = 1; size < text.length(); size++) {
      MessageReader reader =
          MessageReader.open(new Trickle(text, size), MessageReader.Limits.DEFAULT);
      assertThat(header(reader)).isEqualTo("A: 1\r\n 2\r\nB: 3");
      assertThat(body(reader)).isEqualTo("x\r\ny\r\nz\r\n\r\n\rq");
    }
  }

  @Test
  void readsLongBodies() throws Exception {
    String line = "0123456789".repeat(7) + "\n";
    MessageReader reader = open("A: 1\n\n" + line.repeat(5_000));
    assertThat(body(reader)).isEqualTo(line.replace("\n", "\r\n").repeat(5_000));
    assertThat(reader.nextChunk()).isEmpty();
  }

  @Test
  void keepsTheLimits() throws Exception {
    MessageReader.Limits limits = new MessageReader.Limits(20, 3);
    assertThat(MessageReader.open(in("A: 1\nB: 2\nC: 3\n\n" + "x".repeat(99)), limits).headers())
        .hasSize(3);
    assertThatThrownBy(() -> MessageReader.open(in("A:\nB:\nC:\nD:\n\n"), limits))
        .isInstanceOfSatisfying(
            MalformedException.class,
            e -> assertThat(e.reason()).isEqualTo("too many header fields"));
    assertThat(MessageReader.open(in("A: 678901234567890\n\n\nx"), limits).headers()).hasSize(1);
    assertThatThrownBy(() -> MessageReader.open(in("A: 6789012345678901\n\n\nx"), limits).headers())
        .isInstanceOfSatisfying(
            MalformedException.class,
            e -> {
              assertThat(e.reason()).isEqualTo("header too long");
              assertThat(e.offset()).isEqualTo(21);
            });
    assertThatThrownBy(() -> MessageReader.open(new Endless(), MessageReader.Limits.DEFAULT))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void readsEveryTruncation() throws Exception {
    String text = "From x\nA: 1\r\n 2\nB : 3\r\n\r\nbody\r\n";
    for (int end = 0; end <= text.length(); end++) {
      MessageReader reader = open(text.substring(0, end));
      assertThat(header(reader).length() + body(reader).length()).isLessThanOrEqualTo(end + 4);
    }
  }

  static String header(MessageReader reader) {
    return reader.headers().fields().stream()
        .map(field -> new String(field.raw(), StandardCharsets.ISO_8859_1))
        .collect(Collectors.joining("\r\n"));
  }

  static String body(MessageReader reader) throws IOException {
    StringBuilder body = new StringBuilder();
    for (Optional<ByteBuffer> c = reader.nextChunk(); c.isPresent(); c = reader.nextChunk()) {
      assertThat(c.get().hasRemaining()).isTrue();
      body.append(StandardCharsets.ISO_8859_1.decode(c.get()));
    }
    return body.toString();
  }

  private static MessageReader open(String text) throws IOException, MalformedException {
    return MessageReader.open(in(text), MessageReader.Limits.DEFAULT);
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String unescape(String text) {
    String given = text == null ? "" : text;
    return given.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
  }

  /** Gives a few octets at each read. */
  private static final class Trickle extends InputStream {
    private final InputStream in;
    private final int size;

    Trickle(String text, int size) {
      this.in = in(text);
      this.size = size;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
      return in.read(into, start, Math.min(size, length));
    }
  }

  /** A header line that never ends. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }
  }
}
