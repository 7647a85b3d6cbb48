package dovetail.milter;

import static dovetail.milter.wire.Packets.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.milter.wire.Packets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer too many or too few, and each later one is taken for that of another event. */
@Timeout(60)
class MilterAnswerTest {
  @Test
  void answersEachEventOnceWhereTheMtaWaits() throws Exception {
    List<byte[]> packets = Conversation.packets(Conversation.WAITING);
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      for (byte[] packet : packets) {
        peer.send(packet);
        String expected =
            switch (packet[4]) {
              case 'O' -> "O";
              case 'D', 'A', 'Q' -> "";
              case 'E' -> "ia";
              default -> "c";
            };
        assertThat(letters(peer, expected.length())).isEqualTo(expected);
      }
      // Whatever had been answered too much would be here.
      assertThat(peer.readLetters()).isEmpty();
      assertThat(Conversation.answered(packets)).isEqualTo("OCHMRTLLLLLNBBE");
      milter.expectNoFault();
    }
  }

  @Test
  void answersOnlyTheEndWhereTheMtaDoesNotWait() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      peer.send(Packets.join(Conversation.packets(Conversation.ALL)));
      assertThat(peer.readLetters()).isEqualTo("Oia");
      milter.expectNoFault();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 16_383, 16_384, 16_385, 65_535})
  void answersBodyPacketsOnceWhateverTheirSize(int size) throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      peer.send(Conversation.offer(Conversation.WAITING));
      peer.send(Packets.join(Conversation.greeting()));
      peer.send(packet('M', "<joe@one.test>\0"));
      peer.send(packet('N', ""));
      assertThat(letters(peer, 5)).isEqualTo("Occcc");
      byte[] chunk = packet('B', "x".repeat(size));
      for (int at = 0; at < chunk.length; at += 9973) { // arrives in pieces
        peer.send(chunk, at, Math.min(chunk.length, at + 9973));
      }
      assertThat(letters(peer, 1)).isEqualTo("c");
      // The last chunk may come with the end of the message, which is one event.
      peer.send(packet('E', "x".repeat(size)));
      assertThat(letters(peer, 2)).isEqualTo("ia");
      peer.send(packet('Q', ""));
      assertThat(peer.readLetters()).isEmpty();
      milter.expectNoFault();
    }
  }

  private static String letters(RawPeer peer, int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      peer.read().ifPresent(answer -> letters.append(answer.letter()));
    }
    return letters.toString();
  }

  @Test
  void namesMessagesByTheirOwnQueueIds() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      List<byte[]> packets = new ArrayList<>(List.of(Conversation.offer(Conversation.ALL)));
      packets.addAll(Conversation.greeting());
      packets.addAll(Conversation.message()); // 4XyZ
      packets.add(packet('M', "<joe@one.test>\0")); // has not got one
      packets.add(packet('E', ""));
      packets.add(packet('D', "Mi\0005Gone\0{auth_authen}\0joe@one.test\0"));
      packets.add(packet('A', ""));
      packets.add(packet('M', "<joe@one.test>\0"));
      packets.add(packet('E', ""));
      packets.add(packet('D', "Mi\0006New\0"));
      packets.add(packet('M', "<joe@one.test>\0"));
      packets.add(packet('E', ""));
      packets.add(packet('Q', ""));
      peer.send(Packets.join(packets));
      assertThat(peer.readLetters()).isEqualTo("Oiaiaiaia");
      assertThat(milter.lines()).hasSize(4);
      assertThat(milter.lines().get(0)).startsWith("milter: 4XyZ: signed ");
      assertThat(milter.lines().get(1)).startsWith("milter: -: passed ");
      assertThat(milter.lines().get(2)).startsWith("milter: -: passed ").doesNotContain("login=");
      assertThat(milter.lines().get(3)).startsWith("milter: 6New: passed ");
      milter.expectNoFault();
    }
  }
}
