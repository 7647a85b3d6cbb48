package dovetail.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dovetail.milter.LiveMilter.Setup;
import dovetail.milter.wire.Packets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An MTA that is gone after any byte leaves nothing behind, and nobody is woken. */
@Timeout(120)
class MilterTruncationTest {
  @TempDir private Path folder;

  private LiveMilter open(boolean unix) throws IOException {
    Setup setup = Setup.of(Mails.KEYS);
    return LiveMilter.open(unix ? setup.at("unix:" + folder.resolve("milter")) : setup);
  }

  @ParameterizedTest
  @ValueSource(ints = {Conversation.ALL, Conversation.WAITING})
  void answersNothingThatHasNotBeenSaid(int events) throws Exception {
    List<byte[]> packets = Conversation.packets(events);
    byte[] whole = Packets.join(packets);
    int end = whole.length - 10; // without ABORT and QUIT
    try (LiveMilter milter = open(false)) {
      byte[] answers = Conversation.answers(milter, whole);
      assertThat(answers).endsWith(0, 0, 0, 1, 'a');
      for (int n = 0; n < whole.length; n++) {
        byte[] answered = Conversation.answers(milter, Arrays.copyOf(whole, n));
        assertThat(answered).as("cut at %d", n).isEqualTo(Arrays.copyOf(answers, answered.length));
        assertThat(answered.length == answers.length).as("cut at %d", n).isEqualTo(n >= end);
      }
      milter.awaitNoConnections();
      assertThat(milter.lines()).hasSize(whole.length - end + 1);
      Mails.assertWorks(milter);
      milter.expectNoFault();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesNothingBehind(boolean unix) throws Exception {
    byte[] whole = Packets.join(Conversation.packets(Conversation.WAITING));
    try (LiveMilter milter = open(unix)) {
      for (int n = 0; n <= whole.length; n++) {
        try (RawPeer peer = milter.raw()) {
          peer.send(whole, 0, n);
        }
      }
      milter.awaitNoConnections();
      Mails.assertWorks(milter);
      milter.expectNoFault();
    }
  }

  @Test
  void givesDescriptorsBack() throws Exception {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "no /proc/self/fd here");
    byte[] whole = Packets.join(Conversation.packets(Conversation.WAITING));
    try (LiveMilter milter = open(false)) {
      Mails.assertWorks(milter); // the first use opens what stays
      milter.awaitNoConnections();
      long before = sockets(descriptors);
      for (int n = 0; n <= whole.length; n += 7) {
        try (RawPeer peer = milter.raw()) {
          peer.send(whole, 0, n);
        }
      }
      // Some may not even be accepted yet; a leak would stay for ever.
      LiveMilter.await(() -> sockets(descriptors) == before);
      milter.expectNoFault();
    }
  }

  private static long sockets(Path descriptors) {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.filter(MilterTruncationTest::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException _) {
      return false; // closed since it was listed
    }
  }
}
