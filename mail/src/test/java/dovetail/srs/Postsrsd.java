package dovetail.srs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A postsrsd 1.x of our own on two ports of the loopback, asked as Postfix asks a tcp_table. */
final class Postsrsd implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/sbin/postsrsd");

  /** Not the one that Java calls so, which may be ::1. */
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final Table forward;
  private final Table reverse;

  private Postsrsd(Process process, Table forward, Table reverse) {
    this.process = process;
    this.forward = forward;
    this.reverse = reverse;
  }

  /** Starts it with its defaults. Whoever is root has it run as nobody. */
  static Postsrsd start(Path folder, String secret, String srsDomain)
      throws IOException, InterruptedException {
    Path secrets = Files.writeString(folder.resolve("secret"), secret + "\n");
    List<Integer> ports = freePorts();
    List<String> command =
        new ArrayList<>(List.of(PROGRAM.toString(), "-4", "-l" + LOOPBACK.getHostAddress()));
    command.addAll(List.of("-f" + ports.getFirst(), "-r" + ports.getLast()));
    command.addAll(List.of("-s" + secrets, "-d" + srsDomain));
    if (System.getProperty("user.name", "").equals("root")) {
      command.add("-unobody");
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    try {
      return new Postsrsd(
          process, Table.open(ports.getFirst(), process), Table.open(ports.getLast(), process));
    } catch (IOException e) {
      process.destroyForcibly();
      throw new IOException(Files.readString(folder.resolve("output")), e);
    }
  }

  /** The version that is installed. */
  static String version() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(PROGRAM.toString(), "-v").start();
    String version =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return version;
  }

  private static List<Integer> freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, LOOPBACK);
        ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      return List.of(one.getLocalPort(), other.getLocalPort());
    }
  }

  /** What it makes of a sender; nothing if it leaves it. */
  Optional<String> forward(String sender) throws IOException {
    return forward.get(sender);
  }

  /** What it makes of a recipient; nothing if it leaves it. */
  Optional<String> reverse(String recipient) throws IOException {
    return reverse.get(recipient);
  }

  /** Its children end with their connections. */
  @Override
  public void close() throws IOException {
    forward.close();
    reverse.close();
    process.destroy();
  }

  /** One connection to one table. */
  private record Table(Socket socket, BufferedReader reader) implements AutoCloseable {
    static Table open(int port, Process process) throws IOException, InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        Socket socket = new Socket();
        try {
          socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
          socket.connect(new InetSocketAddress(LOOPBACK, port));
          return new Table(
              socket,
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
        } catch (IOException e) {
          socket.close();
          if (!process.isAlive() || System.nanoTime() > end) {
            throw e;
          }
          Thread.sleep(20);
        }
      }
    }

    Optional<String> get(String key) throws IOException {
      socket
          .getOutputStream()
          .write(("get " + encoded(key) + "\n").getBytes(StandardCharsets.US_ASCII));
      String reply = String.valueOf(reader.readLine());
      if (reply.startsWith("500 ")) {
        return Optional.empty();
      }
      assertThat(reply).startsWith("200 ");
      return Optional.of(decoded(reply.substring("200 ".length())));
    }

    private static String encoded(String key) {
      StringBuilder encoded = new StringBuilder();
      for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
        if (octet > ' ' && octet < 0x7F && octet != '%') {
          encoded.append((char) octet);
        } else {
          encoded.append(String.format("%%%02x", octet));
        }
      }
      return encoded.toString();
    }

    private static String decoded(String value) {
      StringBuilder octets = new StringBuilder();
      for (int i = 0; i < value.length(); i++) {
        if (value.charAt(i) == '%') {
          octets.append((char) Integer.parseInt(value.substring(i + 1, i + 3), 16));
          i += 2;
        } else {
          octets.append(value.charAt(i));
        }
      }
      return new String(
          octets.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
