package dovetail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WatchdogTest {
  @TempDir private Path folder;
  // Starts where a signed difference is the only thing that still works.
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Watchdog watchdog = new Watchdog(now::get);

  private record Pair(SocketChannel client, Connection connection) {}

  private Pair pair(boolean unix) throws IOException {
    SocketAddress address =
        unix
            ? UnixDomainSocketAddress.of(folder.resolve("s"))
            : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ServerSocketChannel server =
        unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open()) {
      server.bind(address);
      SocketChannel client = SocketChannel.open(server.getLocalAddress());
      Connection connection =
          new Connection(
              server.accept(),
              ListenSpec.of("inet:localhost:1"),
              "peer",
              new Connection.Context(now::get, () -> false));
      watchdog.watch(connection);
      return new Pair(client, connection);
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aReadThatWaitsIsEnded(boolean unix) throws Exception {
    Pair pair = pair(unix);
    pair.connection().deadline(Duration.ofSeconds(10));
    CompletableFuture<Boolean> read = new CompletableFuture<>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                read.complete(pair.connection().input().atEnd());
              } catch (IOException e) {
                read.completeExceptionally(e);
              }
            });

    pass(Duration.ofSeconds(9));
    assertThat(watchdog.sweep()).isZero();
    assertThat(read).isNotDone();
    pass(Duration.ofSeconds(1));
    assertThat(watchdog.sweep()).isEqualTo(1);

    assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(DeadlineException.class);
    reader.join();
    assertThat(watchdog.sweep()).isZero();
    pair.client().close();
  }

  @Test
  void aWriteThatNobodyTakesIsEnded() throws Exception {
    Pair pair = pair(true);
    pair.connection().deadline(Duration.ofSeconds(10));
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                pair.connection().write(ByteBuffer.allocate(64 << 20));
                written.complete(true);
              } catch (IOException e) {
                written.completeExceptionally(e);
              }
            });
    pass(Duration.ofSeconds(11));
    watchdog.sweep();

    assertThatThrownBy(() -> written.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(DeadlineException.class);
    writer.join();
    pair.client().close();
  }

  @Test
  void aNewDeadlineReplacesTheOld() throws IOException {
    Pair pair = pair(false);
    pair.connection().deadline(Duration.ofSeconds(10));
    pass(Duration.ofSeconds(9));
    pair.connection().idle(Duration.ofHours(2));
    pass(Duration.ofSeconds(100));

    assertThat(watchdog.sweep()).isZero();
    pair.client().close();
  }

  @Test
  void aDeadlineWithoutEndNeverComes() throws IOException {
    Pair pair = pair(false);
    pair.connection().idle(Duration.ofSeconds(Long.MAX_VALUE));
    pass(Duration.ofDays(1000));

    assertThat(watchdog.sweep()).isZero();
    pair.client().close();
  }

  @Test
  void whatHasEndedIsForgotten() throws IOException {
    Pair pair = pair(false);
    watchdog.unwatch(pair.connection());
    pass(Duration.ofDays(1));

    assertThat(watchdog.sweep()).isZero();
    pair.client().close();
  }

  @Test
  void aTransactionCannotBeginOnAnEvictedConnection() throws IOException {
    Pair pair = pair(false);

    assertThat(pair.connection().evictIfIdle()).isTrue();
    assertThatThrownBy(pair.connection()::busy).isInstanceOf(WithdrawnException.class);
    pair.client().close();
  }

  @Test
  void aTransactionCannotBeEvicted() throws IOException {
    Pair pair = pair(false);
    pair.connection().busy();
    pair.connection().busy();

    assertThat(pair.connection().evictIfIdle()).isFalse();
    pair.connection().idle(Duration.ofHours(2));
    assertThat(pair.connection().evictIfIdle()).isTrue();
    pair.client().close();
  }
}
