package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MailboxReaderTest {
  private static final String FROM = "From joe@example.com Sat Nov 21 10:00:00 2026\n";

  private static MailboxReader open(String file) throws IOException {
    return MailboxReader.open(new ByteArrayInputStream(file.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static List<String> messages(String file) throws IOException {
    MailboxReader reader = open(file);
    List<String> all = new ArrayList<>();
    for (Optional<InputStream> next = reader.next(); next.isPresent(); next = reader.next()) {
      all.add(new String(next.get().readAllBytes(), StandardCharsets.ISO_8859_1));
    }
    assertThat(reader.next()).isEmpty();
    return all;
  }

  @Test
  void takesAnyOtherFileForOneMessage() throws IOException {
    for (String file :
        List.of(
            "",
            "A: b\n\nbody\n",
            "A: b\r\n\r\nFrom here\r\n\r\nFrom there\r\n>From\r\n\r\n",
            "From: joe@example.com\n\n" + FROM,
            ">" + FROM,
            "no end")) {
      assertThat(messages(file)).containsExactly(file);
    }
  }

  @Test
  void takesAMailboxApart() throws IOException {
    assertThat(messages(FROM + "A: 1\n\none\n\n" + FROM + "A: 2\n\ntwo\n\n\n" + FROM + "A: 3\n\n"))
        .containsExactly("A: 1\n\none\n", "A: 2\n\ntwo\n\n", "A: 3\n");
    assertThat(messages((FROM + "A: 1\n\none\n\n" + FROM + "\n\n").replace("\n", "\r\n")))
        .containsExactly("A: 1\r\n\r\none\r\n", "\r\n");
    assertThat(messages(FROM)).containsExactly("");
    assertThat(messages(FROM + FROM)).as("no empty line before it").containsExactly(FROM);
    assertThat(messages(FROM + "\n" + FROM)).containsExactly("", "");
  }

  @Test
  void takesOneMarkAwayWhereOneWasSet() throws IOException {
    assertThat(messages(FROM + "\n>From a\n>>From b\n> From c\n>Fro\nx >From d\n"))
        .containsExactly("\nFrom a\n>From b\n> From c\n>Fro\nx >From d\n");
  }

  @Test
  void readsLinesOfAnyLength() throws IOException {
    String line = "x".repeat(8192) + "From " + "y".repeat(20_000);
    assertThat(messages(FROM + line + "\n\n" + FROM + line + "\n\n"))
        .containsExactly(line + "\n", line + "\n");
    assertThat(messages("From " + line + "\n\n" + line)).containsExactly("\n" + line);
  }

  @Test
  void skipsWhatNobodyHasRead() throws IOException {
    MailboxReader reader = open(FROM + "one\ntwo\n\n" + FROM + "three\n");
    assertThat(reader.next().orElseThrow().read()).isEqualTo('o');
    assertThat(reader.next().orElseThrow().readAllBytes()).asString().isEqualTo("three\n");
    assertThat(reader.next()).isEmpty();
  }
}
