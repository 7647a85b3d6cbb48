package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import dovetail.mail.Author;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.mail.MalformedException;
import dovetail.mail.MessageReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Any file is a message: it comes out as it went in, however it is cut, and what is hashed of its
 * fields and its body is what plain readers of RFC 6376 3.4 hash.
 */
public final class HeaderTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "From: a@good.example\r\n",
          "From ",
          ">From x\n",
          "Subject:",
          "X : ",
          ":",
          " ",
          "  ",
          "\t",
          " \t ",
          "\r\n",
          "\r\n ",
          "\n",
          "\n\t",
          "\r",
          "\r\r\n",
          "\r\n\r\n",
          "\n\n",
          "\0",
          "a",
          "B",
          "\u00E9",
          "\177",
          ".");

  /** What was read. */
  private record Message(Headers headers, String body) {}

  @Override
  public String name() {
    return "header";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws Exception {
    Message message = read(new ByteArrayInputStream(input));
    Message cut = read(new Trickle(input));
    assertThat(cut).isEqualTo(message);
    String header = header(message.headers());
    String body = message.body();
    String sent = sent(input);
    boolean unended = body.isEmpty() && header.equals(sent + "\r\n");
    assertThat(unended ? header : sent).isIn(header + body, header + "\r\n" + body);
    for (HeaderField field : message.headers()) {
      check(field);
    }
    checkAsFromAnMta(input);
    checkBody(body);
    Author author = Author.of(message.headers());
    return author.getClass().getSimpleName() + (body.isEmpty() ? "" : " with a body");
  }

  /** Gives a few octets at a time. */
  private static final class Trickle extends InputStream {
    private final ByteArrayInputStream in;

    Trickle(byte[] bytes) {
      in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return in.read(target, offset, Math.min(length, 1 + in.available() % 29));
    }
  }

  private static Message read(InputStream in) throws IOException, MalformedException {
    MessageReader reader = MessageReader.open(in, MessageReader.Limits.DEFAULT);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Optional<ByteBuffer> chunk = reader.nextChunk();
    while (chunk.isPresent()) {
      assertThat(chunk.get().hasRemaining()).isTrue();
      byte[] bytes = new byte[chunk.get().remaining()];
      chunk.get().get(bytes);
      body.writeBytes(bytes);
      chunk = reader.nextChunk();
    }
    return new Message(reader.headers(), text(body.toByteArray()));
  }

  private static String header(Headers headers) {
    StringBuilder text = new StringBuilder();
    for (HeaderField field : headers) {
      text.append(text(field.raw())).append("\r\n");
    }
    return text.toString();
  }

  /** With CRLF for each LF and without mbox lines. */
  private static String sent(byte[] input) {
    String text = text(input).replace("\r\n", "\n").replace("\n", "\r\n");
    while (isMailboxLine(text)) {
      int end = text.indexOf('\n');
      text = end < 0 ? "" : text.substring(end + 1);
    }
    return text;
  }

  private static boolean isMailboxLine(String text) {
    String line = text.split("\r\n", 2)[0];
    return line.matches("(?s)>*From .*") && !line.matches("(?s)>*From[ \t]+:.*");
  }

  private static void check(HeaderField field) {
    String raw = text(field.raw());
    String name = raw.substring(0, field.colon());
    assertThat(field.length()).isEqualTo(raw.length());
    assertThat(raw).isEqualTo(name + ":" + field.value());
    assertThat(name).startsWith(field.name()).doesNotContain(":", "\r", "\n");
    assertThat(field.is(field.name().toUpperCase(Locale.ROOT))).isTrue();
    assertThat(HeaderField.of(name, field.value())).isEqualTo(field).hasSameHashCodeAs(field);
    if (!raw.contains("\r\r\n")) { // with LF for CRLF, such a CR would become one half of a CRLF
      assertThat(HeaderField.of(name, field.value().replace("\r\n", "\n"))).isEqualTo(field);
    }
    assertThat(field.unfolded()).doesNotContain("\r", "\n");
    assertThat(field.toString()).matches("[ -~]*");
    checkCanonical(field);
  }

  private static void checkCanonical(HeaderField field) {
    for (Canonicalization each : Canonicalization.values()) {
      String canonical = text(each.header(field));
      assertThat(canonical).isEqualTo(NaiveCanonicalization.header(each, text(field.raw())));
      int colon = canonical.indexOf(':');
      HeaderField again =
          HeaderField.of(canonical.substring(0, colon), canonical.substring(colon + 1));
      assertThat(text(each.header(again))).isEqualTo(canonical);
    }
  }

  /** A field whose line ends are anywhere, as the milter protocol may bring it. */
  private static void checkAsFromAnMta(byte[] input) {
    HeaderField field = HeaderField.of("Subject", text(input));
    assertThat(field.value().replace("\r\n", "")).doesNotContain("\n");
    checkCanonical(field);
    Author.of(new Headers(List.of(field)));
  }

  private static void checkBody(String text) throws NoSuchAlgorithmException {
    byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
    for (Canonicalization each : Canonicalization.values()) {
      byte[] plain = NaiveCanonicalization.body(each, text).getBytes(StandardCharsets.ISO_8859_1);
      byte[] expected = sha256().digest(plain);
      for (int chunk : new int[] {1, Math.max(1, body.length)}) {
        BodyHash hash = BodyHash.of(each, sha256());
        for (int at = 0; at < body.length; at += chunk) {
          hash.update(body, at, Math.min(chunk, body.length - at));
        }
        assertThat(hash.finish()).as("%s in pieces of %d", each, chunk).isEqualTo(expected);
      }
    }
  }

  private static MessageDigest sha256() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
