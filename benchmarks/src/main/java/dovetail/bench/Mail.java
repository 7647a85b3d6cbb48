package dovetail.bench;

import dovetail.mail.HeaderField;
import dovetail.mail.MalformedException;
import dovetail.mail.MessageReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** The message that is sent, again and again. */
final class Mail {
  private static final String LINE =
      "The quick brown fox jumps over the lazy dog, again and again.\r\n";

  private static final int MAX_TEXT = 2048;
  private static final String MULTIPART = " multipart/mixed; boundary=b";

  private final List<HeaderField> fields;
  private final byte[] body;

  private Mail(List<HeaderField> fields, byte[] body) {
    this.fields = List.copyOf(fields);
    this.body = body;
  }

  /**
   * A message with a body of about that many bytes: text, and what does not fit into a short one as
   * an attachment, which is what makes mails long.
   */
  static Mail ofSize(int bytes) {
    return ofSize(bytes, "demo.example");
  }

  /** The same by an author of that domain. */
  static Mail ofSize(int bytes, String domain) {
    boolean attachment = bytes > MAX_TEXT;
    List<HeaderField> fields =
        List.of(
            HeaderField.of("From", " Joe User <joe@" + domain + ">"),
            HeaderField.of("To", " Ann Other <ann@sink.example>"),
            HeaderField.of("Subject", " A message of the usual kind"),
            HeaderField.of("Date", " Mon, 05 Jan 2026 10:00:00 +0000"),
            HeaderField.of("Message-ID", " <20260105100000.4711@" + domain + ">"),
            HeaderField.of("MIME-Version", " 1.0"),
            HeaderField.of(
                "Content-Type", attachment ? MULTIPART : " text/plain; charset=us-ascii"),
            HeaderField.of("User-Agent", " dovetail-bench"));
    String text = LINE.repeat(Math.max(1, Math.min(bytes, MAX_TEXT) / LINE.length()));
    String body =
        attachment
            ? "--b\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
                + text
                + "\r\n--b\r\nContent-Type: application/octet-stream\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + base64(bytes - MAX_TEXT)
                + "\r\n--b--\r\n"
            : text;
    return new Mail(fields, body.getBytes(StandardCharsets.US_ASCII));
  }

  private static String base64(int characters) {
    byte[] data = new byte[characters / 4 * 3];
    new Random(0).nextBytes(data);
    return Base64.getMimeEncoder().encodeToString(data);
  }

  /** A stored message. */
  static Mail read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageReader reader = MessageReader.open(in, MessageReader.Limits.DEFAULT);
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      Optional<ByteBuffer> chunk = reader.nextChunk();
      while (chunk.isPresent()) {
        ByteBuffer bytes = chunk.get();
        body.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        chunk = reader.nextChunk();
      }
      return new Mail(reader.headers().fields(), body.toByteArray());
    } catch (MalformedException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** The same with these fields on top. */
  Mail below(List<HeaderField> more) {
    return new Mail(Stream.concat(more.stream(), fields.stream()).toList(), body);
  }

  List<HeaderField> fields() {
    return fields;
  }

  /** The body, with CRLF; not to be changed. */
  byte[] body() {
    return body;
  }

  /** The message as a file holds it. */
  byte[] stored() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (HeaderField field : fields) {
      all.writeBytes(field.raw());
      all.writeBytes(new byte[] {'\r', '\n'});
    }
    all.writeBytes(new byte[] {'\r', '\n'});
    all.writeBytes(body);
    return all.toByteArray();
  }
}
