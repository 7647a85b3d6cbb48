package dovetail.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks a lookup table for some time, or for each key once, and prints one line of JSON: the rate
 * and delays. Each connection waits for an answer before it asks again, as Postfix does.
 */
public final class LookupLoad {
  private static final Set<String> KNOWN =
      Set.of("address", "protocol", "map", "keys", "connections", "warm-up", "seconds", "once");

  private final Arguments arguments;
  private final List<byte[]> requests;
  private final boolean netstrings;
  private final boolean once;
  private final int connections;
  private final AtomicInteger next = new AtomicInteger();
  private final LongAdder errors = new LongAdder();

  private LookupLoad(Arguments arguments) throws IOException {
    this.arguments = arguments;
    this.netstrings =
        switch (arguments.find("protocol").orElse("socketmap")) {
          case "socketmap" -> true;
          case "tcp_table" -> false;
          case String other -> throw new IllegalArgumentException("protocol=" + other);
        };
    this.once = arguments.yes("once");
    this.connections = arguments.number("connections", 10);
    this.requests =
        Files.readAllLines(Path.of(arguments.text("keys"))).stream().map(this::request).toList();
  }

  private byte[] request(String key) {
    String text = netstrings ? arguments.text("map") + " " + key : "get " + key + "\n";
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    if (!netstrings) {
      return octets;
    }
    byte[] head = (octets.length + ":").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(head.length + octets.length + 1)
        .put(head)
        .put(octets)
        .put((byte) ',')
        .array();
  }

  /** {@code address=inet:127.0.0.1:10032 map=virtual_mailbox_maps keys=FILE connections=10 ...}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    LookupLoad load;
    try {
      load = new LookupLoad(Arguments.parse(arguments, KNOWN));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.out.println(load.run());
  }

  /** When answers count, in nanoseconds. */
  private record Span(long from, long until) {}

  private String run() throws InterruptedException {
    long from = System.nanoTime() + (once ? 0 : (long) (arguments.seconds("warm-up", 1) * 1e9));
    Span span =
        new Span(
            from, once ? Long.MAX_VALUE : from + (long) (arguments.seconds("seconds", 4) * 1e9));
    List<Delays> delays = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Delays own = new Delays();
      delays.add(own);
      threads.add(Thread.ofPlatform().start(() -> ask(span, own)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (Math.min(System.nanoTime(), span.until()) - from) / 1e9;
    long[] sorted = Delays.sorted(delays);
    return String.format(
        Locale.ROOT,
        "{\"lookups\": %d, \"rate\": %.0f, \"p50_ms\": %.4f, \"p99_ms\": %.4f, \"errors\": %d}",
        sorted.length,
        sorted.length / seconds,
        Delays.millis(sorted, 0.5),
        Delays.millis(sorted, 0.99),
        errors.sum());
  }

  private void ask(Span span, Delays delays) {
    try (SocketChannel channel = SocketChannel.open(arguments.address());
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel))) {
      long now = System.nanoTime();
      while (now < span.until()) {
        int number = next.getAndIncrement();
        if (once && number >= requests.size()) {
          return;
        }
        ByteBuffer request = ByteBuffer.wrap(requests.get(Math.floorMod(number, requests.size())));
        while (request.hasRemaining()) {
          channel.write(request);
        }
        if (!(netstrings ? isFound(in) : isFoundLine(in))) {
          errors.increment();
        }
        long answered = System.nanoTime();
        if (now >= span.from() && answered < span.until()) {
          delays.add(answered - now);
        }
        now = answered;
      }
    } catch (IOException e) {
      errors.increment();
      System.err.println(e);
    }
  }

  private static boolean isFound(InputStream in) throws IOException {
    int length = 0;
    for (int c = in.read(); c != ':'; c = in.read()) {
      if (c < '0' || c > '9') {
        throw new IOException("no netstring: " + c);
      }
      length = 10 * length + c - '0';
    }
    byte[] content = in.readNBytes(length + 1);
    return content.length == length + 1 && content[0] == 'O' && content[1] == 'K';
  }

  private static boolean isFoundLine(InputStream in) throws IOException {
    int first = in.read();
    for (int c = first; c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
    }
    return first == '2';
  }
}
