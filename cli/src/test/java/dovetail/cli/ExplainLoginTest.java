package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Usage;
import dovetail.directory.login.AppPasswordUse;
import dovetail.directory.login.Block;
import dovetail.directory.login.LastLogin;
import dovetail.mail.Address;
import dovetail.serve.Site;
import dovetail.serve.Stores;
import dovetail.store.sql.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dovetail explain login} says, on an embedded database. */
final class ExplainLoginTest {
  private static final Address JOE = Address.parse("joe@one.example").orElseThrow();
  private static final String HASH = "{SSHA}IdfzURG1vYyQ1FyGVPK2qgo4BTpzYWx0";
  private static final String MD5 = "{MD5-CRYPT}$1$01234567$D.A5wCZCpbxTTQBFrWmMH1";

  @TempDir Path folder = Path.of(".");
  private final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
  private Site site = new Site(Path.of("."), 0, 0);

  @BeforeEach
  void begin() throws Exception {
    site = Site.in(folder);
    auth("");
    run("domain", "add", "one.example");
    run("domain", "add", "other.example", "--alias-of", "one.example");
    run("domain", "add", "off.example", "--active", "no");
    run("mailbox", "add", "joe@one.example", "--no-password", "--quota", "10M");
    run("mailbox", "add", "none@one.example", "--no-password");
    run("mailbox", "add", "gone@off.example", "--no-password");
    run("alias", "add", "sales@one.example", "joe@one.example");
    password("joe@one.example", HASH);
    password("gone@off.example", HASH);
  }

  private void auth(String lines) throws Exception {
    Files.writeString(
        folder.resolve("conf.d").resolve("auth.toml"),
        """
        [auth]
        enabled = true
        listen = ["unix:%s"]
        userdb_listen = []
        dict_auth_listen = []
        dict_listen = []
        mail_home = "/var/vmail/%%{user}"
        mail_uid = 5000
        %s
        """
            .formatted(folder.resolve("auth"), lines));
  }

  private void password(String address, String hash) throws Exception {
    Path rows = folder.resolve("rows.jsonl");
    Files.writeString(rows, "{\"address\":\"%s\",\"password\":\"%s\"}\n".formatted(address, hash));
    Run run = run("mailbox", "load", rows.toString(), "--format", "jsonl", "--update");
    assertThat(run.err()).isEmpty();
  }

  private Run run(String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--config");
    all.add(site.config());
    return Run.of(all.toArray());
  }

  private Run explain(String... words) {
    List<String> all = new ArrayList<>(List.of("explain", "login"));
    all.addAll(List.of(words));
    Run run = run(all.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).doesNotContain(HASH.substring(6), MD5.substring(11));
    return run;
  }

  @Test
  void anAccountIsShownWithWhatOpensWhat() throws Exception {
    run("app-password", "add", "joe@one.example", "phone", "--services", "imap");
    try (Store store = Stores.open(site.load())) {
      store.logins().used(List.of(new AppPasswordUse(JOE, "phone", now.plusSeconds(60))));
      store.logins().loggedIn(List.of(new LastLogin(JOE, "imap", now, "192.0.2.9")));
      store.usage().put(JOE, new Usage(919, 2), now);
    }
    Run run = explain("JOE@Other.Example");
    assertThat(run.status()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "account       joe@one.example, of whose domain this is another name",
            "domain        in use",
            "rights        smtp imap pop3 sieve",
            "password      {SSHA}",
            "app password  phone: {SSHA512}, imap, last used " + now.plusSeconds(60),
            "smtp          opened by password  (phone: service-off)",
            "imap          opened by password, phone",
            "pop3          opened by password  (phone: service-off)",
            "sieve         opened by password  (phone: service-off)",
            "kept out      nobody",
            "last login    imap " + now + " 192.0.2.9",
            "mail          home=/var/vmail/joe@one.example uid=5000 quota_rule=*:bytes=10485760",
            "delivery      lmtp finds it",
            "holds         919 bytes in 2 messages");
  }

  @Test
  void aServiceIsClosedToWhoHasNoRightForIt() {
    run("mailbox", "set", "joe@one.example", "--logins", "smtp imap", "--send", "no");
    assertThat(explain("joe@one.example", "--service", "IMAPS").status()).isZero();
    Run smtp = explain("joe@one.example", "--service", "submission");
    assertThat(smtp.status()).isEqualTo(1);
    assertThat(smtp.out())
        .contains("rights        smtp imap, may not send\n")
        .contains("submission    closed  (password: service-off)\n");
    assertThat(explain("joe@one.example", "--service", "pop3").status()).isEqualTo(1);
  }

  @Test
  void networksCountForAClient() {
    run("mailbox", "set", "joe@one.example", "--networks", "192.0.2.0/24");
    assertThat(explain("joe@one.example").out()).contains("sieve, from 192.0.2.0/24 only\n");
    String[] words = {"joe@one.example", "--service", "imap", "--client", "192.0.2.7"};
    assertThat(explain(words).status()).isZero();
    words[4] = "198.51.100.7";
    Run run = explain(words);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("imap          closed  (password: network-off)\n");
  }

  @Test
  void anExpiredAppPasswordOpensNothing() {
    run("app-password", "add", "none@one.example", "old", "--expires", "2020-01-01");
    Run run = explain("none@one.example", "--service", "imap");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("old: {SSHA512}, smtp imap pop3 sieve, was good until 2020-01-")
        .contains(", never used\nimap          closed  (old: expired)\n");
  }

  @Test
  void whatCannotBeComparedIsSaid() throws Exception {
    password("joe@one.example", MD5);
    Run run = explain("joe@one.example", "--service", "imap");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("{MD5-CRYPT}, not to be compared: weak scheme, needs auth.weak_schemes\n")
        .contains("imap          closed  (password: no-password)\n");
    auth("weak_schemes = true");
    assertThat(explain("joe@one.example", "--service", "imap").status()).isZero();
  }

  @Test
  void codesAndKeysAreAskedForWhereTheConfigurationSaysSo() throws Exception {
    auth("totp_services = [\"imap\"]\nmechanisms = [\"PLAIN\", \"SCRAM-SHA-256\"]");
    run("mailbox", "set", "joe@one.example", "--totp");
    assertThat(explain("joe@one.example").out())
        .contains("password      {SSHA}, no keys for SCRAM-SHA-256 yet\n")
        .contains("imap          opened by password with a code behind it\n")
        .contains("              not by SCRAM-SHA-256, which has no place for a code\n")
        .contains("pop3          opened by password\n");
  }

  @Test
  void whoIsKeptOutIsSaid() throws Exception {
    try (Store store = Stores.open(site.load())) {
      store.blocks().put(block(Block.Kind.ACCOUNT, "joe@one.example"));
      store.blocks().put(block(Block.Kind.NETWORK, "192.0.2.7/32"));
      store.blocks().put(block(Block.Kind.PAIR, "joe@one.example 192.0.2.8/32"));
      store.blocks().put(block(Block.Kind.ACCOUNT, "ann@one.example"));
    }
    String until = "until " + now.plusSeconds(3600) + ": too many (by mx1)\n";
    Run anywhere = explain("joe@other.example");
    assertThat(anywhere.status()).isEqualTo(1);
    assertThat(anywhere.out())
        .contains("kept out      clients it has not used, " + until)
        .contains("blocked       joe@one.example 192.0.2.8/32 " + until)
        .doesNotContain("192.0.2.7", "ann@", "clients it has used");
    assertThat(explain("none@one.example", "--client", "192.0.2.7").out())
        .contains("kept out      clients it has not used, " + until);
    assertThat(explain("joe@one.example", "--client", "192.0.2.8").out())
        .contains("kept out      clients it has used, " + until);
    auth("exempt = [\"192.0.2.0/24\"]");
    assertThat(explain("joe@one.example", "--client", "192.0.2.8").out())
        .contains("kept out      clients it has not used, " + until)
        .doesNotContain("clients it has used");
  }

  private Block block(Block.Kind kind, String name) {
    return new Block(new Block.Subject(kind, name), now, now.plusSeconds(3600), "too many", "mx1");
  }

  @Test
  void whatIsNoAccountIsSaid() {
    Run alias = explain("sales@one.example");
    assertThat(alias.status()).isEqualTo(1);
    assertThat(alias.out()).contains("sales@one.example is no login but an alias;");
    assertThat(explain("sales@other.example").out()).contains("is no login but an alias;");
    assertThat(explain("nobody@one.example").out()).contains("there is no such mailbox");
    assertThat(explain("joe@far.example").out()).contains("far.example is none of our domains");
    assertThat(explain("joe").out()).contains("joe is no address");
    Run off = explain("gone@off.example");
    assertThat(off.status()).isEqualTo(1);
    assertThat(off.out())
        .contains("domain        switched off", "(password: domain-off)")
        .contains("delivery      lmtp finds nobody");
    Run none = explain("none@one.example");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.out()).contains("password      none, so nobody can log in");
  }

  @Test
  void jsonHasItAll() {
    String json = explain("joe@one.example", "--service", "imap", "--json").out();
    assertThat(json)
        .startsWith("{\"user\":\"joe@one.example\",\"opens\":true,\"enabled\":true,")
        .contains(
            "\"passwords\":[{\"kind\":\"password\",\"scheme\":\"SSHA\",\"scram_keys\":false}]")
        .contains(
            "\"doors\":[{\"service\":\"imap\",\"opens\":true,\"code\":false,"
                + "\"passwords\":[{\"opens\":true,\"reason\":\"password\"}]}]")
        .contains("\"blocks\":[],\"logins\":[]", "\"quota_rule\":\"*:bytes=10485760\"");
    assertThat(explain("joe", "--json").out())
        .startsWith("{\"user\":\"joe\",\"opens\":false,\"problem\":\"no address");
  }
}
