package dovetail.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes a file of stored mail apart into messages: an mbox file (RFC 4155) into all of its
 * messages, any other file is one. In an mbox file a message begins with a line {@code From }, at
 * the top or behind an empty line, which belongs to no message; of the {@code >} before such a line
 * within a message one is taken away. Messages are read as they come and never kept.
 */
public final class MailboxReader {
  private final InputStream in;
  private final boolean mailbox;
  private Optional<Piece> ahead;
  private Optional<Message> last = Optional.empty();

  private MailboxReader(InputStream in) throws IOException {
    this.in = in;
    this.ahead = piece(true);
    this.mailbox = ahead.filter(Piece::isFromLine).isPresent();
  }

  /**
   * Looks whether it is an mbox file.
   *
   * @param in read as messages are; closing it is the caller's
   */
  public static MailboxReader open(InputStream in) throws IOException {
    return new MailboxReader(new BufferedInputStream(in));
  }

  /**
   * The next message, without the line that an mbox file puts before it; an empty file is one empty
   * message. What is left of the message before is skipped.
   *
   * @return nothing behind the last message
   */
  public Optional<InputStream> next() throws IOException {
    if (last.isPresent()) {
      last.get().transferTo(OutputStream.nullOutputStream());
      if (ahead.isEmpty()) {
        return Optional.empty();
      }
    }
    if (mailbox) {
      do {
        ahead = piece(endsLine(ahead));
      } while (ahead.filter(piece -> !piece.beginsLine()).isPresent());
    }
    last = Optional.of(new Message());
    return Optional.of(last.get());
  }

  private static boolean endsLine(Optional<Piece> piece) {
    return piece.filter(Piece::endsLine).isPresent();
  }

  /** A line with its end, or a part of one that is very long; nothing at the end of the file. */
  private Optional<Piece> piece(boolean beginsLine) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    int b = in.read();
    while (b >= 0) {
      bytes.write(b);
      if (b == '\n' || bytes.size() == Piece.MAX) {
        break;
      }
      b = in.read();
    }
    return bytes.size() == 0
        ? Optional.empty()
        : Optional.of(new Piece(bytes.toByteArray(), beginsLine));
  }

  /** Bytes that stand in one line. */
  @SuppressWarnings("ArrayRecordComponent") // made and used up at once, never compared
  private record Piece(byte[] bytes, boolean beginsLine) {
    static final int MAX = 8192;
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    boolean endsLine() {
      return bytes[bytes.length - 1] == '\n';
    }

    boolean isEmptyLine() {
      return beginsLine
          && (bytes[0] == '\n' || (bytes.length == 2 && bytes[0] == '\r' && bytes[1] == '\n'));
    }

    boolean isFromLine() {
      return beginsLine && hasFromAt(0);
    }

    private boolean hasFromAt(int at) {
      return bytes.length - at >= FROM.length
          && Arrays.equals(bytes, at, at + FROM.length, FROM, 0, FROM.length);
    }

    /** The bytes, without the mark that keeps a line from being taken for a beginning. */
    byte[] unquoted() {
      int at = 0;
      while (at < bytes.length && bytes[at] == '>') {
        at++;
      }
      boolean quoted = beginsLine && at > 0 && hasFromAt(at);
      return quoted ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
  }

  /** One message as it is read. */
  private final class Message extends InputStream {
    private byte[] bytes = {};
    private int at;
    private boolean ended;

    /** Whether there is a byte to give out. */
    private boolean fill() throws IOException {
      while (at == bytes.length && !ended) {
        at = 0;
        bytes = advance();
      }
      return at < bytes.length;
    }

    private byte[] advance() throws IOException {
      if (ahead.isEmpty()) {
        ended = true;
        return new byte[0];
      }
      Piece piece = ahead.get();
      ahead = piece(piece.endsLine());
      if (!mailbox) {
        return piece.bytes();
      }
      if (piece.isEmptyLine() && (ahead.isEmpty() || ahead.get().isFromLine())) {
        ended = true;
        return new byte[0];
      }
      return piece.unquoted();
    }

    @Override
    public int read() throws IOException {
      return fill() ? bytes[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, target, offset, count);
      at += count;
      return count;
    }
  }
}
