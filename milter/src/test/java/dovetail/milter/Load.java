package dovetail.milter;

import dovetail.mail.HeaderField;
import dovetail.milter.wire.MilterClient;
import dovetail.server.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A first measure of a running milter, to be read and not to be asserted: {@code Load ADDRESS
 * CONNECTIONS MESSAGES BYTES}, for example {@code Load inet:127.0.0.1:8891 10 20000 2048}. Each
 * connection is kept for all of its messages; the first tenth of them warms up and does not count.
 */
final class Load {
  private static final Map<String, String> QUEUE_ID = Map.of("i", "4Load");

  private final SocketAddress address;
  private final byte[] body;

  private Load(SocketAddress address, byte[] body) {
    this.address = address;
    this.body = body;
  }

  public static void main(String[] arguments) throws InterruptedException {
    int connections = Integer.parseInt(arguments[1]);
    int each = Integer.parseInt(arguments[2]) / connections;
    Load load = new Load(address(arguments[0]), body(Integer.parseInt(arguments[3])));
    load.run(connections, Math.max(1, each / 10));
    long began = System.nanoTime();
    long[] delays = load.run(connections, each);
    double seconds = (System.nanoTime() - began) / 1e9;
    Arrays.sort(delays);
    System.out.printf(
        "%d messages, %d connections: %.0f/s, p50 %.2f ms, p99 %.2f ms%n",
        delays.length,
        connections,
        delays.length / seconds,
        delays[delays.length / 2] / 1e6,
        delays[(int) (delays.length * 0.99)] / 1e6);
  }

  private static SocketAddress address(String text) {
    return switch (ListenAddress.parse(text)) {
      case ListenAddress.Inet inet -> inet.socketAddresses().getFirst();
      case ListenAddress.Unix(var path) -> UnixDomainSocketAddress.of(path);
    };
  }

  private static byte[] body(int bytes) {
    String line = "The quick brown fox jumps over the lazy dog, again and again.\r\n";
    return line.repeat(bytes / line.length() + 1).getBytes(StandardCharsets.US_ASCII);
  }

  private long[] run(int connections, int each) throws InterruptedException {
    long[][] delays = new long[connections][];
    List<Thread> threads =
        IntStream.range(0, connections)
            .mapToObj(i -> Thread.ofVirtual().start(() -> delays[i] = converse(each)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    return Arrays.stream(delays).flatMapToLong(Arrays::stream).toArray();
  }

  private long[] converse(int messages) {
    long[] delays = new long[messages];
    try (MilterClient client = MilterClient.connect(address)) {
      client.negotiate();
      client.connect("localhost", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 25));
      client.helo("localhost");
      for (int i = 0; i < messages; i++) {
        long began = System.nanoTime();
        message(client);
        delays[i] = System.nanoTime() - began;
      }
      client.quit();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return delays;
  }

  private void message(MilterClient client) throws IOException {
    client.mail("<joe@example.com>");
    client.macros('R', QUEUE_ID);
    client.recipient("<ann@example.net>");
    client.data();
    for (String field :
        List.of("From: joe@example.com", "To: ann@example.net", "Subject: load", "Date: now")) {
      int colon = field.indexOf(':');
      client.macros('L', QUEUE_ID);
      client.header(HeaderField.of(field.substring(0, colon), field.substring(colon + 1)));
    }
    client.endOfHeaders();
    client.body(body);
    if (client.endOfMessage().edits().isEmpty()) {
      throw new IllegalStateException("not signed");
    }
    client.abort();
  }
}
