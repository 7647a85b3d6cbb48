package dovetail.lookup.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes netstrings of a word, a space and a text, each in one write. */
final class NetstringOutput {
  /** Most requests and answers fit; for longer ones a buffer is made that nobody keeps. */
  private static final int KEPT = 1024;

  /** The digits of any length, the colon and the comma. */
  private static final int AROUND = 12;

  private final SocketmapCodec.Sink sink;
  private final byte[] kept = new byte[KEPT];

  NetstringOutput(SocketmapCodec.Sink sink) {
    this.sink = sink;
  }

  void write(String word, String text) throws IOException {
    byte[] head = word.getBytes(StandardCharsets.UTF_8);
    byte[] tail = text.getBytes(StandardCharsets.UTF_8);
    int length = head.length + 1 + tail.length;
    byte[] buffer = length + AROUND <= KEPT ? kept : new byte[length + AROUND];
    int at = putDigits(buffer, length);
    buffer[at++] = ':';
    System.arraycopy(head, 0, buffer, at, head.length);
    at += head.length;
    buffer[at++] = ' ';
    System.arraycopy(tail, 0, buffer, at, tail.length);
    at += tail.length;
    buffer[at++] = ',';
    sink.write(ByteBuffer.wrap(buffer, 0, at));
  }

  /** Returns where the digits end. */
  private static int putDigits(byte[] buffer, int number) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int rest = number;
    for (int i = digits - 1; i >= 0; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return digits;
  }
}
