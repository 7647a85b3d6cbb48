package dovetail.lookup.map;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Faulty;
import dovetail.directory.Town;
import dovetail.live.Octets;
import dovetail.lookup.Conversation;
import dovetail.lookup.wire.Reply;
import dovetail.lookup.wire.Request;
import dovetail.lookup.wire.SocketmapCodec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each question of all conversations, to a directory that fails at each of its calls: by itself, or
 * with all that come after it, or with all before it. The answer is the right one or TEMP.
 */
class UnavailableTest {
  static List<Conversation> conversations() {
    return Conversation.all();
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void answersRightOrNotYet(Conversation conversation) throws IOException {
    Faulty directory = new Faulty(conversation.directory());
    MapRegistry maps = MapRegistry.of(directory);
    for (Conversation.Exchange exchange : conversation.exchanges()) {
      if (!exchange.request().isEmpty() && !exchange.answer().equals("!")) {
        Request request = new SocketmapCodec(Octets.input(exchange.sent()), _ -> {}).read();
        Reply right = ask(maps, request, directory.failing(_ -> false));
        int calls = directory.calls();
        for (int n = 0; n < calls; n++) {
          int failing = n;
          for (IntPredicate fails :
              List.<IntPredicate>of(
                  call -> call == failing, call -> call >= failing, call -> call <= failing)) {
            Reply reply = ask(maps, request, directory.failing(fails));
            assertThat(reply instanceof Reply.Temp || reply.equals(right))
                .as("%s answers %s, failing at call %d", exchange, reply, n)
                .isTrue();
          }
        }
        if (calls > 0) {
          assertThat(ask(maps, request, directory.failing(_ -> true)))
              .as("%s with no directory at all", exchange)
              .isInstanceOf(Reply.Temp.class);
        }
      }
    }
  }

  private static Reply ask(MapRegistry maps, Request request, Faulty directory) {
    assertThat(directory.calls()).isZero();
    return maps.find(request.map(), request.key(), true).reply();
  }

  /** What can be nothing of ours needs no directory to be refused. */
  @Test
  void needsNoDirectoryForWhatIsNoAddress() {
    Faulty directory = new Faulty(Town.of(""));
    MapRegistry maps = MapRegistry.of(directory.failing(_ -> true));
    for (String map :
        List.of(
            "virtual_alias_maps",
            "virtual_mailbox_maps",
            "relay_recipient_maps",
            "smtpd_sender_login_maps",
            "virtual_mailbox_domains",
            "virtual_alias_domains",
            "relay_domains")) {
      Reply reply = maps.find(map, Optional.of("<>"), true).reply();
      assertThat(reply).as(map).isEqualTo(new Reply.NotFound());
    }
    assertThat(directory.calls()).isZero();
  }

  /** A reason of the database's is for our log, not for Postfix's. */
  @Test
  void keepsTheReasonForOurLog() {
    Faulty directory = new Faulty(Town.of("")).failing(_ -> true);
    Finding finding =
        MapRegistry.of(directory).find("relay_domains", Optional.of("example.com"), false);
    assertThat(finding.reply()).isEqualTo(new Reply.Temp("the directory is not available"));
    assertThat(finding.detail()).isEqualTo("planted");
    assertThat(finding.reason()).isEqualTo(Reason.UNAVAILABLE);
  }
}
