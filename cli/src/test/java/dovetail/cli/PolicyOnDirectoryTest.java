package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dovetail.directory.Usage;
import dovetail.mail.Address;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.PolicyClient;
import dovetail.policy.wire.Request;
import dovetail.serve.Running;
import dovetail.serve.Site;
import dovetail.serve.Stores;
import dovetail.store.sql.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that ask the directory, on an embedded database. */
final class PolicyOnDirectoryTest {
  private static final String RULES =
      """
      [[policy.rule]]
      type = "sender-login"
      [[policy.rule]]
      type = "recipient"
      [[policy.rule]]
      type = "quota"
      """;

  @TempDir Path folder = Path.of(".");
  private Site site = new Site(Path.of("."), 0, 0);
  private int port;

  @BeforeEach
  void begin() throws Exception {
    site = Site.in(folder);
    port = Site.freePort();
    write("database.url = \"jdbc:sqlite:%s\"\n".formatted(folder.resolve("dovetail.db")), RULES);
  }

  private void write(String database, String rules) throws IOException {
    Files.writeString(
        folder.resolve("conf.d").resolve("store.toml"),
        """
        %sdatabase.key_file = "%s"
        lookup.enabled = false
        policy.listen = ["inet:127.0.0.1:%d"]
        %s
        """
            .formatted(database, folder.resolve("secret.key"), port, rules));
  }

  private void good(String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", site.config()));
    assertThat(Run.of(all.toArray())).isEqualTo(new Run(0, "", ""));
  }

  private String ask(String login, String sender, String recipient, String size)
      throws IOException {
    Request request =
        new Request.Builder()
            .put(Attribute.REQUEST, Request.KIND)
            .put(Attribute.PROTOCOL_STATE, "RCPT")
            .put(Attribute.SASL_USERNAME, login)
            .put(Attribute.SENDER, sender)
            .put(Attribute.RECIPIENT, recipient)
            .put(Attribute.SIZE, size)
            .build();
    try (PolicyClient client =
        PolicyClient.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port))) {
      return client.ask(request);
    }
  }

  @Test
  void postfixIsToldWhatTheDirectoryKnows() throws Exception {
    good("domain", "add", "example.com", "--default-quota", "1000");
    good("mailbox", "add", "joe@example.com", "--no-password");
    good("mailbox", "add", "ann@example.com", "--no-password", "--quota", "0");
    good("mailbox", "add", "ken@example.com", "--no-password");
    String joe = "joe@example.com";
    try (Store store = Stores.open(site.load())) {
      store
          .usage()
          .put(Address.parse("ken@example.com").orElseThrow(), new Usage(1000, 1), Instant.EPOCH);
      store
          .usage()
          .put(Address.parse("ann@example.com").orElseThrow(), new Usage(1000, 1), Instant.EPOCH);
    }
    try (Running _ = Running.start(site)) {
      assertThat(ask("", "who@elsewhere.example", joe, "10")).isEqualTo("DUNNO");
      assertThat(ask(joe, "Joe+x@example.com", "ann@example.com", "10")).isEqualTo("DUNNO");
      assertThat(ask(joe, "ann@example.com", joe, "10"))
          .isEqualTo("553 5.7.1 not owned by user joe@example.com");
      assertThat(ask("", "", "jo@example.com", "10"))
          .isEqualTo("550 5.1.1 there is no such address here");
      assertThat(ask("", "", "ken@example.com", "50")).isEqualTo("DUNNO");
      assertThat(ask("", "", "ken@example.com", "51")).isEqualTo("452 4.2.2 the mailbox is full");
    }
  }

  @Test
  void aRuleWithoutADatabaseIsRefused() throws Exception {
    assumeFalse(
        Files.isDirectory(Path.of("/var/lib/dovetail")),
        "there is /var/lib/dovetail, which has the usual database");
    write("", RULES);
    Run run = Run.of("check-config", "--config", site.config());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("store.toml")
        .contains("the rule \"sender-login\" asks the database, and there is none");
    write("", RULES.replace("type", "mode = \"off\"\ntype"));
    assertThat(Run.of("check-config", "--config", site.config()).status()).isZero();
  }

  @Test
  void parametersAreRead() throws Exception {
    String url = "database.url = \"jdbc:sqlite:%s\"\n".formatted(folder.resolve("dovetail.db"));
    for (String good :
        List.of(
            "type = \"sender-login\"\nunproven = \"refuse\"\nforeign = \"allow\"\ncode = 450",
            "type = \"recipient\"\ntext = \"nobody here\"",
            "type = \"quota\"\ngrace = 0\ncode = 552")) {
      write(url, "[[policy.rule]]\n" + good);
      assertThat(Run.of("check-config", "--config", site.config()).err()).doesNotContain("rule");
    }
    for (String bad :
        List.of(
            "type = \"sender-login\"\nunproven = \"hold\"",
            "type = \"sender-login\"\nforeign = true",
            "type = \"recipient\"\ngrace = 5",
            "type = \"quota\"\ngrace = 101",
            "type = \"quota\"\ncode = 250")) {
      write(url, "[[policy.rule]]\n" + bad);
      assertThat(Run.of("check-config", "--config", site.config()).status()).as(bad).isEqualTo(3);
    }
  }
}
