package dovetail.milter;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An MTA that keeps to no protocol: it sends bytes, and reads what comes. */
final class RawPeer implements AutoCloseable {
  private final SocketChannel channel;
  private final DataInputStream in;

  /** An answer of the filter; one character for each byte. */
  record Answer(char letter, String data) {}

  private RawPeer(SocketChannel channel) {
    this.channel = channel;
    this.in = new DataInputStream(Channels.newInputStream(channel));
  }

  static RawPeer connect(SocketAddress address) throws IOException {
    return new RawPeer(SocketChannel.open(address));
  }

  /** Sends as much as the filter takes. */
  void send(byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  void send(byte[] bytes, int from, int to) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, from, to - from);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /** Says that nothing more comes, and goes on reading. */
  void endSending() throws IOException {
    channel.shutdownOutput();
  }

  /** The next answer; empty when the filter has hung up, however it did that. */
  Optional<Answer> read() {
    try {
      int length = in.readInt();
      char letter = (char) in.readByte();
      byte[] data = in.readNBytes(length - 1);
      return Optional.of(new Answer(letter, new String(data, StandardCharsets.ISO_8859_1)));
    } catch (EOFException _) {
      return Optional.empty();
    } catch (IOException _) {
      // A socket that is closed with input unread is reset.
      return Optional.empty();
    }
  }

  /** The letters of all answers until the filter hangs up. */
  String readLetters() {
    StringBuilder letters = new StringBuilder();
    for (Optional<Answer> answer = read(); answer.isPresent(); answer = read()) {
      letters.append(answer.get().letter());
    }
    return letters.toString();
  }

  /** All bytes until the filter hangs up. */
  byte[] readAll() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (IOException _) {
      // Reset: what came before counts.
    }
    return all.toByteArray();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
