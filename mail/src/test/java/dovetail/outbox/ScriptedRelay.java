package dovetail.outbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server on a port of this host that says what it is told to say. Without a script it takes
 * everything. What it is asked is the verb in upper case, {@link #GREETING} and {@link #END}.
 */
final class ScriptedRelay implements AutoCloseable {
  /** What a connection begins with. */
  static final String GREETING = "greeting";

  /** The dot behind a message. */
  static final String END = ".";

  private static final byte[] LAST_LINE = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server;
  private final Map<String, Answer> script = new ConcurrentHashMap<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<byte[]> messages = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Optional<SSLContext> tls;
  private final CompletableFuture<Void> ended;

  /** What follows an answer. */
  enum Then {
    LISTEN,
    CLOSE,
    BE_SILENT,
    ENCRYPT,
    REPEAT
  }

  /** Some octets, with a pause before each if it is not zero, and what follows. */
  @SuppressWarnings("ArrayRecordComponent") // written and never compared
  record Answer(byte[] octets, int pauseMillis, Then then) {
    static Answer says(String text) {
      return new Answer(bytes(text + "\r\n"), 0, Then.LISTEN);
    }

    Answer then(Then next) {
      return new Answer(octets, pauseMillis, next);
    }

    Answer slowly(int millis) {
      return new Answer(octets, millis, then);
    }
  }

  ScriptedRelay() {
    this(Optional.empty());
  }

  /** One that offers STARTTLS. */
  ScriptedRelay(SSLContext tls) {
    this(Optional.of(tls));
  }

  private ScriptedRelay(Optional<SSLContext> tls) {
    this.tls = tls;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    say(GREETING, "220 relay.example ESMTP");
    say("EHLO", tls.isPresent() ? "250-relay.example\r\n250 STARTTLS" : "250 relay.example");
    say("HELO", "250 relay.example");
    on("STARTTLS", Answer.says("220 2.0.0 Ready").then(Then.ENCRYPT));
    say("MAIL", "250 2.1.0 Ok");
    say("RCPT", "250 2.1.5 Ok");
    say("DATA", "354 End data with <CR><LF>.<CR><LF>");
    say(END, "250 2.0.0 Ok: queued as 4101D240351");
    say("RSET", "250 2.0.0 Ok");
    on("QUIT", Answer.says("221 2.0.0 Bye").then(Then.CLOSE));
    this.ended = CompletableFuture.runAsync(this::accept, task -> Thread.ofVirtual().start(task));
  }

  int port() {
    return server.getLocalPort();
  }

  ScriptedRelay say(String event, String line) {
    return on(event, Answer.says(line));
  }

  ScriptedRelay on(String event, Answer answer) {
    script.put(event, answer);
    return this;
  }

  /** The lines that were heard so far; {@code connection} for each, {@code TLS} for a handshake. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** What came after DATA, up to and with the last line; one message for each. */
  List<byte[]> messages() {
    return List.copyOf(messages);
  }

  /** Whether nobody holds a connection any more, which is waited for. */
  boolean isLeft() throws InterruptedException {
    for (int i = 0; i < 500; i++) {
      if (open.stream().allMatch(Socket::isClosed)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return false;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        heard.add("connection");
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException _) {
      heard.add("end");
    }
  }

  private void serve(Socket raw) {
    try (raw) {
      Socket socket = raw;
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String event = GREETING;
      while (true) {
        Answer answer = script.getOrDefault(event, Answer.says("502 5.5.2 What?"));
        if (!give(answer, socket, in)) {
          return;
        }
        if (answer.then() == Then.ENCRYPT) {
          socket = encrypted(raw);
          in = new BufferedInputStream(socket.getInputStream());
        }
        boolean data = event.equals("DATA") && answer.octets()[0] == '3';
        event = data ? message(in) : line(in);
      }
    } catch (IOException | InterruptedException _) {
      heard.add("broken");
    }
  }

  private boolean give(Answer answer, Socket socket, InputStream in)
      throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    do {
      if (answer.pauseMillis() == 0) {
        out.write(answer.octets());
      } else {
        for (byte octet : answer.octets()) {
          TimeUnit.MILLISECONDS.sleep(answer.pauseMillis());
          out.write(octet);
        }
      }
    } while (answer.then() == Then.REPEAT);
    if (answer.then() == Then.BE_SILENT) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return answer.then() == Then.LISTEN || answer.then() == Then.ENCRYPT;
  }

  private Socket encrypted(Socket raw) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            tls.orElseThrow().getSocketFactory().createSocket(raw, "127.0.0.1", port(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    heard.add(socket.getSession().getProtocol().startsWith("TLS") ? "TLS" : "clear");
    return socket;
  }

  private String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("end");
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
    heard.add(text);
    return text.replaceFirst("[ :].*", "").toUpperCase(Locale.ROOT);
  }

  private String message(InputStream in) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    byte[] tail = new byte[LAST_LINE.length];
    while (!Arrays.equals(tail, LAST_LINE)) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("end");
      }
      message.write(c);
      System.arraycopy(tail, 1, tail, 0, tail.length - 1);
      tail[tail.length - 1] = (byte) c;
    }
    messages.add(message.toByteArray());
    return END;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    ended.join(); // who waits for a connection keeps the port open until he notices
    for (Socket socket : open) {
      socket.close();
    }
  }
}
