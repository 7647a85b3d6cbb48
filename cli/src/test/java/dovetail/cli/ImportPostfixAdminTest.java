package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dovetail import postfixadmin} into an embedded database. */
final class ImportPostfixAdminTest {
  private static final String DUMP =
      """
      -- MySQL dump 10.13
      CREATE TABLE `domain` (`domain` varchar(255), `quota` bigint, `transport` varchar(255),
        `backupmx` tinyint(1), `active` tinyint(1));
      CREATE TABLE `alias_domain` (`alias_domain` varchar(255), `target_domain` varchar(255));
      CREATE TABLE `mailbox` (`username` varchar(255), `password` varchar(255), `quota` bigint,
        `maildir` varchar(255), `active` tinyint(1));
      CREATE TABLE `alias` (`address` varchar(255), `goto` text, `active` tinyint(1));
      CREATE TABLE `vacation` (`email` varchar(255));
      INSERT INTO `domain` VALUES ('ALL',0,'',0,1),('one.example',10,'virtual',0,1),
        ('two.example',0,'virtual',0,1);
      INSERT INTO `alias_domain` VALUES ('two.example','one.example');
      INSERT INTO `mailbox` VALUES ('joe@one.example','{PLAIN}secret',1024000,'one.example/joe/',1),
        ('ann@one.example','$6$s$h',0,'one.example/ann/',1);
      INSERT INTO `alias` VALUES ('joe@one.example','joe@one.example',1),
        ('ann@one.example','ann@one.example,x@far.example',1),('@one.example','joe@one.example',1);
      INSERT INTO `vacation` VALUES ('joe@one.example');
      """;
  private static final String END = "-- Dump completed on 2026-01-02\n";

  @TempDir Path folder = Path.of(".");
  private Site site = new Site(Path.of("."), 0, 0);

  @BeforeEach
  void begin() {
    site = Site.in(folder);
  }

  private Run run(String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--config");
    all.add(site.config());
    return Run.of(all.toArray());
  }

  private Run load(String dump, String... more) throws IOException {
    Path file = folder.resolve("dump.sql");
    Files.writeString(file, dump);
    List<String> words = new ArrayList<>(List.of("import", "postfixadmin", "--dump", "" + file));
    words.addAll(List.of(more));
    return run(words.toArray(new String[0]));
  }

  @Test
  void allIsTakenAndWhatIsNotIsListed() throws IOException {
    Run run = load(DUMP + END);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            found: 1 domains, 1 alias domains, 2 mailboxes, 1 forwardings, 1 catch alls
            note: passwords in cleartext, which are hashed (1): joe@one.example
            note: folders of mailboxes (maildir): left out, since --mail-base was not given (2):\
             joe@one.example, ann@one.example
            not taken: the table vacation, rows: 1
            written: 6 rows
            """);
    assertThat(run("domain", "list").out())
        .isEqualTo("one.example  max-quota=10240000\ntwo.example  alias-of=one.example\n");
    assertThat(run("mailbox", "dump", "--with-passwords").out())
        .contains("ann@one.example,,0,yes,yes,smtp imap pop3 sieve,,,,{SHA512-CRYPT}$6$s$h")
        .contains("{ARGON2ID}$argon2id$")
        .doesNotContain("secret");
    assertThat(run("alias", "list").out())
        .isEqualTo(
            """
            @one.example  targets=joe@one.example  type=list
            ann@one.example  targets=ann@one.example, x@far.example  type=list
            """);
    assertThat(run("audit", "list").out()).contains("add mailbox joe@one.example");
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    Run run = load(DUMP + END, "--dry-run", "--json", "--mail-base", "/var/vmail");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("{\"written\":false,\"rows\":6,\"found\":{\"domains\":1,\"alias_domains\":1,")
        .contains("{\"note\":\"cleartext\",\"about\":\"passwords in cleartext, which are hashed\",")
        .contains("\"tables_not_taken\":{\"vacation\":1},\"refused\":[]}")
        .doesNotContain("\"folder\"");
    assertThat(run("domain", "list").out() + run("audit", "list").out()).isEmpty();
  }

  @Test
  void whatIsThereAlreadyIsRefusedWithAllTheRest() throws IOException {
    run("domain", "add", "one.example");
    run("mailbox", "add", "joe@one.example", "--no-password");
    Run run = load(DUMP + END);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("refused: domain one.example: it exists already\n")
        .contains("refused: mailbox joe@one.example: it exists already\n")
        .contains("nothing was written; it would be 4 rows\n");
    assertThat(run("mailbox", "list").out()).isEqualTo("joe@one.example\n");
    assertThat(load(DUMP + END, "--skip-refused").out()).contains("written: 4 rows\n");
    assertThat(run("mailbox", "list").out()).contains("ann@one.example");
  }

  @Test
  void rowsThatAreNoneAreRefusedWithTheirLine() throws IOException {
    Run run = load(DUMP + "INSERT INTO alias VALUES ('x@one.example','|/bin/sh',1);\n" + END);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("refused: alias x@one.example (line 17): targets: expected addresses")
        .contains("nothing was written");
    assertThat(run("domain", "list").out()).isEmpty();
  }

  @Test
  void halfADumpIsRefusedAsAWhole() throws IOException {
    for (int cut : List.of(0, 30, 100, 700, DUMP.length() - 10, DUMP.length())) {
      Run run = load(DUMP.substring(0, cut));
      assertThat(run.status()).as("%d", cut).isEqualTo(1);
      assertThat(run.err()).startsWith("dovetail: ").endsWith("; nothing was changed\n");
      assertThat(run.out()).isEmpty();
    }
    assertThat(run("domain", "list").out()).isEmpty();
  }

  @Test
  void wrongUsageIsSaid() throws IOException {
    assertThat(run("import", "postfixadmin").status()).isEqualTo(2);
    assertThat(Run.of("import").err()).contains("a command is missing");
    assertThat(run("import", "postfixadmin", "--from", "jdbc:postgresql://x/y").err())
        .contains("--from: expected a URL that starts with");
    assertThat(load(DUMP + END, "--quota-multiplier", "0").err()).contains("number of bytes");
    assertThat(load(DUMP + END, "--bare-passwords", "x").err()).contains("expected cleartext");
    assertThat(load(DUMP + END, "--alias-type", "x").err()).contains("expected alias or list");
    assertThat(load(DUMP + END, "--mail-base", "x").err()).contains("absolute path");
    assertThat(load(DUMP + END, "--table-prefix", "a b").err()).contains("--table-prefix");
    assertThat(run("import", "postfixadmin", "--from", "jdbc:sqlite:" + folder + "/none").err())
        .startsWith("dovetail: the database jdbc:sqlite:")
        .endsWith("; nothing was changed\n");
  }
}
