package dovetail.auth.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Writes lines, all that are due at once in one write. */
final class LineWriter {
  /** Most lines fit; a longer buffer is kept by nobody. */
  private static final int KEPT = 512;

  private final Sink sink;
  private final int most;
  private byte[] buffer = new byte[KEPT];
  private int length;
  private int start;

  /**
   * @param most the most octets of a line that the peer reads, without the LF
   */
  LineWriter(Sink sink, int most) {
    this.sink = sink;
    this.most = most;
  }

  /** Begins a write, with nothing left of one that has failed. */
  LineWriter begin() {
    forget();
    return this;
  }

  /** Something of ours that begins a line. */
  LineWriter word(String word) {
    return octets(word.getBytes(StandardCharsets.US_ASCII));
  }

  /** A number behind a word's last character. */
  LineWriter glued(long number) {
    return word(Long.toString(number));
  }

  /** A text behind a word's last character. */
  LineWriter glued(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    reserve(2 * octets.length);
    for (byte octet : octets) {
      byte letter = octet >= 0 && octet <= '\r' ? TabText.letter(octet) : 0;
      if (letter != 0) {
        buffer[length++] = TabText.ESCAPE;
      }
      buffer[length++] = letter == 0 ? octet : letter;
    }
    return this;
  }

  /** A number as a field. */
  LineWriter field(long number) {
    return tab().glued(number);
  }

  /** A text as a field. */
  LineWriter field(String text) {
    return tab().glued(text);
  }

  /** A parameter. */
  LineWriter field(String name, String value) {
    field(name);
    return value.isEmpty() ? this : word("=").glued(value);
  }

  /** Parameters. */
  LineWriter fields(Fields fields) {
    fields.all().forEach(this::field);
    return this;
  }

  /** Base64 as a field. */
  LineWriter field(Payload payload) {
    return tab().base64(payload);
  }

  /** Base64 as a parameter's value. */
  LineWriter field(String name, Payload payload) {
    return field(name).word("=").base64(payload);
  }

  private LineWriter base64(Payload payload) {
    return switch (payload) {
      case Payload.Octets(SaslData data) -> base64(data);
      case Payload.BadBase64() -> word("!");
    };
  }

  private LineWriter base64(SaslData data) {
    byte[] encoded = Base64.getEncoder().encode(data.octets());
    octets(encoded);
    Arrays.fill(encoded, (byte) 0);
    return this;
  }

  /**
   * Ends a line.
   *
   * @throws IllegalArgumentException if it is longer than the peer reads
   */
  void end() {
    if (length - start > most) {
      int octets = length - start;
      forget();
      throw new IllegalArgumentException("a line of %d octets to be written".formatted(octets));
    }
    reserve(1);
    buffer[length++] = '\n';
    start = length;
  }

  /** Writes all lines that have ended. */
  void send() throws IOException {
    try {
      sink.write(ByteBuffer.wrap(buffer, 0, length));
    } finally {
      forget();
    }
  }

  private void forget() {
    Arrays.fill(buffer, 0, length, (byte) 0);
    if (buffer.length > KEPT) {
      buffer = new byte[KEPT];
    }
    length = 0;
    start = 0;
  }

  private LineWriter tab() {
    reserve(1);
    buffer[length++] = '\t';
    return this;
  }

  private LineWriter octets(byte[] octets) {
    reserve(octets.length);
    System.arraycopy(octets, 0, buffer, length, octets.length);
    length += octets.length;
    return this;
  }

  private void reserve(int more) {
    if (length + more > buffer.length) {
      byte[] before = buffer;
      buffer = Arrays.copyOf(before, Math.max(length + more, 2 * before.length));
      Arrays.fill(before, (byte) 0);
    }
  }
}
