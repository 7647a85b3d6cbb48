package dovetail.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A connection to a policy daemon, for one thread: over a socket, or to a process of its own, as
 * Postfix's spawn(8) starts them.
 */
final class PolicyPeer implements Closeable {
  private static final int MOST_ANSWER = 4096;
  private static final String ACTION = "action=";

  private final InputStream in;
  private final Sink out;
  private final Closeable end;
  private final Optional<Process> process;

  @FunctionalInterface
  private interface Sink {
    void write(byte[] request) throws IOException;
  }

  private PolicyPeer(InputStream in, Sink out, Closeable end, Optional<Process> process) {
    this.in = new BufferedInputStream(in);
    this.out = out;
    this.end = end;
    this.process = process;
  }

  static PolicyPeer connect(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    return new PolicyPeer(
        Channels.newInputStream(channel),
        request -> {
          ByteBuffer bytes = ByteBuffer.wrap(request);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        },
        channel,
        Optional.empty());
  }

  static PolicyPeer start(String command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    OutputStream out = process.getOutputStream();
    return new PolicyPeer(
        process.getInputStream(),
        request -> {
          out.write(request);
          out.flush();
        },
        out,
        Optional.of(process));
  }

  /** The process behind it, if that is its own. */
  Optional<Process> process() {
    return process;
  }

  /** Asks, and waits for the answer: what stands behind {@code action=}. */
  String ask(byte[] request) throws IOException {
    out.write(request);
    String answer = line();
    if (!answer.startsWith(ACTION) || !line().isEmpty()) {
      throw new IOException("no answer: " + answer);
    }
    return answer.substring(ACTION.length());
  }

  private String line() throws IOException {
    byte[] line = new byte[MOST_ANSWER];
    int length = 0;
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || length == MOST_ANSWER) {
        throw new EOFException(c < 0 ? "closed" : "a long answer");
      }
      line[length++] = (byte) c;
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  /** Ends it; a process of its own ends when there is nothing more to read. */
  @Override
  public void close() throws IOException {
    end.close();
    process.ifPresent(own -> own.onExit().join());
  }
}
