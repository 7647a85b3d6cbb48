package dovetail.milter.wire;

import dovetail.server.io.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the data of one packet, left to right: strings that end in NUL, numbers, single bytes. */
final class Fields {
  /** Small strings take many times their bytes; no SMTP line gives rise to as many. */
  private static final int MAX_STRINGS = 2048;

  private final char command;
  private final byte[] data;
  private int at;
  private int strings;

  Fields(char command, byte[] data) {
    this.command = command;
    this.data = data;
  }

  boolean atEnd() {
    return at == data.length;
  }

  int readByte() throws ProtocolException {
    need(1);
    return data[at++] & 0xFF;
  }

  int readShort() throws ProtocolException {
    need(2);
    at += 2;
    return (data[at - 2] & 0xFF) << 8 | (data[at - 1] & 0xFF);
  }

  int readInt() throws ProtocolException {
    need(4);
    at += 4;
    return ByteBuffer.wrap(data).getInt(at - 4);
  }

  private void need(int bytes) throws ProtocolException {
    if (data.length - at < bytes) {
      throw malformed("is too short");
    }
  }

  /** The bytes up to the next NUL, which must be there. */
  byte[] readBytes() throws ProtocolException {
    int end = at;
    while (end < data.length && data[end] != 0) {
      end++;
    }
    return upTo(end);
  }

  /** All that is left but the NUL at its end; a NUL before it is part of it. */
  byte[] readLastBytes() throws ProtocolException {
    return upTo(Math.max(at, data.length - 1));
  }

  private byte[] upTo(int end) throws ProtocolException {
    if (end >= data.length || data[end] != 0) {
      throw malformed("has a string without an end");
    }
    byte[] bytes = Arrays.copyOfRange(data, at, end);
    at = end + 1;
    return bytes;
  }

  /**
   * The next string as text.
   *
   * @throws ProtocolException if it does not end, or if there were too many before it
   */
  String readString() throws ProtocolException {
    strings++;
    if (strings > MAX_STRINGS) {
      throw malformed("has more than " + MAX_STRINGS + " strings");
    }
    return text(readBytes());
  }

  /** The strings that are left. */
  List<String> readStrings() throws ProtocolException {
    if (atEnd()) {
      return List.of();
    }
    List<String> strings = new ArrayList<>(2);
    while (!atEnd()) {
      strings.add(readString());
    }
    return strings;
  }

  void end() throws ProtocolException {
    if (!atEnd()) {
      throw malformed("has " + (data.length - at) + " bytes too many");
    }
  }

  ProtocolException malformed(String what) {
    return new ProtocolException("milter packet '" + MilterCodec.printable(command) + "' " + what);
  }

  /** UTF-8 (RFC 6531) where it is that, else one character for each byte. */
  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
