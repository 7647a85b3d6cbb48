package dovetail.server;

import static dovetail.server.Conversation.answer;
import static dovetail.server.Conversation.ask;
import static dovetail.server.Conversation.connect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.observe.Metrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ServiceTest {
  @TempDir private Path folder;
  private final Metrics metrics = new Metrics();
  private final Server server = new Server(metrics, System::nanoTime);
  private final Conversation conversation = new Conversation();

  @AfterEach
  void close() {
    server.close();
  }

  private Service open(ConnectionLimits limits, String... addresses) throws IOException {
    List<ListenSpec> specs = List.of(addresses).stream().map(ListenSpec::of).toList();
    return server.open("test", specs, limits, conversation::handle);
  }

  private Service open(String... addresses) throws IOException {
    return open(ConnectionLimits.evicting(100), addresses);
  }

  private String unix(String name) {
    return "unix:" + folder.resolve(name);
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
    assertThat(conversation.event()).isEqualTo("done");
    server.shutdown(Duration.ofSeconds(5));
    assertThat(service.connections()).isZero();
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
      assertThat(conversation.event()).isEqualTo(each[1]);
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
    try (SocketChannel busy = inTransaction(service);
        SocketChannel older = afterTransaction(service);
        SocketChannel younger = afterTransaction(service)) {
      try (SocketChannel fourth = connect(service)) {
        assertThat(ask(fourth, 'b')).isEqualTo('b');
        assertThat(conversation.event()).isEqualTo("WithdrawnException");
        assertThat(answer(older)).isEqualTo(-1);
        assertThat(ask(younger, 'b')).isEqualTo('b');
        assertThat(ask(busy, 'e')).isEqualTo('e');
      }
    }
  }

  private static SocketChannel inTransaction(Service service) throws IOException {
    SocketChannel channel = connect(service);
    assertThat(ask(channel, 'b')).isEqualTo('b');
    return channel;
  }

  /** A connection that is idle, and known to be: what waits for it sees the state itself. */
  private static SocketChannel afterTransaction(Service service) throws IOException {
    SocketChannel channel = inTransaction(service);
    int before = service.idleConnections();
    assertThat(ask(channel, 'e')).isEqualTo('e');
    // The echo comes before the state changes; nothing but looking again can tell.
    while (service.idleConnections() == before) {
      Thread.onSpinWait();
    }
    return channel;
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
    assertThat(conversation.event()).isEqualTo("done");
  }

  @Test
  void whileNoneIsIdleANewOneWaits() throws Exception {
    Service service = open(ConnectionLimits.evicting(1), "inet:127.0.0.1:0");
    try (SocketChannel first = inTransaction(service);
        SocketChannel second = connect(service)) {
      CompletableFuture<Integer> waiting = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              waiting.complete(ask(second, 'b'));
            } catch (IOException e) {
              waiting.completeExceptionally(e);
            }
          });
      assertThat(ask(first, 'b')).isEqualTo('b');
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
      assertThat(conversation.event()).isEqualTo("WithdrawnException");
    }
  }
}
