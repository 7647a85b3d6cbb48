package dovetail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.observe.Metrics;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ServiceTest {
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir private Path folder;
  private final Metrics metrics = new Metrics();
  private final Server server = new Server(metrics, System::nanoTime);
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    server.close();
  }

  /**
   * Speaks in bytes: 'b' begins a transaction, 'e' ends it; each is answered by itself. 'x' fails
   * in us, 'p' in the peer, 'q' ends the conversation.
   */
  private void converse(Connection connection) throws IOException {
    connection.idle(LONG);
    while (!connection.input().atEnd()) {
      int command = connection.input().readByte();
      switch (command) {
        case 'b' -> connection.busy();
        case 'e' -> {}
        case 'd' -> connection.deadline(Duration.ZERO);
        case 'x' -> throw new IllegalStateException("planted");
        case 'p' -> throw new ProtocolException("planted");
        default -> {
          return;
        }
      }
      connection.write(ByteBuffer.wrap(new byte[] {(byte) command}));
      if (command == 'e') {
        connection.idle(LONG);
      }
    }
  }

  private void recorded(Connection connection) throws IOException {
    try {
      converse(connection);
      events.add("done");
    } catch (IOException | RuntimeException e) {
      events.add(e.getClass().getSimpleName());
      throw e;
    }
  }

  private Service open(ConnectionLimits limits, String... addresses) throws IOException {
    List<ListenSpec> specs = List.of(addresses).stream().map(ListenSpec::of).toList();
    return server.open("test", specs, limits, this::recorded);
  }

  private Service open(String... addresses) throws IOException {
    return open(ConnectionLimits.evicting(100), addresses);
  }

  private String unix(String name) {
    return "unix:" + folder.resolve(name);
  }

  private static SocketChannel connect(SocketAddress address) throws IOException {
    return SocketChannel.open(address);
  }

  private static SocketChannel connect(Service service) throws IOException {
    return connect(service.addresses().getFirst());
  }

  /** Sends a byte and waits for its echo; -1 when the other side has closed. */
  private static int ask(SocketChannel channel, char command) throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {(byte) command}));
    return answer(channel);
  }

  private static int answer(SocketChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    try {
      return channel.read(one) < 0 ? -1 : one.get(0);
    } catch (IOException _) {
      return -1;
    }
  }

  private String event() throws InterruptedException {
    String event = events.poll(10, TimeUnit.SECONDS);
    return event == null ? "nothing" : event;
  }

  private String metric(String start) {
    return new String(metrics.text(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElse("none");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void servesUnixAndInetAlike(boolean unix) throws Exception {
    Service service = open(unix ? unix("s") : "inet:127.0.0.1:0");

    try (SocketChannel client = connect(service)) {
      assertThat(ask(client, 'b')).isEqualTo('b');
      assertThat(ask(client, 'e')).isEqualTo('e');
      assertThat(service.connections()).isEqualTo(1);
    }
    assertThat(event()).isEqualTo("done");
    server.shutdown(Duration.ofSeconds(5));
    assertThat(service.connections()).isZero();
  }

  @Test
  void localhostIsEveryLoopbackOnOnePort() throws Exception {
    Service service = open("inet:localhost:0");

    assertThat(service.addresses())
        .hasSize(new ListenAddress.Inet("localhost", 0).socketAddresses().size());
    assertThat(service.addresses().stream().map(a -> ((InetSocketAddress) a).getPort()).distinct())
        .hasSize(1);
    for (SocketAddress address : service.addresses()) {
      try (SocketChannel client = connect(address)) {
        assertThat(ask(client, 'b')).isEqualTo('b');
      }
    }
  }

  @Test
  void thePeerIsPrintable() throws Exception {
    BlockingQueue<String> peers = new LinkedBlockingQueue<>();
    Service service =
        server.open(
            "peers",
            List.of(ListenSpec.of("inet:localhost:0"), ListenSpec.of(unix("s"))),
            ConnectionLimits.evicting(9),
            connection -> peers.add(connection.peer()));

    for (SocketAddress address : service.addresses()) {
      try (SocketChannel client = connect(address)) {
        String peer = peers.poll(10, TimeUnit.SECONDS);
        assertThat(peer)
            .isEqualTo(
                client.getLocalAddress() instanceof InetSocketAddress inet
                    ? (inet.getAddress().getAddress().length == 4 ? "127.0.0.1:" : "[::1]:")
                        + inet.getPort()
                    : unix("s"));
      }
    }
  }

  @Test
  void faultsAreSortedByWhoseTheyAre() throws Exception {
    Service service = open("inet:127.0.0.1:0");
    String[][] cases = {
      {"x", "IllegalStateException", "error"},
      {"p", "ProtocolException", "protocol"},
      {"q", "done", "done"},
      {"d", "DeadlineException", "deadline"},
    };

    for (String[] each : cases) {
      try (SocketChannel client = connect(service)) {
        client.write(ByteBuffer.wrap(each[0].getBytes(StandardCharsets.US_ASCII)));
        while (answer(client) >= 0) {
          // Until the other side closes.
        }
      }
      assertThat(event()).isEqualTo(each[1]);
    }
    server.shutdown(Duration.ofSeconds(5));
    for (String[] each : cases) {
      assertThat(
              metric(
                  "dovetail_connections_total{outcome=\"%s\",service=\"test\"}".formatted(each[2])))
          .endsWith(" 1.0");
    }
    assertThat(metric("dovetail_connections_open")).endsWith(" 0.0");
  }

  @Test
  void theLongestIdleMakesRoomAndNeverABusyOne() throws Exception {
    Service service = open(ConnectionLimits.evicting(3), "inet:127.0.0.1:0");
    try (SocketChannel busy = connect(service);
        SocketChannel older = connect(service);
        SocketChannel younger = connect(service)) {
      assertThat(ask(busy, 'b')).isEqualTo('b');
      assertThat(ask(older, 'b')).isEqualTo('b');
      assertThat(ask(older, 'e')).isEqualTo('e');
      assertThat(ask(younger, 'b')).isEqualTo('b');
      assertThat(ask(younger, 'e')).isEqualTo('e');
      awaitIdle(service, 2);

      try (SocketChannel fourth = connect(service)) {
        assertThat(ask(fourth, 'b')).isEqualTo('b');
        assertThat(event()).isEqualTo("WithdrawnException");
        assertThat(answer(older)).isEqualTo(-1);
        assertThat(ask(younger, 'b')).isEqualTo('b');
        assertThat(ask(busy, 'e')).isEqualTo('e');
      }
    }
  }

  /** The echo comes before the state changes; nothing but looking again can tell. */
  private static void awaitIdle(Service service, int count) {
    while (service.idleConnections() != count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void nobodyIsEvictedWhileNobodyComes() throws Exception {
    Service service = open(ConnectionLimits.evicting(1), "inet:127.0.0.1:0");

    try (SocketChannel only = connect(service)) {
      for (int i = 0; i < 20; i++) {
        assertThat(ask(only, 'b')).isEqualTo('b');
        assertThat(ask(only, 'e')).isEqualTo('e');
      }
    }
    assertThat(event()).isEqualTo("done");
  }

  @Test
  void withoutEvictionANewOneWaits() throws Exception {
    Service service = open(ConnectionLimits.waiting(1), "inet:127.0.0.1:0");
    try (SocketChannel first = connect(service);
        SocketChannel second = connect(service)) {
      CompletableFuture<Integer> waiting = new CompletableFuture<>();
      assertThat(ask(first, 'b')).isEqualTo('b');
      Thread.ofVirtual()
          .start(() -> {
            try {
              waiting.complete(ask(second, 'b'));
            } catch (IOException e) {
              waiting.completeExceptionally(e);
            }
          });
      assertThat(ask(first, 'e')).isEqualTo('e');
      assertThat(service.connections()).isEqualTo(1);
      assertThat(waiting).isNotDone();

      first.shutdownOutput();

      assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo((int) 'b');
    }
  }

  @Test
  void shutdownClosesIdleOnesAndLetsTransactionsFinish() throws Exception {
    Service service = open("inet:127.0.0.1:0", unix("s"));
    try (SocketChannel idle = connect(service);
        SocketChannel busy = connect(service.addresses().getLast())) {
      assertThat(ask(idle, 'b')).isEqualTo('b');
      assertThat(ask(idle, 'e')).isEqualTo('e');
      assertThat(ask(busy, 'b')).isEqualTo('b');
      CompletableFuture<Integer> cut =
          CompletableFuture.supplyAsync(() -> server.shutdown(Duration.ofSeconds(20)));

      assertThat(answer(idle)).isEqualTo(-1);
      assertThat(cut).isNotDone();
      assertThat(ask(busy, 'e')).isEqualTo('e');
      assertThat(answer(busy)).isEqualTo(-1);
      assertThat(cut.get(10, TimeUnit.SECONDS)).isZero();
    }
    assertThatThrownBy(() -> connect(service)).isInstanceOf(IOException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatOutlivesTheGraceIsCutAndCounted() throws Exception {
    Service service = open("inet:127.0.0.1:0");
    try (SocketChannel busy = connect(service)) {
      assertThat(ask(busy, 'b')).isEqualTo('b');

      assertThat(server.shutdown(Duration.ofMillis(50))).isEqualTo(1);
      assertThat(answer(busy)).isEqualTo(-1);
      assertThat(event()).isEqualTo("WithdrawnException");
    }
  }

  @Test
  void relistenKeepsWhatStays() throws Exception {
    Service service = open("inet:127.0.0.1:0");
    SocketAddress before = service.addresses().getFirst();
    try (SocketChannel client = connect(before)) {
      assertThat(ask(client, 'b')).isEqualTo('b');

      service.relisten(List.of(ListenSpec.of("inet:127.0.0.1:0"), ListenSpec.of(unix("s"))));

      assertThat(service.addresses()).hasSize(2).contains(before);
      assertThat(ask(client, 'e')).isEqualTo('e');

      service.relisten(List.of(ListenSpec.of(unix("s"))));

      assertThat(service.addresses()).hasSize(1);
      assertThat(ask(client, 'b')).isEqualTo('b');
      try (SocketChannel other = connect(service)) {
        assertThat(ask(other, 'b')).isEqualTo('b');
      }
    }
  }

  @Test
  void relistenIsAllOrNothing() throws Exception {
    Service service = open("inet:127.0.0.1:0");
    List<SocketAddress> before = service.addresses();
    Files.writeString(folder.resolve("file"), "precious");

    assertThatThrownBy(() ->
            service.relisten(List.of(ListenSpec.of(unix("new")), ListenSpec.of(unix("file")))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not a socket");

    assertThat(service.addresses()).isEqualTo(before);
    assertThat(folder.resolve("file")).hasContent("precious");
    assertThat(folder.toFile().list()).containsExactly("file");
    try (SocketChannel client = connect(service)) {
      assertThat(ask(client, 'b')).isEqualTo('b');
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    Service service = open("inet:127.0.0.1:0");
    int port = ((InetSocketAddress) service.addresses().getFirst()).getPort();

    assertThatThrownBy(() -> open("inet:127.0.0.1:" + port))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port + ": ");
  }

  @Test
  void whoIsNotAllowedIsClosed() throws Exception {
    ListenSpec spec = ListenSpec.of("inet:127.0.0.1:0");
    Network elsewhere = new Network(InetAddress.ofLiteral("192.0.2.0"), 24);
    Service service =
        server.open(
            "closed",
            List.of(
                new ListenSpec(
                    spec.address(),
                    spec.mode(),
                    spec.group(),
                    spec.permissions(),
                    List.of(elsewhere))),
            ConnectionLimits.evicting(1),
            this::recorded);

    for (int i = 0; i < 3; i++) {
      try (SocketChannel client = connect(service)) {
        assertThat(answer(client)).isEqualTo(-1);
      }
    }
    assertThat(events).isEmpty();
  }
}
