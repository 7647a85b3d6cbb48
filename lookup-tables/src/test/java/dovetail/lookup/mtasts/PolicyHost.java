package dovetail.lookup.mtasts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A policy host of this machine, with certificates made by the JDK's keytool. */
final class PolicyHost implements AutoCloseable {
  private static final char[] PASSWORD = "secret".toCharArray();

  /** Behind an answer: the connection ends there, but TLS does not. */
  static final String CUT = "\1";

  private final SSLContext context;
  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** What is answered, whole, by the name of the host that is asked for. */
  final Map<String, String> answers = new ConcurrentHashMap<>();

  /** Of TLS. */
  volatile String version = "TLSv1.3";

  /** The first line of each request, and the name of the host. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  /** The path and the certificate of a key. */
  record Identity(Path keys, Path certificate) {
    /** Makes one that is valid for these hosts. */
    static Identity make(Path folder, String name, String... hosts) throws IOException {
      Path keys = folder.resolve(name + ".p12");
      Path certificate = folder.resolve(name + ".pem");
      List<String> names = new ArrayList<>();
      for (String host : hosts) {
        names.add("dns:" + host);
      }
      String common = "-keystore " + keys + " -storepass " + new String(PASSWORD) + " -alias key ";
      keytool(
          common
              + "-genkeypair -keyalg EC -groupname secp256r1 -validity 3 -dname CN="
              + name
              + " -ext san="
              + String.join(",", names));
      keytool(common + "-exportcert -rfc -file " + certificate);
      return new Identity(keys, certificate);
    }

    private static void keytool(String arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(List.of(arguments.split(" ")));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.onExit().join().exitValue() != 0) {
        throw new IOException(output);
      }
    }
  }

  PolicyHost(Identity identity, String address, int port) throws IOException {
    context = context(identity);
    server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    Thread.ofVirtual().start(this::accept);
  }

  private static SSLContext context(Identity identity) throws IOException {
    try (InputStream in = Files.newInputStream(identity.keys())) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** An answer with a policy. */
  static String text(String policy) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + policy;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket plain = server.accept();
        open.add(plain);
        Thread.ofVirtual().start(() -> answer(plain));
      }
    } catch (IOException _) {
      heard.add("closed");
    }
  }

  private void answer(Socket plain) {
    try (Socket socket =
        context.getSocketFactory().createSocket(plain, null, plain.getPort(), true)) {
      ((SSLSocket) socket).setUseClientMode(false);
      ((SSLSocket) socket).setEnabledProtocols(new String[] {version});
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String first = in.readLine();
      String host = "";
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        if (line.startsWith("Host: ")) {
          host = line.substring("Host: ".length());
        }
      }
      heard.add(first + " " + host);
      String answer = answers.getOrDefault(host, "HTTP/1.1 404 Not Found\r\n\r\n");
      if (answer.endsWith(CUT)) {
        write(socket, answer.substring(0, answer.length() - CUT.length()));
        plain.shutdownOutput();
        heard.add("cut " + plain.getInputStream().readAllBytes().length); // until the other closes
      } else {
        write(socket, answer);
      }
    } catch (IOException | UncheckedIOException _) {
      heard.add("broken");
    }
  }

  /** What stands behind a {@code \0} comes octet by octet, and never ends. */
  private static void write(Socket socket, String answer) throws IOException {
    String[] parts = answer.split("\0", 2);
    socket.getOutputStream().write(parts[0].getBytes(StandardCharsets.ISO_8859_1));
    while (parts.length > 1) {
      socket.getOutputStream().write(parts[1].getBytes(StandardCharsets.ISO_8859_1));
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
