package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.login.Block;
import dovetail.directory.login.LastLogin;
import dovetail.mail.Address;
import dovetail.serve.Site;
import dovetail.serve.Stores;
import dovetail.store.sql.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dovetail login} shows and ends, on an embedded database. */
final class LoginCommandTest {
  private static final Address JOE = Address.parse("joe@example.com").orElseThrow();

  @TempDir Path folder = Path.of(".");
  private final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
  private Site site = new Site(Path.of("."), 0, 0);

  @BeforeEach
  void begin() throws Exception {
    site = Site.in(folder);
    run("domain", "add", "example.com");
    run("mailbox", "add", "joe@example.com", "--no-password");
    try (Store store = Stores.open(site.load())) {
      store.blocks().put(of(Block.Kind.ACCOUNT, "joe@example.com", 1));
      store.blocks().put(of(Block.Kind.NETWORK, "192.0.2.7", 2));
      store.blocks().put(of(Block.Kind.NETWORK, "192.0.2.0/24", 3));
      store.blocks().put(of(Block.Kind.NETWORK, "2001:db8:0:0:0:0:0:0/64", 4));
      store.blocks().put(of(Block.Kind.ACCOUNT, "over@example.com", -7200));
      store
          .logins()
          .loggedIn(
              List.of(
                  new LastLogin(JOE, "imap", now, "192.0.2.9"),
                  new LastLogin(JOE, "smtp", now.minusSeconds(60), "")));
    }
  }

  private Block of(Block.Kind kind, String name, int order) {
    Instant since = now.minusSeconds(60).plusSeconds(order);
    return new Block(
        new Block.Subject(kind, name), since, since.plusSeconds(3600), "why " + order, "mx1");
  }

  private Run run(String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--config");
    all.add(site.config());
    return Run.of(all.toArray());
  }

  private List<String> blocked(String... subject) {
    List<String> words = new ArrayList<>(List.of("login", "list"));
    words.addAll(List.of(subject));
    return run(words.toArray(String[]::new))
        .out()
        .lines()
        .filter(line -> line.startsWith("blocked"))
        .map(line -> line.split(" +", -1)[1])
        .toList();
  }

  @Test
  void whoIsKeptOutIsListedWithTheReason() {
    Run all = run("login", "list");
    assertThat(all.status()).isZero();
    assertThat(all.out().lines())
        .hasSize(4)
        .last()
        .isEqualTo(
            "blocked  joe@example.com  until %s  since %s  by mx1  why 1"
                .formatted(now.plusSeconds(3541), now.minusSeconds(59)));
    assertThat(blocked())
        .containsExactly("2001:db8:0:0:0:0:0:0/64", "192.0.2.0/24", "192.0.2.7", "joe@example.com");
    assertThat(blocked("JOE@example.com")).containsExactly("joe@example.com");
    assertThat(blocked("192.0.2.7")).containsExactly("192.0.2.0/24", "192.0.2.7");
    assertThat(blocked("192.0.2.8")).containsExactly("192.0.2.0/24");
    assertThat(blocked("192.0.2.0/24")).containsExactly("192.0.2.0/24");
    assertThat(blocked("2001:DB8::5")).containsExactly("2001:db8:0:0:0:0:0:0/64");
    assertThat(blocked("2001:db8::/64")).containsExactly("2001:db8:0:0:0:0:0:0/64");
    assertThat(blocked("2001:db8::/65")).isEmpty();
    assertThat(blocked("over@example.com")).isEmpty();
  }

  @Test
  void anAccountsLastLoginsAreListed() {
    assertThat(run("login", "list", "Joe@example.com").out().lines().skip(1))
        .containsExactly(
            "joe@example.com  imap  " + now + "  192.0.2.9",
            "joe@example.com  smtp  " + now.minusSeconds(60));
    assertThat(run("login", "list", "ann@example.com")).isEqualTo(new Run(0, "", ""));
    assertThat(run("login", "list", "joe@example.com", "--json").out())
        .startsWith("{\"blocks\":[{\"kind\":\"account\",\"subject\":\"joe@example.com\",\"since\":")
        .contains("\"reason\":\"why 1\",\"host\":\"mx1\"}]")
        .contains("\"logins\":[{\"account\":\"joe@example.com\",\"service\":\"imap\",\"time\":\"")
        .endsWith("\"client\":\"\"}]}\n");
    assertThat(run("login", "list", "nobody", "--json").out())
        .isEqualTo("{\"blocks\":[],\"logins\":[]}\n");
  }

  @Test
  void whoIsUnblockedIsKeptOutNoMore() {
    assertThat(run("login", "unblock", "Joe@Example.com")).isEqualTo(new Run(0, "", ""));
    assertThat(run("login", "unblock", "joe@example.com"))
        .isEqualTo(new Run(1, "", "dovetail: joe@example.com is not kept out\n"));
    assertThat(run("login", "unblock", "192.0.2.7").status()).isZero();
    assertThat(blocked()).containsExactly("2001:db8:0:0:0:0:0:0/64");
    assertThat(run("login", "unblock", "2001:db8::/48").status()).isEqualTo(1);
    assertThat(run("login", "unblock", "2001:db8::/64").status()).isZero();
    assertThat(run("login", "unblock", "over@example.com").status()).isEqualTo(1);
    assertThat(run("login", "list").out()).isEmpty();
    assertThat(run("audit", "list").out())
        .contains("unblock account joe@example.com", "unblock network 192.0.2.0/24");
  }
}
