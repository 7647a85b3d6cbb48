package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.directory.edit.UnavailableException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The driver's sockets of this host, and the database that is silent. */
@Timeout(60)
final class LocalSocketTest {
  private UnixDomainSocketAddress address;
  private ServerSocketChannel server;

  @BeforeEach
  void listen(@TempDir Path folder) throws IOException {
    address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private LocalSocket connected() throws IOException {
    LocalSocket socket = new LocalSocket(address);
    socket.connect(address, 1_000);
    return socket;
  }

  @Test
  void octetsComeAndGo() throws IOException {
    try (LocalSocket socket = connected();
        SocketChannel other = server.accept()) {
      socket.setSoTimeout(10_000);
      other.write(ByteBuffer.wrap(new byte[] {-1, 2, 3}));
      assertThat(socket.getInputStream().read()).isEqualTo(255);
      assertThat(socket.getInputStream().read(new byte[9], 4, 5)).isEqualTo(2);
      socket.getOutputStream().write(new byte[] {1, 2, 3, 4}, 1, 2);
      socket.getOutputStream().write(-7);
      ByteBuffer got = ByteBuffer.allocate(3);
      while (got.hasRemaining()) {
        other.read(got);
      }
      assertThat(got.array()).containsExactly(2, 3, -7);
      other.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void anAnswerIsNotWaitedForLongerThanTheTimeout() throws IOException {
    try (LocalSocket socket = connected()) {
      socket.setSoTimeout(50);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("the answer took longer than 50 ms");
      assertThat(socket.isClosed()).isTrue();
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isExactlyInstanceOf(SocketException.class);
    }
  }

  @Test
  void norIsOneWhoDoesNotRead() throws IOException {
    try (LocalSocket socket = connected()) {
      socket.setSoTimeout(50);
      assertThatThrownBy(() -> socket.getOutputStream().write(new byte[10_000_000]))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("the question took longer than 50 ms");
    }
  }

  @Test
  void norOneWhoTakesNoConnection() throws IOException {
    server.close();
    Path other = address.getPath().resolveSibling("full");
    UnixDomainSocketAddress full = UnixDomainSocketAddress.of(other);
    try (ServerSocketChannel busy =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(full, 1);
        SocketChannel first = SocketChannel.open(full);
        SocketChannel second = SocketChannel.open(full);
        LocalSocket socket = new LocalSocket(full)) {
      assertThat(first.isConnected() && second.isConnected() && busy.isOpen()).isTrue();
      assertThatThrownBy(() -> socket.connect(address, 50))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("the connection took longer than 50 ms");
    }
  }

  @Test
  void whoIsNotThereIsNamed() throws IOException {
    server.close();
    try (LocalSocket socket = new LocalSocket(address)) {
      assertThatThrownBy(() -> socket.connect(address, 1_000))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining(address.toString());
    }
  }

  @Test
  void whoClosesItWakesWhoReads() throws Exception {
    LocalSocket socket = connected();
    socket.setSoTimeout(30_000);
    CompletableFuture<String> end =
        CompletableFuture.supplyAsync(() -> {
          try {
            return "read " + socket.getInputStream().read();
          } catch (IOException e) {
            return e.getClass().getSimpleName();
          }
        });
    Thread.sleep(50);
    socket.close();
    assertThat(end.get()).isEqualTo("SocketException");
  }

  @Test
  void aDatabaseThatHangsIsAway() throws Exception {
    DatabaseSettings settings =
        new DatabaseSettings(
            "jdbc:mariadb://anywhere/x?localSocket=" + address.getPath(),
            Optional.of("root"),
            Optional.empty(),
            2,
            Duration.ofMillis(300));
    try (MariaDatabase database = new MariaDatabase(settings, new Random())) {
      assertThatThrownBy(() -> database.<Long, RuntimeException>ask(sql -> sql.number("SELECT 1")))
          .isInstanceOf(UnavailableException.class);
    }
  }
}
