package dovetail.bench;

import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers for strangers as a resolver does that has them all in its cache: over UDP, with a TTL of
 * an hour, and each answer as late as is wanted. Says one line when it listens.
 */
public final class NameServer {
  private static final int DATAGRAM = 4096;

  /** Octets of questions that may wait: hundreds come at once. The kernel may allow fewer. */
  private static final int QUEUE = 4 << 20;

  private static final int MOST_ANSWER = 1024;
  private static final int HEADER = 12;
  private static final int ANSWER = 0x8180; // QR, RD, RA
  private static final int NO_SUCH_NAME = 3;
  private static final int TO_QUESTION = 0xC000 | HEADER;
  private static final int INTERNET = 1;
  private static final int TTL = 3600;
  private static final int MOST_LABEL = 63;

  /** Of the zone that all names without records are in. */
  private static final byte[] ORIGIN = Zone.wire("example");

  private final Zone zone;
  private final long delayNanos;
  private final BlockingQueue<Due> due = new LinkedBlockingQueue<>();

  private NameServer(Zone zone, long delayNanos) {
    this.zone = zone;
    this.delayNanos = delayNanos;
  }

  /** An answer that waits for its time; all wait equally long, so they stay in order. */
  private record Due(long nanos, DatagramChannel channel, ByteBuffer answer, SocketAddress to) {}

  /** {@code address=inet:127.0.0.1:5300,inet:127.0.0.2:53 key=FILE delay-ms=100}. */
  public static void main(String[] arguments)
      throws IOException, DkimKeyException, InterruptedException {
    Arguments own = Arguments.parse(arguments, Set.of("address", "key", "delay-ms"));
    String record = DkimKey.read(Path.of(own.text("key"))).publicKeyRecord();
    NameServer server =
        new NameServer(
            new Zone(record.substring(record.indexOf("k="))),
            TimeUnit.MILLISECONDS.toNanos(own.number("delay-ms", 0)));
    for (SocketAddress address : own.addresses()) {
      DatagramChannel channel =
          DatagramChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, QUEUE).bind(address);
      Thread.ofPlatform().daemon().start(() -> server.serve(channel));
    }
    System.out.println("listening");
    server.sendWhatIsDue();
  }

  private void serve(DatagramChannel channel) {
    ByteBuffer question = ByteBuffer.allocateDirect(DATAGRAM);
    while (true) {
      try {
        question.clear();
        SocketAddress from = channel.receive(question);
        Optional<ByteBuffer> answer = answer(question.flip());
        if (answer.isPresent() && delayNanos == 0) {
          channel.send(answer.get(), from);
        } else if (answer.isPresent()) {
          due.add(new Due(System.nanoTime() + delayNanos, channel, answer.get(), from));
        }
      } catch (IOException e) {
        System.err.println(e); // such as that nobody waits for the answer any more
      }
    }
  }

  private void sendWhatIsDue() throws InterruptedException {
    while (true) {
      Due next = due.take();
      while (next.nanos() - System.nanoTime() > 0) {
        LockSupport.parkNanos(next.nanos() - System.nanoTime());
      }
      try {
        next.channel().send(next.answer(), next.to());
      } catch (IOException e) {
        System.err.println(e);
      }
    }
  }

  /** The answer to a question; nothing if it is none. */
  private Optional<ByteBuffer> answer(ByteBuffer question) {
    try {
      question.position(HEADER);
      String name = name(question);
      int type = question.getShort();
      question.getShort();
      Optional<Zone.Data> found = zone.at(name);
      boolean fits = found.isPresent() && found.get().type() == type;
      ByteBuffer answer = ByteBuffer.allocate(MOST_ANSWER);
      answer.putShort(question.getShort(0));
      answer.putShort((short) (found.isPresent() ? ANSWER : ANSWER | NO_SUCH_NAME));
      answer.putShort((short) 1);
      answer.putShort((short) (fits ? 1 : 0)).putShort((short) (fits ? 0 : 1)).putShort((short) 0);
      answer.put(question.slice(HEADER, question.position() - HEADER));
      if (fits) {
        answer.putShort((short) TO_QUESTION);
        record(answer, type, found.get().octets());
      } else {
        answer.put(ORIGIN);
        record(answer, Zone.SOA, ByteBuffer.wrap(soa()));
      }
      return Optional.of(answer.flip());
    } catch (BufferUnderflowException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static void record(ByteBuffer answer, int type, ByteBuffer data) {
    answer.putShort((short) type).putShort((short) INTERNET).putInt(TTL);
    answer.putShort((short) data.remaining()).put(data);
  }

  private static byte[] soa() {
    ByteBuffer data = ByteBuffer.allocate(2 * ORIGIN.length + 5 * Integer.BYTES);
    data.put(ORIGIN).put(ORIGIN);
    return data.putInt(1).putInt(TTL).putInt(TTL).putInt(TTL).putInt(TTL).array();
  }

  /** In small letters. */
  private static String name(ByteBuffer question) {
    StringBuilder name = new StringBuilder();
    for (int length = question.get(); length != 0; length = question.get()) {
      if (length < 0 || length > MOST_LABEL) {
        throw new IllegalArgumentException("no label of a question");
      }
      byte[] label = new byte[length];
      question.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }
}
