package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.wire.DictClientCodec;
import dovetail.auth.wire.DictCommand;
import dovetail.auth.wire.DictHello;
import dovetail.auth.wire.DictReply;
import dovetail.directory.Lookup;
import dovetail.directory.Usage;
import dovetail.directory.login.LastLogin;
import dovetail.mail.Address;
import dovetail.serve.Running;
import dovetail.serve.Site;
import dovetail.serve.Stores;
import dovetail.server.io.BoundedInput;
import dovetail.store.sql.Store;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Dovecot's dict clients ask and write, on an embedded database. */
@Timeout(60)
final class DovecotDictTest {
  private static final Address JOE = Address.parse("joe@example.com").orElseThrow();

  @TempDir Path folder = Path.of(".");
  private Site site = new Site(Path.of("."), 0, 0);

  @BeforeEach
  void begin() throws Exception {
    site = Site.in(folder);
    Files.writeString(
        folder.resolve("conf.d").resolve("auth.toml"),
        """
        [auth]
        enabled = true
        listen = ["unix:%s/auth"]
        userdb_listen = []
        dict_auth_listen = ["unix:%s/dict-auth"]
        dict_listen = ["unix:%s/dict"]
        """
            .formatted(folder, folder, folder));
    run("", "domain", "add", "example.com");
    run("sesame\n", "mailbox", "add", JOE.toString(), "--password-stdin");
  }

  private void run(String input, String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", site.config()));
    assertThat(Run.withInput(input, all.toArray())).isEqualTo(new Run(0, "", ""));
  }

  private SocketChannel connect(String socket) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(socket)));
  }

  private static DictClientCodec client(SocketChannel channel) throws IOException {
    DictClientCodec client =
        new DictClientCodec(
            new BoundedInput(channel), channel::write, new DictHello(3, 2, 0, "", "dovetail"));
    client.writeHello();
    return client;
  }

  @Test
  void passwordsAreToldAtTheOneSocketAlone() throws Exception {
    DictCommand asked = new DictCommand.Lookup("shared/passdb/imap/" + JOE, "");
    try (Running _ = Running.start(site);
        SocketChannel accounts = connect("dict-auth");
        SocketChannel sink = connect("dict")) {
      DictClientCodec client = client(accounts);
      client.write(asked);
      assertThat(((DictReply.Values) client.readLookup()).values().getFirst())
          .startsWith("{\"user\":\"joe@example.com\",\"password\":\"{ARGON2ID}$argon2id$");
      DictClientCodec writer = client(sink);
      writer.write(asked);
      assertThat(writer.readLookup()).isInstanceOf(DictReply.Failed.class);
    }
  }

  /** At the latest when it ends. */
  @Test
  void whatIsWrittenIsInTheDatabase() throws Exception {
    try (Running running = Running.start(site);
        SocketChannel sink = connect("dict")) {
      DictClientCodec client = client(sink);
      client.write(
          List.of(
              new DictCommand.Begin(1, "JOE@example.com", 0),
              new DictCommand.Set(1, "priv/quota/storage", "12345"),
              new DictCommand.Set(1, "priv/quota/messages", "6"),
              new DictCommand.Set(1, "shared/last-login/joe@example.com/imap", "1700000000"),
              new DictCommand.Commit(1),
              new DictCommand.Begin(2, "nobody@example.com", 0),
              new DictCommand.Set(2, "priv/quota/storage", "12345"),
              new DictCommand.Commit(2)));
      assertThat(client.readCommit()).isEqualTo(DictReply.Committed.done(1));
      assertThat(client.readCommit()).isEqualTo(DictReply.Committed.done(2));
      assertThat(running.log()).doesNotContain("error", "warning: auth");
    }
    try (Store store = Stores.open(site.load())) {
      assertThat(store.directory().usage(JOE)).isEqualTo(new Lookup.Found<>(new Usage(12345, 6)));
      assertThat(store.directory().usage(Address.parse("nobody@example.com").orElseThrow()))
          .isEqualTo(new Lookup.Absent<>());
      assertThat(store.logins().last(JOE))
          .containsExactly(new LastLogin(JOE, "imap", Instant.ofEpochSecond(1_700_000_000), ""));
    }
  }
}
