package dovetail.server;

import static dovetail.server.Conversation.answer;
import static dovetail.server.Conversation.ask;
import static dovetail.server.Conversation.connect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.observe.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ServiceListenTest {
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

  /** As systemd does it, whose socket lives on while the service is started again. */
  @Test
  void aSocketThatWasHandedOverOutlivesTheServer() throws Exception {
    Path path = folder.resolve("s");
    try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listening.bind(UnixDomainSocketAddress.of(path));
      HandedOver handedOver = HandedOver.of(listening);
      assertThat(handedOver.path()).contains(path);
      try (Server successor = new Server(new Metrics(), System::nanoTime, handedOver);
          SocketChannel early = connect(UnixDomainSocketAddress.of(path))) {
        Service service =
            successor.open(
                "test",
                List.of(ListenSpec.of(unix("other")), ListenSpec.of(unix("s"))),
                ConnectionLimits.evicting(100),
                conversation::handle);
        assertThat(handedOver.path()).as("what nobody has taken").isEmpty();
        assertThat(ask(early, 'b')).isEqualTo('b');
        service.relisten(List.of(ListenSpec.of(unix("s"))));
        try (SocketChannel client = connect(service)) {
          assertThat(ask(client, 'b')).isEqualTo('b');
        }
      }
      assertThat(path).exists();
      assertThat(folder.resolve("other")).doesNotExist();
    }
  }

  private ListenSpec forAll(String name) {
    return new ListenSpec(
        ListenAddress.parse(unix(name)),
        Optional.empty(),
        Optional.empty(),
        Optional.of("0666"),
        List.of());
  }

  /** Another part of a configuration may be what cannot be used. */
  @Test
  void aChangeThatIsGivenUpLeavesTheSocketThatIsThere() throws Exception {
    Service service = open(unix("s"));
    try (ListenChange change = service.prepare(List.of(forAll("s")))) {
      assertThat(change).isNotNull();
    }
    try (SocketChannel client = connect(service)) {
      assertThat(ask(client, 'b')).isEqualTo('b');
    }
    service.relisten(List.of(forAll("s")));
    try (SocketChannel client = connect(service)) {
      assertThat(ask(client, 'b')).isEqualTo('b');
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("s"))).hasSize(6);
  }

  @Test
  void aSocketThatWasHandedOverStaysWhateverIsConfiguredOfIt() throws Exception {
    Path path = folder.resolve("s");
    try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listening.bind(UnixDomainSocketAddress.of(path));
      Object inode = Files.getAttribute(path, "unix:ino");
      try (Server successor =
          new Server(new Metrics(), System::nanoTime, HandedOver.of(listening))) {
        Service service =
            successor.open(
                "test",
                List.of(ListenSpec.of(unix("s"))),
                ConnectionLimits.evicting(100),
                conversation::handle);
        service.relisten(List.of(forAll("s")));
        try (SocketChannel client = connect(service)) {
          assertThat(ask(client, 'b')).isEqualTo('b');
        }
      }
      assertThat(Files.getAttribute(path, "unix:ino")).isEqualTo(inode);
    }
  }

  @Test
  void aSocketThatNobodyListensOnIsLeftAlone() throws Exception {
    Path path = folder.resolve("s");
    try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listening.bind(UnixDomainSocketAddress.of(path));
      HandedOver handedOver = HandedOver.of(listening);
      try (Server successor = new Server(new Metrics(), System::nanoTime, handedOver)) {
        successor.open(
            "test",
            List.of(ListenSpec.of(unix("other"))),
            ConnectionLimits.evicting(100),
            conversation::handle);
      }
      assertThat(handedOver.path()).contains(path);
      assertThat(listening.isOpen()).isTrue();
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
            conversation::handle);

    for (int i = 0; i < 3; i++) {
      try (SocketChannel client = connect(service)) {
        assertThat(answer(client)).isEqualTo(-1);
      }
    }
    assertThat(conversation.isQuiet()).isTrue();
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
  void aChangeThatIsNotCommittedLeavesNothing() throws Exception {
    Service service = open("inet:127.0.0.1:0");
    List<SocketAddress> before = service.addresses();
    try (ListenChange _ = service.prepare(List.of(ListenSpec.of(unix("s"))))) {
      assertThat(service.addresses()).isEqualTo(before);
    }

    assertThat(service.addresses()).isEqualTo(before);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aListenerThatStaysHearsItsNewMode() throws Exception {
    BlockingQueue<String> modes = new LinkedBlockingQueue<>();
    ListenSpec plain = ListenSpec.of("inet:127.0.0.1:0");
    ListenSpec signing =
        new ListenSpec(
            plain.address(), Optional.of("sign"), plain.group(), plain.permissions(), List.of());
    Service service =
        server.open(
            "modes",
            List.of(plain),
            ConnectionLimits.evicting(9),
            connection -> modes.add(connection.listener().mode().orElse("none")));
    SocketAddress address = service.addresses().getFirst();

    connect(address).close();
    assertThat(modes.poll(10, TimeUnit.SECONDS)).isEqualTo("none");
    service.relisten(List.of(signing));
    connect(address).close();
    assertThat(modes.poll(10, TimeUnit.SECONDS)).isEqualTo("sign");
  }
}
