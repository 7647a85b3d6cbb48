package dovetail.milter;

import static dovetail.milter.wire.Packets.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import dovetail.milter.Mails.Mail;
import dovetail.milter.wire.Command;
import dovetail.milter.wire.MilterClient;
import dovetail.milter.wire.MilterClient.Outcome;
import dovetail.milter.wire.Packets;
import dovetail.milter.wire.Protocol;
import dovetail.milter.wire.Reply;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Too much of everything: memory has a bound, and no mail slips through unsigned for its size. */
@Timeout(120)
class MilterVolumeTest {
  private static final Mail MAIL = Mails.mail("4Big", "joe", "one.test");
  private static final HeaderField LONG = HeaderField.of("X-Long", " " + "x".repeat(10_000));
  private static final HeaderField SHORT = HeaderField.of("X", " y");
  private static final Reply TOO_LARGE =
      new Reply.Refuse(552, "5.3.4", "Message header section too large (4Big)");

  private static MilterClient greeted(LiveMilter milter) throws IOException {
    MilterClient client = milter.client();
    client.negotiate();
    Mails.greet(client);
    return client;
  }

  /** A message with more header fields than it should have, above those that it has. */
  private static Outcome send(MilterClient client, String path, int count, HeaderField field)
      throws IOException {
    client.mail(path);
    client.recipient("<ann@example.net>");
    client.macros('T', Map.of("i", MAIL.queueId()));
    client.data();
    for (int i = 0; i < count; i++) {
      client.header(field);
    }
    return Mails.content(client, MAIL);
  }

  @Test
  void refusesHeaderSectionsThatAreTooLargeToBeSigned() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        MilterClient client = greeted(milter)) {
      assertThat(send(client, "<joe@one.test>", 1000, LONG))
          .isEqualTo(new Outcome(List.of(), TOO_LARGE));
      assertThat(send(client, "<joe@one.test>", 100_000, SHORT))
          .isEqualTo(new Outcome(List.of(), TOO_LARGE));
      // The connection goes on, and what it sends next is signed.
      client.abort();
      Mails.assertSigned(Mails.send(client, MAIL), MAIL, "s1");
      assertThat(milter.lines(3).getFirst())
          .startsWith("milter: 4Big: rejected reason=headers-too-large");
      milter.expectNoFault();
    }
  }

  @Test
  void refusesMoreFieldsThanCanBeSigned() throws Exception {
    // On such mail nothing fails, so no setting for failures lets it through.
    try (LiveMilter milter = LiveMilter.open(LiveMilter.Setup.of(Mails.KEYS).accepting());
        MilterClient client = greeted(milter)) {
      HeaderField to = HeaderField.of("to", " ann@example.net");
      assertThat(send(client, "<joe@one.test>", 1000, to))
          .isEqualTo(new Outcome(List.of(), TOO_LARGE));
      assertThat(send(client, "<joe@one.test>", 900, to).edits()).hasSize(1);
      milter.expectNoFault();
    }
  }

  @Test
  void takesLargeHeaderSectionsOfMailThatNobodyCouldBeToldOf() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        MilterClient client = milter.client()) {
      client.negotiate();
      // As cleanup(8) makes it up.
      client.connect("localhost", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      client.helo("localhost");
      assertThat(send(client, "", 6000, SHORT))
          .isEqualTo(new Outcome(List.of(), new Reply.Accept()));
      assertThat(milter.lines(1).getFirst())
          .startsWith("milter: 4Big: passed reason=headers-too-large");
      milter.expectNoFault();
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {'L', 'M', 'R', 'D', 'H', 'C', 'U'})
  void hangsUpOnPacketsThatAreTooLong(char letter) throws Exception {
    String data = (letter == 'D' ? "M" : "") + "x".repeat(LiveMilter.MAX_PACKET) + "\0";
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      peer.send(Conversation.offer(Conversation.ALL));
      assertThat(peer.read()).isPresent();
      peer.send(packet(letter, data), 0, 5);
      assertThat(peer.readLetters()).isEmpty();
      milter.expectNoFault();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"M", "L", "B", "E"})
  void hangsUpOnAPacketOfVeryManyStrings(String stage) throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      peer.send(Conversation.offer(Conversation.ALL));
      assertThat(peer.read()).isPresent();
      peer.send(packet('D', stage + "\0".repeat(100_000)));
      assertThat(peer.readLetters()).isEmpty();
      milter.expectNoFault();
    }
  }

  @Test
  void countsRecipientsAndKeepsNone() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      peer.send(Conversation.offer(Conversation.ALL));
      peer.send(Packets.join(Conversation.greeting()));
      List<byte[]> message = Conversation.message();
      peer.send(Packets.join(message.subList(0, 3)));
      byte[] recipients = Packets.join(Collections.nCopies(1000, message.get(3)));
      for (int i = 0; i < 100; i++) {
        peer.send(recipients);
      }
      peer.send(Packets.join(message.subList(4, message.size())));
      peer.endSending();
      assertThat(peer.readLetters()).isEqualTo("Oia");
      assertThat(milter.lines(1).getFirst()).contains(" recipients=100000 ");
      milter.expectNoFault();
    }
  }

  @Test
  void takesManyMacrosAndAborts() throws Exception {
    List<byte[]> macros = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      macros.add(packet('D', "T{m" + i + "}\0x\0i\0id" + i + "\0"));
    }
    try (LiveMilter milter = LiveMilter.open();
        RawPeer peer = milter.raw()) {
      peer.send(Conversation.offer(Conversation.ALL));
      peer.send(Packets.join(Conversation.greeting()));
      peer.send(packet('M', "<joe@one.test>\0"));
      for (int i = 0; i < 100; i++) {
        peer.send(Packets.join(macros));
      }
      for (int i = 0; i < 1000; i++) {
        peer.send(packet('A', ""));
      }
      peer.send(Packets.join(Conversation.message()));
      peer.endSending();
      assertThat(peer.readLetters()).isEqualTo("Oia");
      milter.expectNoFault();
    }
  }

  @Test
  void signsFiftyMessagesOnOneConnection() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        MilterClient client = greeted(milter)) {
      for (int i = 0; i < 50; i++) {
        Mail mail = Mails.mail("4N" + i, "user" + i, "d" + i % 7 + ".test");
        Mails.begin(client, mail); // RSET
        client.abort();
        Mails.assertSigned(Mails.send(client, mail), mail, "s1");
        client.abort();
      }
      assertThat(milter.lines(50)).doesNotHaveDuplicates();
      milter.expectNoFault();
    }
  }

  @Test
  void readsAuthorsThatNestAndRepeatWithoutEnd() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        MilterClient client = greeted(milter)) {
      for (String piece :
          List.of("(", "\"", "<", ",", "\\", "[", "@", ":", ";", "=?", "a,", ")", "(:")) {
        String value = " " + piece.repeat(100_000) + " joe@one.test";
        client.mail("<joe@one.test>");
        client.header(HeaderField.of("From", value));
        client.header(HeaderField.of("Received", " from" + value));
        client.header(HeaderField.of("Authentication-Results", value));
        Outcome outcome = client.endOfMessage();
        assertThat(outcome.reply()).as(piece).isEqualTo(new Reply.Accept());
      }
      milter.expectNoFault();
    }
  }

  @Test
  void keepsNoMoreOfAHeaderSectionThanItsLimit() throws Exception {
    int count = 10;
    List<MilterClient> clients = new ArrayList<>();
    try (LiveMilter milter = LiveMilter.open()) {
      long before = retained();
      for (int i = 0; i < count; i++) {
        MilterClient client = milter.client();
        clients.add(client);
        client.negotiate(
            new Command.Negotiate(Protocol.VERSION, Protocol.ALL_ACTIONS, Conversation.WAITING));
        Mails.greet(client);
        Mails.begin(client, MAIL);
        for (int j = 0; j < 1000; j++) { // 10 MB, each field answered
          client.header(LONG);
        }
      }
      // 100 MB came; 10 header sections of at most 1 MB are kept, and as much again may be waste.
      assertThat(retained() - before).isLessThan(2L * count * LiveMilter.LIMITS.maxBytes());
      for (MilterClient client : clients) {
        assertThat(Mails.content(client, MAIL).reply()).isEqualTo(TOO_LARGE);
        client.close();
      }
      milter.expectNoFault();
    }
  }

  /** Bytes on the heap that are in use. */
  private static long retained() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
