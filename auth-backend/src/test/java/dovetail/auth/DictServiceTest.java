package dovetail.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.wire.DictClientCodec;
import dovetail.auth.wire.DictCommand;
import dovetail.auth.wire.DictHello;
import dovetail.auth.wire.DictReply;
import dovetail.directory.Account;
import dovetail.directory.LoginService;
import dovetail.directory.MapAccounts;
import dovetail.live.RawPeer;
import dovetail.mail.Address;
import dovetail.server.io.BoundedInput;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dict services over a socket: outages, bounds, what is logged. */
@Timeout(60)
class DictServiceTest {
  private static final String JOE = "joe@one.example";
  private static final String HELLO = "H3\t2\t0\t\tdovetail\n";

  @TempDir private Path folder;

  /** A client of Dovecot 2.3. */
  private static final class Client implements AutoCloseable {
    private final SocketChannel channel;
    private final DictClientCodec codec;

    private Client(LiveDict dict) throws IOException {
      channel = SocketChannel.open(dict.address());
      codec =
          new DictClientCodec(
              new BoundedInput(channel), channel::write, new DictHello(3, 2, 0, "", "dovetail"));
      codec.writeHello();
    }

    private DictReply.Lookup lookup(String key) throws IOException {
      codec.write(new DictCommand.Lookup(key, ""));
      return codec.readLookup();
    }

    private DictReply.Committed set(String... keysAndValues) throws IOException {
      codec.write(new DictCommand.Begin(1, JOE, 0));
      for (int i = 0; i < keysAndValues.length; i += 2) {
        codec.write(new DictCommand.Set(1, keysAndValues[i], keysAndValues[i + 1]));
      }
      codec.write(new DictCommand.CommitAsync(1));
      return codec.readCommit();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Test
  void nobodyIsUnknownWhileTheDatabaseIsAway() throws Exception {
    MapAccounts accounts = Accounting.some();
    try (LiveDict dict = LiveDict.accounts(folder, accounts);
        Client client = new Client(dict)) {
      accounts.unavailable(Optional.of("planted"));
      DictReply failed = new DictReply.Failed("the accounts cannot be read at the moment");
      assertThat(client.lookup("shared/passdb/imap/" + JOE)).isEqualTo(failed);
      assertThat(client.lookup("shared/userdb/" + JOE)).isEqualTo(failed);
      client.codec.write(
          new DictCommand.Iterate(DictCommand.Iterate.NO_VALUE, 0, List.of("shared/userdb/"), ""));
      assertThat(client.codec.readRow()).isEqualTo(failed);
      accounts.unavailable(Optional.empty());
      assertThat(client.lookup("shared/userdb/" + JOE)).isInstanceOf(DictReply.Values.class);
      LiveDict.await(() -> questions(dict, "deferred") == 2 && questions(dict, "found") == 1);
      assertThat(dict.complaints())
          .containsExactly("one question about users could not be answered: planted");
      dict.expectNoFault();
    }
  }

  private static double questions(LiveDict dict, String found) {
    return dict.metric(
        "dovetail_auth_questions_total{found=\"%s\",protocol=\"dict\"}".formatted(found));
  }

  /** Each page begins behind the last one; none is skipped, none comes twice. */
  @Test
  void allUsersAreNamed() throws Exception {
    MapAccounts accounts = new MapAccounts();
    for (int i = 0; i < 2_000; i++) {
      accounts.put(
          new Account(
              Address.parse("user%04d@one.example".formatted(i)).orElseThrow(),
              true,
              true,
              true,
              EnumSet.noneOf(LoginService.class),
              List.of(),
              Account.Place.USUAL,
              new Account.Credentials(Optional.empty(), List.of(), false)));
    }
    try (LiveDict dict = LiveDict.accounts(folder, accounts);
        Client client = new Client(dict)) {
      for (int most : new int[] {0, 1, 999, 1_000, 1_001, 1_999, 2_000, 5_000}) {
        client.codec.write(new DictCommand.Iterate(0, most, List.of("shared/userdb/"), ""));
        int expected = most == 0 ? 2_000 : Math.min(most, 2_000);
        for (int i = 0; i < expected; i++) {
          assertThat(client.codec.readRow())
              .isEqualTo(
                  new DictReply.Row(
                      "shared/userdb/user%04d@one.example".formatted(i), List.of("")));
        }
        assertThat(client.codec.readRow()).isEqualTo(new DictReply.End());
      }
      dict.expectNoFault();
    }
  }

  @Test
  void nothingThatIsSecretIsLogged() throws Exception {
    try (LiveDict dict = LiveDict.accounts(folder, Accounting.some());
        Client client = new Client(dict)) {
      dict.debug();
      DictReply.Lookup told = client.lookup("shared/passdb/imap/" + JOE);
      assertThat(((DictReply.Values) told).values().getFirst()).contains("{PLAIN}sesame");
      client.lookup("shared/passdb/" + "x".repeat(5_000));
      client.lookup("shared/secret/" + JOE);
      client.lookup("shared/secret/other");
      LiveDict.await(() -> dict.complaints().size() == 2);
      assertThat(dict.lines())
          .containsExactly("auth: -: found protocol=dict user=joe@one.example delay_us=0");
      assertThat(dict.complaints())
          .containsExactly(
              "there is nothing at shared/passdb/: Dovecot's keys are passdb/%Ls/%u and userdb/%u,"
                  + " its iterate_prefix is userdb/",
              "there is nothing at shared/secret/: Dovecot's keys are passdb/%Ls/%u and userdb/%u,"
                  + " its iterate_prefix is userdb/");
    }
  }

  @Test
  void theSinkAnswersNoLookup() throws Exception {
    LiveDict.Notes notes = new LiveDict.Notes();
    try (LiveDict dict = LiveDict.sink(folder, notes);
        Client client = new Client(dict)) {
      for (String key : List.of("shared/passdb/imap/" + JOE, "priv/quota/storage", "shared/")) {
        assertThat(client.lookup(key))
            .isEqualTo(new DictReply.Failed("this socket only takes quota and last logins"));
      }
      LiveDict.await(() -> dict.complaints().size() == 1);
      assertThat(dict.complaints().getFirst()).startsWith("a dict client wants to read from");
      dict.pass(Duration.ofHours(1));
      client.lookup("shared/userdb/" + JOE);
      LiveDict.await(() -> dict.complaints().size() == 2);
      assertThat(notes.all()).isEmpty();
      dict.expectNoFault();
    }
  }

  @Test
  void whatCannotBeKeptIsNotSaidToBe() throws Exception {
    LiveDict.Notes notes = new LiveDict.Notes();
    try (LiveDict dict = LiveDict.sink(folder, notes);
        Client client = new Client(dict)) {
      assertThat(client.set("priv/quota/storage", "1").outcome()).isEqualTo(DictReply.Outcome.DONE);
      notes.fill();
      assertThat(client.set("priv/quota/storage", "2"))
          .isEqualTo(
              new DictReply.Committed(
                  1,
                  true,
                  DictReply.Outcome.FAILED,
                  "the database has been away for long, and no more can be kept for it"));
      String[] many = new String[2 * 65];
      for (int i = 0; i < many.length; i += 2) {
        many[i] = "shared/last-login/user%d@one.example/imap".formatted(i);
        many[i + 1] = "1";
      }
      assertThat(client.set(many).error()).isEqualTo("more than 64 keys at once");
      assertThat(notes.all())
          .containsExactly("Bytes[user=joe@one.example, bytes=1, at=2026-03-01T12:00:00Z]");
      LiveDict.await(() -> dict.metric("dovetail_auth_notes_total{outcome=\"refused\"}") == 2);
      assertThat(dict.metric("dovetail_auth_notes_total{outcome=\"taken\"}")).isEqualTo(1);
      assertThat(dict.complaints()).hasSize(1);
      dict.expectNoFault();
    }
  }

  @Test
  void nobodyHasTransactionsWithoutEnd() throws Exception {
    LiveDict.Notes notes = new LiveDict.Notes();
    try (LiveDict dict = LiveDict.sink(folder, notes)) {
      try (RawPeer peer = RawPeer.connect(dict.address())) {
        peer.send(HELLO);
        for (int i = 0; i < 8; i++) {
          peer.send("B%d\t\n".formatted(i));
        }
        peer.send("R0\nB8\tx\nC8\n");
        LiveDict.await(() -> dict.metric("dovetail_auth_notes_total{outcome=\"taken\"}") == 1);
        peer.send("B9\t\nB10\t\n");
        LiveDict.await(() -> dict.connections() == 0);
      }
      dict.expectNoFault();
    }
  }

  /** Or one connection could fill the memory. */
  @Test
  void nothingIsKeptOfNamesThatNoMailboxHas() throws Exception {
    LiveDict.Notes notes = new LiveDict.Notes();
    String long1 = "x".repeat(65_000);
    try (LiveDict dict = LiveDict.sink(folder, notes);
        Client client = new Client(dict)) {
      assertThat(client.set("shared/last-login/" + long1, "1").error())
          .isEqualTo("a name of more than 1100 characters");
      assertThat(client.set(long1, "1").error()).isEqualTo("a name of more than 1100 characters");
      assertThat(notes.all()).isEmpty();
    }
  }

  /** Who has begun something is to end it; who has not may come back whenever he likes. */
  @Test
  void waitsForEverBetweenTransactionsAlone() throws Exception {
    LiveDict.Notes notes = new LiveDict.Notes();
    try (LiveDict dict = LiveDict.sink(folder, notes);
        Client idle = new Client(dict);
        Client slow = new Client(dict)) {
      idle.set("priv/quota/storage", "1");
      slow.set("priv/quota/storage", "2");
      slow.codec.write(new DictCommand.Begin(2, JOE, 0));
      slow.lookup("priv/quota/storage"); // by now it has begun
      dict.pass(Duration.ofDays(1));
      LiveDict.await(() -> dict.connections() == 1);
      assertThat(idle.set("priv/quota/storage", "3").outcome()).isEqualTo(DictReply.Outcome.DONE);
      dict.expectNoFault();
    }
  }
}
