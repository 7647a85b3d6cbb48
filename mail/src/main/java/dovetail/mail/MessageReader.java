package dovetail.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads one stored message: its header at once, its body in chunks. Lines may end in LF or CRLF and
 * come out with CRLF; no other octet changes, so a CR alone stays, and a last line without an end
 * stays without.
 *
 * <p>The header ends where Postfix ends it (is_header.c, mime_state.c): at the first empty line,
 * which belongs to neither part, or else before the first line that is no field and continues none;
 * the body then begins with that line. The line that an mbox file puts before a message ({@code
 * From } and more, quoted or not) is skipped.
 */
public final class MessageReader {
  private static final int CHUNK = 32 * 1024;

  private final InputStream in;
  private final Limits limits;
  private final byte[] buffer = new byte[CHUNK];
  private int position;
  private int limit;
  private final List<HeaderField> fields = new ArrayList<>();
  private int headerOctets;
  private int mailboxOctets;
  private byte[] firstBodyLine = {};
  private boolean afterCarriageReturn;

  /**
   * What a header may hold at most.
   *
   * @param octets in the whole header, line ends and a skipped mbox line included
   * @param fields in the header
   */
  public record Limits(int octets, int fields) {
    /** More than any mail system lets pass. */
    public static final Limits DEFAULT = new Limits(4 * 1024 * 1024, 10_000);
  }

  private MessageReader(InputStream in, Limits limits) {
    this.in = in;
    this.limits = limits;
  }

  /**
   * Reads the header of a message.
   *
   * @param in read as the body is asked for; closing it is the caller's
   * @throws MalformedException if the header exceeds a limit
   */
  public static MessageReader open(InputStream in, Limits limits)
      throws IOException, MalformedException {
    MessageReader reader = new MessageReader(in, limits);
    reader.readHeader();
    return reader;
  }

  /** The header. */
  public Headers headers() {
    return new Headers(fields);
  }

  /** Octets of the lines that a mailbox file has put before the message. */
  public int mailboxOctets() {
    return mailboxOctets;
  }

  /**
   * The next part of the body, with lines ended by CRLF.
   *
   * @return a buffer that holds until the next call and is never empty; nothing at the end
   */
  public Optional<ByteBuffer> nextChunk() throws IOException {
    if (firstBodyLine.length > 0) {
      ByteBuffer line = ByteBuffer.wrap(firstBodyLine);
      firstBodyLine = new byte[0];
      return Optional.of(line);
    }
    if (!fill()) {
      return Optional.empty();
    }
    byte[] out = new byte[2 * (limit - position)];
    int length = 0;
    while (position < limit) {
      byte b = buffer[position++];
      if (b == '\n' && !afterCarriageReturn) {
        out[length++] = '\r';
      }
      out[length++] = b;
      afterCarriageReturn = b == '\r';
    }
    return Optional.of(ByteBuffer.wrap(out, 0, length));
  }

  private void readHeader() throws IOException, MalformedException {
    Line line = firstLine();
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    while (!line.isEmpty()) {
      boolean continues = line.isContinuation() && field.size() > 0;
      if (!continues && !line.isField()) {
        firstBodyLine = line.withEnd();
        break;
      }
      if (continues) {
        field.write('\r');
        field.write('\n');
      } else {
        finish(field);
      }
      field.writeBytes(line.text);
      line = nextLine();
    }
    finish(field);
  }

  private Line firstLine() throws IOException, MalformedException {
    Line line = nextLine();
    while (line.isMailboxLine()) {
      mailboxOctets = headerOctets;
      line = nextLine();
    }
    return line;
  }

  private void finish(ByteArrayOutputStream field) throws MalformedException {
    if (field.size() == 0) {
      return;
    }
    if (fields.size() == limits.fields) {
      throw new MalformedException("too many header fields", headerOctets);
    }
    byte[] raw = field.toByteArray();
    int colon = 0;
    while (raw[colon] != ':') {
      colon++;
    }
    fields.add(
        HeaderField.of(Arrays.copyOf(raw, colon), Arrays.copyOfRange(raw, colon + 1, raw.length)));
    field.reset();
  }

  private Line nextLine() throws IOException, MalformedException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (fill()) {
      byte b = buffer[position++];
      if (++headerOctets > limits.octets) {
        throw new MalformedException("header too long", headerOctets);
      }
      if (b == '\n') {
        return new Line(withoutCarriageReturn(text.toByteArray()), true);
      }
      text.write(b);
    }
    return new Line(text.toByteArray(), false);
  }

  private static byte[] withoutCarriageReturn(byte[] text) {
    int length = text.length;
    return length > 0 && text[length - 1] == '\r' ? Arrays.copyOf(text, length - 1) : text;
  }

  /** Whether there is something in the buffer, after reading more if there was not. */
  private boolean fill() throws IOException {
    if (position < limit) {
      return true;
    }
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  /** One line of the header: its text without the line end, and whether it had one. */
  private static final class Line {
    private final byte[] text;
    private final boolean ended;

    Line(byte[] text, boolean ended) {
      this.text = text;
      this.ended = ended;
    }

    boolean isEmpty() {
      return text.length == 0;
    }

    boolean isContinuation() {
      return text[0] == ' ' || text[0] == '\t';
    }

    // As Postfix reads names: printable ASCII, then white space if any, then the colon.
    boolean isField() {
      int at = 0;
      while (at < text.length && text[at] > ' ' && text[at] < 0x7F && text[at] != ':') {
        at++;
      }
      return at > 0 && isColonBehindSpace(at);
    }

    private boolean isColonBehindSpace(int start) {
      int at = start;
      while (at < text.length && (text[at] == ' ' || text[at] == '\t')) {
        at++;
      }
      return at < text.length && text[at] == ':';
    }

    // "From : a@example.org" is a field with white space before its colon, not an mbox line.
    boolean isMailboxLine() {
      int at = 0;
      while (at < text.length && text[at] == '>') {
        at++;
      }
      String from = "From ";
      if (text.length - at < from.length()) {
        return false;
      }
      for (int i = 0; i < from.length(); i++) {
        if (text[at + i] != from.charAt(i)) {
          return false;
        }
      }
      return !isColonBehindSpace(at + from.length());
    }

    byte[] withEnd() {
      byte[] line = Arrays.copyOf(text, text.length + (ended ? 2 : 0));
      if (ended) {
        line[text.length] = '\r';
        line[text.length + 1] = '\n';
      }
      return line;
    }
  }
}
