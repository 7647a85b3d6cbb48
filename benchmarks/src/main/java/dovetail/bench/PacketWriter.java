package dovetail.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lays out packets ahead of time, cut where an MTA waits or writes. */
final class PacketWriter {
  private final List<Piece> pieces = new ArrayList<>();
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /**
   * What is sent in one write.
   *
   * @param bytes to be duplicated by whoever writes them
   * @param answerDue whether an answer is waited for then
   */
  record Piece(ByteBuffer bytes, boolean answerDue) {}

  void packet(char letter, byte[] data) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(1 + data.length).array());
    bytes.write(letter);
    bytes.writeBytes(data);
  }

  /** A packet whose data is text, one byte a character. */
  void packet(char letter, String data) {
    packet(letter, bytes(data));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  void cut(boolean answerDue) {
    if (bytes.size() > 0) {
      ByteBuffer direct = ByteBuffer.allocateDirect(bytes.size());
      direct.put(bytes.toByteArray()).flip();
      pieces.add(new Piece(direct, answerDue));
      bytes = new ByteArrayOutputStream();
    }
  }

  List<Piece> pieces() {
    cut(false);
    return List.copyOf(pieces);
  }
}
