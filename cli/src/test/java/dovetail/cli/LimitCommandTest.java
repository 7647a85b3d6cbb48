package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.CounterName;
import dovetail.counter.CounterSettings;
import dovetail.counter.Counters;
import dovetail.counter.Demand;
import dovetail.counter.Origin;
import dovetail.counter.Outcome;
import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
import dovetail.serve.Running;
import dovetail.serve.Site;
import dovetail.serve.Stores;
import dovetail.store.sql.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dovetail limit}, on an embedded database. */
final class LimitCommandTest {
  private static final String RULES =
      """
      [[policy.rule]]
      type = "limit"
      name = "out"
      key = "sasl_username"
      limit = "100/1h"
      [[policy.rule]]
      type = "limit"
      name = "clients"
      key = "client_address"
      limit = "10/1h"
      [[policy.rule]]
      type = "limit"
      name = "to"
      key = "recipient_domain"
      limit = "10/1h"
      [[policy.rule]]
      type = "limit"
      name = "from"
      key = "sender"
      limit = "10/1h"
      """;

  @TempDir Path folder = Path.of(".");
  private Site site = new Site(Path.of("."), 0, 0);

  @BeforeEach
  void begin() throws IOException {
    site = Site.in(folder);
    write(RULES);
  }

  private void write(String rules) throws IOException {
    Files.writeString(
        folder.resolve("conf.d").resolve("store.toml"),
        """
        database.url = "jdbc:sqlite:%s"
        database.key_file = "%s"
        lookup.enabled = false
        policy.listen = ["inet:127.0.0.1:%d"]
        %s
        """
            .formatted(
                folder.resolve("dovetail.db"),
                folder.resolve("secret.key"),
                Site.freePort(),
                rules));
  }

  private Run run(String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", site.config()));
    return Run.of(all.toArray());
  }

  private void good(String... words) {
    assertThat(run(words)).isEqualTo(new Run(0, "", ""));
  }

  /** What {@code limit show} prints, without the moments. */
  private List<String> shown(String... words) {
    List<String> all = new ArrayList<>(List.of("limit", "show"));
    all.addAll(List.of(words));
    Run run = run(all.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    return run.out().lines().map(line -> line.replaceAll("at 20.*", "at TIME")).toList();
  }

  /** Counts as a running service does. */
  private void use(String rule, String key, long amount) throws Exception {
    try (Store store = Stores.open(site.load())) {
      store.migrate();
      try (Counters counters =
          Counters.shared(
              CounterSettings.of(ZoneId.systemDefault(), 100),
              InstantSource.system(),
              store.counters(),
              new SecureRandom(),
              _ -> {})) {
        assertThat(counters.exchange()).isTrue();
        Demand demand =
            new Demand(
                new CounterName(rule, key),
                Quota.parse("1000/1h").orElseThrow(),
                WindowKind.SLIDING,
                Origin.OWN,
                amount);
        assertThat(counters.charge(List.of(demand))).isInstanceOf(Outcome.Granted.class);
      }
    }
  }

  @Test
  void showsWhatOneMayAndHas() throws Exception {
    good("limit", "set", "ann@example.com", "50/1h");
    good("limit", "set", "example.com", "--shared", "200/1d");
    use("out", "ann@example.com", 7);
    use("out", "bob@example.com", 9);
    assertThat(shown("Ann@EXAMPLE.com"))
        .containsExactly(
            "ann@example.com by rule out:",
            "  50/1h",
            "    7 of 50/1h used, all free at TIME",
            "  all of example.com: 200/1d",
            "    0 of 200/1d used");
    assertThat(
            run("explain", "policy", "sasl_username=bob@example.com", "recipient=x@else.example"))
        .satisfies(run -> assertThat(run.out()).contains("bob@example.com 9/100"));
  }

  @Test
  void bytesMayHaveAUnitAndOthersMayNot() throws Exception {
    write(RULES + "unit = \"bytes\"\n");
    good("limit", "set", "ann@example.com", "100MiB/1d", "--rule", "from");
    assertThat(run("limit", "list").out())
        .isEqualTo("ann@example.com  from  limits=104857600/1d\n");
    Run wrong = run("limit", "set", "ann@example.com", "100MiB/1d", "--rule", "out");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("expected a limit such as 100/1h,500/1d, unlimited");
  }

  @Test
  void anAddressIsWidenedToTheNetworkThatTheRuleCounts() throws Exception {
    Run set = run("limit", "set", "2001:db8::5", "3/1h", "--rule", "clients");
    assertThat(set)
        .isEqualTo(
            new Run(
                0,
                "",
                "dovetail: the rule \"clients\" counts 2001:db8::5 by its network:"
                    + " 2001:db8:0:0:0:0:0:0/64\n"));
    good("limit", "set", "192.0.2.9", "4/1h", "--rule", "clients");
    assertThat(run("limit", "list").out())
        .isEqualTo(
            "192.0.2.9  clients  limits=4/1h\n2001:db8:0:0:0:0:0:0/64  clients  limits=3/1h\n");
    use("clients", "[2001:db8:0:0:0:0:0:0]/64", 2);
    use("clients", "192.0.2.9/32", 1);
    for (String spelling :
        List.of("2001:db8::77", "2001:DB8::/64", "[2001:db8::]/64", "2001:db8:0:0:0:0:0:0/64")) {
      assertThat(shown(spelling, "--rule", "clients"))
          .as(spelling)
          .containsExactly(
              "2001:db8:0:0:0:0:0:0/64 by rule clients:",
              "  3/1h",
              "    2 of 3/1h used, all free at TIME");
    }
    assertThat(shown("192.0.2.9/32", "--rule", "clients"))
        .containsExactly(
            "192.0.2.9 by rule clients:", "  4/1h", "    1 of 4/1h used, all free at TIME");
    assertThat(
            run(
                    "explain",
                    "policy",
                    "client_address=2001:db8::9",
                    "sender=a@else.example",
                    "recipient=x@else.example")
                .out())
        .contains("[2001:db8:0:0:0:0:0:0]/64 2/3");
    assertThat(run("limit", "reset", "2001:db8::1", "--rule", "clients").status()).isZero();
    assertThat(shown("2001:db8::1", "--rule", "clients")).contains("    0 of 3/1h used");
    assertThat(run("limit", "remove", "2001:db8::2", "--rule", "clients").status()).isZero();
    good("limit", "remove", "192.0.2.9/32", "--rule", "clients");
    assertThat(run("limit", "list").out()).isEmpty();
    good("limit", "set", "*", "4/1h", "--rule", "clients");
  }

  @Test
  void anotherNetworkThanTheRuleCountsIsRefused() {
    for (String verb : List.of("set", "show", "remove", "reset")) {
      for (String network : List.of("2001:db8::/48", "2001:db8::/65", "2001:db8::1/128")) {
        List<String> words = new ArrayList<>(List.of("limit", verb, network, "--rule", "clients"));
        if (verb.equals("set")) {
          words.add(3, "5/1h");
        }
        Run run = run(words.toArray(String[]::new));
        assertThat(run.status()).as(verb + " " + network).isEqualTo(2);
        assertThat(run.err())
            .contains(
                "the rule \"clients\" counts networks of /64 (ipv6_prefix), found " + network);
      }
    }
    assertThat(run("limit", "set", "192.0.2.0/24", "5/1h", "--rule", "clients").err())
        .contains("the rule \"clients\" counts networks of /32 (ipv4_prefix), found 192.0.2.0/24");
    assertThat(run("limit", "set", "192.0.2.1/24", "5/1h", "--rule", "clients").err())
        .contains("192.0.2.0/24 is the network");
    assertThat(run("limit", "set", "ann@example.com", "5/1h", "--rule", "clients").err())
        .contains("the rule \"clients\" counts clients: not an IP address: \"ann@example.com\"");
    assertThat(run("limit", "set", "ann@example.com", "5/1h", "--rule", "to"))
        .satisfies(run -> assertThat(run.status()).isEqualTo(2))
        .satisfies(
            run -> assertThat(run.err()).contains("counts by recipient_domain, which is never"));
    assertThat(run("limit", "set", "example.com", "--shared", "5/1h", "--rule", "to").err())
        .contains("counts by recipient_domain: there are no accounts that could share a limit");
    assertThat(run("limit", "list").out()).isEmpty();
  }

  @Test
  void whatAFileBringsInThatNoRuleFindsIsNamedOnceAndCanBeRemoved() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("limits.csv"),
            "subject,rule,limits\n2001:db8::/48,clients,5/1h\n2001:db8::5,clients,6/1h\n");
    assertThat(run("limit", "load", file.toString()).status()).isZero();
    good("limit", "set", "ann@example.com", "50/1h");
    String said =
        "the database holds limits that no rule looks for: [2001:db8:0:0:0:0:0:0]/48 by rule"
            + " clients, [2001:db8:0:0:0:0:0:5]/128 by rule clients";
    try (Running running = Running.start(site)) {
      await(running, said);
      good("limit", "set", "bob@example.com", "50/1h", "--rule", "out");
      Path more =
          Files.writeString(
              folder.resolve("more.csv"), "subject,rule,limits\nexample.com,gone,5/1h\n");
      assertThat(run("limit", "load", more.toString()).status()).isZero();
      await(running, "no rule looks for: example.com by rule gone");
      assertThat(running.log().split("no rule looks for", -1)).hasSize(3);
    }
    good("limit", "remove", "2001:db8::/48", "--rule", "clients");
    good("limit", "remove", "2001:db8::5", "--rule", "clients");
    assertThat(run("limit", "list").out()).doesNotContain("2001");
  }

  private static void await(Running running, String line) throws InterruptedException {
    for (int i = 0; i < 1_000 && !running.log().contains(line); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(running.log()).contains(line);
  }

  @Test
  void aNameWithoutAnAtMayBeALoginAndADomain() throws Exception {
    good("limit", "set", "john.doe", "20/1h");
    good("limit", "set", "john.doe", "--shared", "90/1h");
    use("out", "john.doe", 5);
    use("out", "@john.doe", 8);
    use("out", "ann@john.doe", 8);
    assertThat(shown("John.Doe"))
        .containsExactly(
            "john.doe by rule out:",
            "  as a login: 20/1h",
            "    5 of 20/1h used, all free at TIME",
            "  each account: 20/1h",
            "  all of john.doe: 90/1h",
            "    8 of 90/1h used, all free at TIME");
    good("limit", "reset", "john.doe");
    assertThat(shown("john.doe")).contains("    0 of 20/1h used", "    0 of 90/1h used").hasSize(6);
    assertThat(shown("ann@john.doe")).contains("    8 of 20/1h used, all free at TIME");
    // A bare name is a login, unless somebody says otherwise.
    assertThat(shown("joe"))
        .containsExactly("joe by rule out:", "  100/1h", "    0 of 100/1h used");
    good("limit", "set", "joe", "--shared", "9/1h");
    assertThat(shown("joe")).contains("  as a login: 100/1h", "  all of joe: 9/1h");
    // A sender's address is never a bare name, and clients have no accounts.
    assertThat(shown("example.com", "--rule", "from"))
        .containsExactly("example.com by rule from:", "  each account: 10/1h");
    assertThat(shown("example.com", "--rule", "to"))
        .containsExactly("example.com by rule to:", "  10/1h", "    0 of 10/1h used");
  }

  @Test
  void theAuditTellsWhoHasResetALimit() {
    good("limit", "reset", "ann@example.com");
    assertThat(run("audit", "list").out())
        .containsPattern("reset +limit +ann@example.com +rule=out\n$");
  }

  @Test
  void withoutADatabaseTheServiceSaysThatItCountsInMemory() throws Exception {
    String listen = "policy.listen = [\"inet:127.0.0.1:" + Site.freePort() + "\"]\n";
    Files.writeString(
        folder.resolve("conf.d").resolve("store.toml"),
        "lookup.enabled = false\n" + listen + RULES);
    String said = "there is no database: what limits and breakers count and suspend is forgotten";
    try (Running running = Running.start(site, "policy")) {
      assertThat(running.log().split(said, -1)).hasSize(2);
    }
    write(RULES);
    try (Running running = Running.start(site, "policy")) {
      assertThat(running.log()).doesNotContain(said);
    }
  }

  @Test
  void theUsageNamesAllCommands() {
    assertThat(Run.of("limit").err())
        .contains(
            "a command is missing: set, list, show, remove, reset, suspended, release, load, dump");
  }
}
