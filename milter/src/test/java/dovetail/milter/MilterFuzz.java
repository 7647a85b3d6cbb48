package dovetail.milter;

import static dovetail.milter.wire.Packets.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.milter.wire.Packets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Sends spoiled conversations to a live milter: good ones with bits, bytes, lengths and packets
 * changed, and made-up ones of known letters and words, which get deeper. After each lot a good
 * conversation must be answered as ever. The same seed is the same input.
 */
final class MilterFuzz {
  private static final int LOT = 50;
  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "\0",
          "\n",
          "\r\n ",
          "\t",
          ":",
          ";",
          "@",
          "<",
          ">",
          "(",
          ")",
          "[",
          "]",
          "\"",
          "\\",
          "%",
          ",",
          "\377",
          "\303\266",
          "=?utf-8?q?",
          "joe",
          "joe@one.test",
          "<joe@one.test>",
          "test",
          "group:",
          "from ",
          " by ",
          "[192.0.2.1]",
          "[IPv6:::1]",
          "127.0.0.1",
          "IPv6:fe80::1%0",
          "::1",
          "mail.example.com",
          "mx.example",
          " 1;",
          "spf=pass",
          "i",
          "{auth_authen}",
          "{daemon_name}",
          "ORIGINATING",
          "From",
          "from ",
          "To",
          "Received",
          "Authentication-Results",
          "DKIM-Signature",
          "List-Id",
          "4",
          "6",
          "L",
          "U");
  private static final String LETTERS = "ABBCDDDEEEHKLLLLLLLMMMMNNORRTU";

  private final SplittableRandom random;

  MilterFuzz(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Runs for some seconds with a seed: 600 and 1 if they are not given. */
  public static void main(String[] arguments) throws IOException {
    long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 600;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    MilterFuzz fuzz = new MilterFuzz(seed);
    long lots = 0;
    while (System.nanoTime() < end) {
      fuzz.run(20);
      lots += 20;
    }
    System.out.printf("MilterFuzz: seed %d, %d conversations, no fault%n", seed, lots * LOT);
  }

  /** Sends so many lots to a new milter; an AssertionError tells what was wrong. */
  void run(int lots) throws IOException {
    try (LiveMilter milter = LiveMilter.open()) {
      for (int lot = 0; lot < lots; lot++) {
        for (int i = 0; i < LOT; i++) {
          byte[] input = random.nextInt(3) > 0 ? spoiled() : madeUp();
          byte[] answers = Conversation.answers(milter, input);
          assertThat(isFramed(answers)).as(Arrays.toString(input)).isTrue();
        }
        Mails.assertWorks(milter);
      }
      milter.expectNoFailure();
    }
  }

  /** Whether all answers are whole packets. */
  private static boolean isFramed(byte[] answers) {
    int at = 0;
    while (at + 5 <= answers.length) {
      int length = 0;
      for (int i = 0; i < 4; i++) {
        length = length << 8 | (answers[at + i] & 0xFF);
      }
      at += 4 + length;
    }
    return at == answers.length;
  }

  private byte[] spoiled() {
    List<byte[]> packets =
        new ArrayList<>(
            Conversation.packets(random.nextBoolean() ? Conversation.ALL : Conversation.WAITING));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      // Spoiling the offer ends most conversations at once.
      int which = random.nextInt(random.nextInt(20) == 0 ? 0 : 1, packets.size());
      boolean whole = packets.get(which).length > 4;
      switch (whole ? random.nextInt(8) : 0) {
        case 0 -> packets.remove(which);
        case 1 -> packets.add(random.nextInt(1, packets.size()), packets.get(which));
        case 2 -> packets.set(which, withLength(packets.get(which)));
        case 3 -> packets.add(which, packet(letter(), words()));
        case 4, 5 -> packets.set(which, changed(packets.get(which)));
        case 6 -> packets.set(which, replaced(packets.get(which)));
        default -> packets.set(which, cut(packets.get(which)));
      }
    }
    return Packets.join(packets);
  }

  /** A length that lies. */
  private byte[] withLength(byte[] packet) {
    byte[] copy = packet.clone();
    copy[random.nextInt(4)] = (byte) random.nextInt(-2, 9);
    return copy;
  }

  /** Another byte or bit in its data, the frame as it was. */
  private byte[] changed(byte[] packet) {
    byte[] copy = packet.clone();
    int at = random.nextInt(4, copy.length);
    copy[at] =
        random.nextBoolean() ? (byte) random.nextInt() : (byte) (copy[at] ^ 1 << random.nextInt(8));
    return copy;
  }

  /** The same letter with other data. */
  private byte[] replaced(byte[] packet) {
    return packet((char) (packet[4] & 0xFF), words());
  }

  private byte[] cut(byte[] packet) {
    return Arrays.copyOf(packet, random.nextInt(packet.length));
  }

  /** A conversation of random commands in a likely order, framed as it should be. */
  private byte[] madeUp() {
    List<byte[]> packets = new ArrayList<>();
    packets.add(Conversation.offer(Conversation.ALL));
    packets.addAll(Conversation.greeting());
    int messages = 1 + random.nextInt(3);
    for (int m = 0; m < messages; m++) {
      packets.add(packet('D', "M{auth_authen}\0" + clean(words()) + "\0i\0" + m + "\0"));
      packets.add(packet('M', clean(words()) + "\0"));
      int fields = random.nextInt(8);
      packets.add(packet('L', "From\0" + words() + "\0"));
      for (int f = 0; f < fields; f++) {
        packets.add(packet('L', "X" + clean(words()) + "\0" + words() + "\0"));
        packets.add(packet('L', clean(word()) + "-\0" + words() + "\0"));
        packets.add(
            packet(
                'L',
                (random.nextBoolean() ? "Received" : "Authentication-Results")
                    + "\0"
                    + words()
                    + "\0"));
      }
      if (random.nextInt(4) == 0) {
        packets.add(packet(letter(), words()));
      }
      packets.add(packet('B', words()));
      packets.add(packet('E', random.nextBoolean() ? "" : words()));
    }
    return Packets.join(packets);
  }

  private static String clean(String words) {
    return words.replace("\0", "");
  }

  private char letter() {
    return random.nextInt(10) == 0
        ? (char) random.nextInt(256)
        : LETTERS.charAt(random.nextInt(LETTERS.length()));
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String words() {
    StringBuilder words = new StringBuilder();
    int count = random.nextInt(9);
    for (int i = 0; i < count; i++) {
      words.append(word());
    }
    return words.toString();
  }
}
