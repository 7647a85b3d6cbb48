package dovetail.milter;

import static dovetail.milter.wire.Packets.number;
import static dovetail.milter.wire.Packets.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.milter.LiveMilter.Setup;
import dovetail.milter.Mails.Mail;
import dovetail.milter.wire.Command;
import dovetail.milter.wire.MilterClient;
import dovetail.milter.wire.Packets;
import dovetail.milter.wire.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow peers, full houses and orderly ends. The clock moves when a test says so. */
@Timeout(60)
class MilterPaceTest {
  private static final Duration ALMOST = LiveMilter.PACKET_TIMEOUT.minusSeconds(1);
  private static final String DEADLINES =
      "dovetail_connections_total{outcome=\"deadline\",service=\"milter\"}";

  private static byte[] bytes(String bytes) {
    return bytes.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\0\0\0\5", "\0\0\0\5L", "\0\0\0\5Lab", "\0\0\0\5B", "\0\0\0\5Bab"})
  void hangsUpOnAPacketThatDoesNotEnd(String begun) throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      peer.send(Conversation.offer(Conversation.WAITING));
      peer.send(Packets.join(Conversation.greeting()));
      peer.send(packet('M', "<joe@one.test>\0"));
      answers(peer, 4);
      peer.send(bytes(begun));
      CompletableFuture<String> end = CompletableFuture.supplyAsync(peer::readLetters);
      // The deadline counts from when the packet began to arrive, which is soon.
      while (!end.isDone()) {
        milter.pass(LiveMilter.PACKET_TIMEOUT);
        Thread.sleep(20);
      }
      assertThat(end.get()).isEmpty();
      milter.awaitNoConnections();
      milter.expectNoFault();
      assertThat(milter.metric(DEADLINES)).isEqualTo(1);
    }
  }

  @Test
  void doesNotCountTheTimeBetweenPackets() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      for (byte[] packet : Conversation.packets(Conversation.WAITING)) {
        peer.send(packet);
        answers(peer, "DAQ".indexOf(packet[4]) >= 0 ? 0 : packet[4] == 'E' ? 2 : 1);
        if (packet[4] != 'D') { // read together with what follows, or alone: nobody knows
          milter.pass(ALMOST);
        }
      }
      assertThat(peer.readLetters()).isEmpty();
      milter.expectNoFault();
      assertThat(milter.metric(DEADLINES)).isZero();
    }
  }

  @Test
  void givesEachPacketItsTime() throws Exception {
    byte[] begun = Packets.join(List.of(packet('H', "x\0"), bytes("\0")));
    try (LiveMilter milter = LiveMilter.open();
        RawPeer stuck = milter.raw();
        RawPeer peer = milter.raw()) {
      stuck.send(Conversation.offer(Conversation.WAITING));
      answers(stuck, 1);
      stuck.send(begun);
      answers(stuck, 1);
      peer.send(Conversation.offer(Conversation.WAITING));
      peer.send(Packets.join(Conversation.greeting()));
      peer.send(packet('M', "<joe@one.test>\0"));
      answers(peer, 4);
      // Each write ends one packet and begins the next, as on a slow line that never pauses.
      byte[] chunk = packet('B', "x".repeat(100));
      byte[] two = Packets.join(List.of(chunk, chunk));
      peer.send(chunk, 0, 50);
      for (int i = 0; i < 10; i++) {
        milter.pass(ALMOST.dividedBy(2));
        peer.send(two, 50, chunk.length + 50);
        answers(peer, 1);
      }
      assertThat(stuck.readLetters()).isEmpty(); // so the watchdog has looked
      peer.send(chunk, 50, chunk.length);
      answers(peer, 1);
      LiveMilter.await(() -> milter.metric(DEADLINES) == 1);
      peer.send(packet('E', ""));
      assertThat(peer.read()).isPresent();
    }
  }

  private static void answers(RawPeer peer, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(peer.read()).isPresent();
    }
  }

  private static MilterClient begun(LiveMilter milter, Mail mail) throws IOException {
    MilterClient client = milter.client();
    client.negotiate(
        new Command.Negotiate(Protocol.VERSION, Protocol.ALL_ACTIONS, Conversation.WAITING));
    Mails.greet(client);
    Mails.begin(client, mail); // answered, so the transaction is known to be under way
    return client;
  }

  @Test
  void makesRoomOnlyWhereNothingIsUnderWay() throws Exception {
    Mail mail = Mails.mail("4Busy", "joe", "one.test");
    try (LiveMilter milter = LiveMilter.open(Setup.of(Mails.KEYS).atMost(2));
        MilterClient busy = begun(milter, mail);
        RawPeer idle = milter.raw()) {
      idle.send(Conversation.offer(Conversation.WAITING));
      answers(idle, 1);
      Mails.assertWorks(milter);
      assertThat(idle.readLetters()).isEmpty();
      Mails.assertSigned(Mails.content(busy, mail), mail, "s1");
      milter.expectNoFault();
    }
  }

  @Test
  void letsMessagesEndBeforeItStops() throws Exception {
    Mail mail = Mails.mail("4Late", "joe", "one.test");
    try (LiveMilter milter = LiveMilter.open();
        MilterClient busy = begun(milter, mail);
        RawPeer idle = milter.raw();
        RawPeer silent = milter.raw()) {
      idle.send(Conversation.offer(Conversation.WAITING));
      answers(idle, 1);
      LiveMilter.await(() -> milter.connections() == 3);
      CompletableFuture<Integer> cut =
          CompletableFuture.supplyAsync(() -> milter.shutdown(Duration.ofSeconds(30)));
      assertThat(idle.readLetters()).isEmpty();
      assertThat(silent.readLetters()).isEmpty();
      assertThat(cut).isNotDone();
      Mails.assertSigned(Mails.content(busy, mail), mail, "s1");
      assertThat(cut.get()).isZero();
      milter.expectNoFault();
    }
  }

  @Test
  void cutsOffWhatDoesNotEndInTime() throws Exception {
    Mail mail = Mails.mail("4Never", "joe", "one.test");
    try (LiveMilter milter = LiveMilter.open();
        MilterClient busy = begun(milter, mail)) {
      assertThat(busy).isNotNull();
      assertThat(milter.shutdown(Duration.ZERO)).isEqualTo(1);
      assertThat(milter.connections()).isZero();
      milter.expectNoFault();
    }
  }

  @Test
  void hangsUpOnAPeerThatReadsNothing() throws Exception {
    byte[] unknown = packet('U', "X\0");
    byte[] many = Packets.join(Collections.nCopies(10_000, unknown));
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      peer.send(Conversation.offer(Conversation.WAITING));
      CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(peer, many));
      while (!flood.isDone()) {
        milter.pass(LiveMilter.PACKET_TIMEOUT);
        Thread.sleep(20);
      }
      milter.awaitNoConnections();
      milter.expectNoFault();
    }
  }

  /** Sends until nobody takes it any more. */
  private static void flood(RawPeer peer, byte[] many) {
    try {
      while (true) {
        peer.send(many);
      }
    } catch (IOException _) {
      // Hung up on, as it should be.
    }
  }

  @Test
  void believesNoLength() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      peer.send(Conversation.offer(Conversation.ALL));
      answers(peer, 1);
      peer.send(bytes(number(LiveMilter.MAX_PACKET) + "L" + "From\0"));
      peer.endSending();
      assertThat(peer.readLetters()).isEmpty();
      milter.awaitNoConnections();
      milter.expectNoFault();
      assertThat(List.of(milter.lines())).containsExactly(List.of());
    }
  }
}
