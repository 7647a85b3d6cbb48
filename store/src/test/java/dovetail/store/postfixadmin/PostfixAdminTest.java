package dovetail.store.postfixadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.directory.edit.Change;
import dovetail.directory.edit.Row;
import dovetail.mail.Domain;
import dovetail.store.foreign.MysqlDump;
import dovetail.store.foreign.UnreadableException;
import dovetail.store.postfixadmin.Survey.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rows of PostfixAdmin's tables become. */
final class PostfixAdminTest {
  private static final String SCHEMA =
      "CREATE TABLE domain (domain text, description text, aliases int, mailboxes int, maxquota"
          + " bigint, quota bigint, transport text, backupmx int, active int);\n"
          + "CREATE TABLE alias_domain (alias_domain text, target_domain text, active int);\n"
          + "CREATE TABLE mailbox (username text, password text, name text, maildir text, quota"
          + " bigint, active int, smtp_active int);\n"
          + "CREATE TABLE alias (address text, goto text, active int);\n"
          + "CREATE TABLE vacation (email text);\n";

  private static final String DOMAIN =
      "INSERT INTO domain VALUES ('one.example','',0,0,0,0,'virtual',0,1);\n";

  @TempDir Path folder = Path.of(".");

  private PostfixAdmin read(ImportOptions options, String... statements) throws IOException {
    Path file = folder.resolve("dump.sql");
    Files.writeString(file, SCHEMA + String.join("\n", statements));
    return PostfixAdmin.survey(MysqlDump.open(file), options, word -> "{H}" + new String(word));
  }

  private PostfixAdmin read(String... statements) throws IOException {
    return read(ImportOptions.USUAL, statements);
  }

  private static List<String> rows(PostfixAdmin source) {
    List<String> rows = new ArrayList<>();
    for (Change change : source) {
      Row row = change.row();
      rows.add(row.kind().word() + " " + row.values());
    }
    return rows;
  }

  private static String mailbox(String address, String rest) {
    return "INSERT INTO mailbox VALUES ('" + address + "'," + rest + ");";
  }

  private static String alias(String address, String targets, int active) {
    return "INSERT INTO alias VALUES ('%s','%s',%d);".formatted(address, targets, active);
  }

  private static List<String> noted(PostfixAdmin source, Note note) {
    return source.found().notes().getOrDefault(note, List.of());
  }

  @Test
  void unitsAndLimits() throws IOException {
    String rows =
        "INSERT INTO domain VALUES ('ALL','',0,0,0,0,'',0,1),"
            + "('a.example','Über\\nuns',10,-1,5,20,'virtual',0,1),"
            + "('b.example','',0,0,0,0,'lmtp:unix:/x',0,0),"
            + "('c.example','',0,0,0,-1,'relay',1,1),"
            + "('d.example','',0,0,0,0,'smtp:[192.0.2.1]',0,1);";
    assertThat(rows(read(rows)))
        .containsExactly(
            "domain {active=yes, description=Über uns, domain=a.example, max-aliases=10,"
                + " max-mailboxes=0, max-quota=20480000, type=mailbox}",
            "domain {active=no, domain=b.example, transport=lmtp:unix:/x, type=mailbox}",
            "domain {active=yes, domain=c.example, transport=relay, type=relay}",
            "domain {active=yes, domain=d.example, transport=smtp:[192.0.2.1], type=relay}");
    ImportOptions binary =
        new ImportOptions("", 1 << 20, Optional.empty(), BarePasswords.UNKNOWN, "list", Set.of());
    PostfixAdmin source = read(binary, rows);
    assertThat(rows(source).getFirst()).contains("max-quota=20971520");
    assertThat(source.found().taken())
        .containsEntry(Taken.DOMAINS, 2L)
        .containsEntry(Taken.RELAY_DOMAINS, 2L);
    assertThat(noted(source, Note.MAILBOX_QUOTA_LIMIT)).hasSize(1);
    assertThat(noted(source, Note.RELAY_RECIPIENTS)).containsExactly("c.example", "d.example");
  }

  @Test
  void limitsThatAreExceededAreLeftOut() throws IOException {
    PostfixAdmin source =
        read(
            "INSERT INTO domain VALUES ('one.example','',1,2,0,1,'',0,1);",
            mailbox("a@one.example", "'','','',1024000,1,1"),
            mailbox("b@one.example", "'','','',1,1,1"),
            alias("x@one.example", "a@one.example", 1),
            alias("a@one.example", "b@one.example", 1));
    assertThat(rows(source).getFirst())
        .isEqualTo("domain {active=yes, domain=one.example, max-mailboxes=2, type=mailbox}");
    assertThat(noted(source, Note.LIMIT_EXCEEDED))
        .containsExactly("one.example (max-aliases, max-quota)");
  }

  @Test
  void mailboxes() throws IOException {
    PostfixAdmin source =
        read(
            DOMAIN,
            mailbox("Joe@One.example", "'$6$s$h','Joe','one.example/joe/',5120000,1,1"),
            mailbox("off@one.example", "'{PLAIN}pw','','',0,0,1"),
            mailbox("mute@one.example", "'what','','',-1,1,0"),
            mailbox("no address", "'','','',0,1,1"));
    assertThat(rows(source).subList(1, 4))
        .containsExactly(
            "mailbox {address=joe@one.example, logins=smtp imap pop3 sieve, name=Joe,"
                + " password={SHA512-CRYPT}$6$s$h, quota=5120000, receive=yes, send=yes}",
            "mailbox {address=off@one.example, logins=none, password={H}pw, quota=0, receive=no,"
                + " send=no}",
            "mailbox {address=mute@one.example, logins=imap pop3 sieve, quota=0, receive=yes,"
                + " send=no}");
    assertThat(source.found().problems()).hasSize(1);
    assertThat(source.found().problems().getFirst().toString())
        .startsWith("mailbox no address (line ")
        .contains("address: expected an address");
    assertThat(noted(source, Note.FOLDER)).containsExactly("Joe@One.example");
    assertThat(noted(source, Note.CLEARTEXT)).hasSize(1);
    assertThat(noted(source, Note.UNKNOWN_PASSWORD)).containsExactly("mute@one.example");
  }

  @Test
  void foldersBelowTheMailBase() throws IOException {
    ImportOptions options =
        new ImportOptions(
            "", 1, Optional.of("/var/vmail/"), BarePasswords.UNKNOWN, "list", Set.of());
    PostfixAdmin source =
        read(
            options,
            DOMAIN,
            mailbox("a@one.example", "'','','one.example/a/',0,1,1"),
            mailbox("b@one.example", "'','','../../etc',0,1,1"));
    assertThat(rows(source).get(1)).contains("home=/var/vmail/one.example/a,");
    assertThat(source.found().problems().toString()).contains("below the mail base");
  }

  @Test
  void aliases() throws IOException {
    PostfixAdmin source =
        read(
            DOMAIN,
            mailbox("a@one.example", "'','','',0,1,1"),
            mailbox("b@one.example", "'','','',0,1,1"),
            mailbox("c@one.example", "'','','',0,1,1"),
            alias("a@one.example", "A@one.example", 1),
            alias(
                "b@one.example", "b@one.example,x@far.example,b#one.example@autoreply.example", 1),
            alias("c@one.example", "x@far.example", 0),
            alias("s@one.example", "a@one.example, b@one.example,a@one.example", 1),
            alias("self@one.example", "self@one.example", 1),
            alias("gone@one.example", "gone#one.example@autoreply.example", 1),
            alias("@one.example", "a@one.example", 1),
            alias("pipe@one.example", "|/bin/x", 1),
            alias("local@one.example", "root", 1),
            "INSERT INTO vacation VALUES ('b@one.example'),('c@one.example');");
    assertThat(rows(source).subList(4, rows(source).size()))
        .containsExactly(
            "alias {active=yes, address=b@one.example, targets=b@one.example, x@far.example,"
                + " type=list}",
            "alias {active=no, address=c@one.example, targets=x@far.example, type=list}",
            "alias {active=yes, address=s@one.example, targets=a@one.example, b@one.example,"
                + " type=list}",
            "alias {active=yes, address=@one.example, targets=a@one.example, type=list}");
    assertThat(source.found().taken())
        .containsEntry(Taken.FORWARDINGS, 2L)
        .containsEntry(Taken.ALIASES, 1L)
        .containsEntry(Taken.CATCH_ALLS, 1L);
    assertThat(source.found().problems().stream().map(problem -> problem.row().split(" ", -1)[1]))
        .containsExactly("gone@one.example", "pipe@one.example", "local@one.example");
    assertThat(noted(source, Note.AUTOREPLY)).hasSize(2);
    assertThat(noted(source, Note.ALIAS_TO_ITSELF)).containsExactly("self@one.example");
    assertThat(source.found().tables()).containsEntry("vacation", 2L).hasSize(1);
  }

  @Test
  void otherNamesOfDomains() throws IOException {
    PostfixAdmin source =
        read(
            DOMAIN,
            "INSERT INTO domain VALUES ('two.example','',0,0,0,0,'',0,1),"
                + "('three.example','',0,0,0,0,'',0,1),('four.example','',0,0,0,0,'',0,0);",
            "INSERT INTO alias_domain VALUES ('two.example','one.example',1),"
                + "('three.example','one.example',0),('four.example','one.example',1),"
                + "('five.example','one.example',1);",
            alias("abuse@two.example", "abuse@one.example", 1),
            alias("old@two.example", "x@far.example", 0),
            alias("own@two.example", "x@far.example", 1));
    assertThat(rows(source))
        .containsExactly(
            "domain {active=yes, domain=one.example, type=mailbox}",
            "domain {active=yes, domain=three.example, type=mailbox}",
            "domain {active=yes, alias-of=one.example, domain=two.example}",
            "domain {active=no, alias-of=one.example, domain=four.example}",
            "domain {active=no, alias-of=one.example, domain=five.example}");
    assertThat(source.found().problems().toString())
        .contains("own@two.example", "two.example is another name of one.example");
    assertThat(noted(source, Note.ALIAS_OF_OTHER_NAME)).hasSize(2);
    assertThat(noted(source, Note.OTHER_NAME_OFF)).containsExactly("three.example");
    assertThat(noted(source, Note.OTHER_NAME_WITHOUT_DOMAIN)).containsExactly("five.example");
  }

  @Test
  void aliasesOfRelayDomainsMayLeadToThemselves() throws IOException {
    PostfixAdmin source =
        read(
            "INSERT INTO domain VALUES ('one.example','',0,0,0,0,'',1,1);",
            alias("a@one.example", "a@one.example", 1));
    assertThat(rows(source).getLast()).contains("address=a@one.example, targets=a@one.example");
  }

  @Test
  void someDomainsOnly() throws IOException {
    ImportOptions options =
        new ImportOptions(
            "",
            1,
            Optional.empty(),
            BarePasswords.UNKNOWN,
            "alias",
            Set.of(Domain.parse("two.example").orElseThrow()));
    PostfixAdmin source =
        read(
            options,
            DOMAIN,
            "INSERT INTO domain VALUES ('two.example','',0,0,0,0,'',0,1);",
            mailbox("a@one.example", "'','','',0,1,1"),
            mailbox("a@two.example", "'','','',0,1,1"),
            alias("s@two.example", "a@one.example", 1),
            alias("s@one.example", "a@one.example", 1));
    assertThat(rows(source)).hasSize(3);
    assertThat(rows(source).getLast()).contains("s@two.example").contains("type=alias");
  }

  @Test
  void aDatabaseOfSomethingElseIsRefused() throws IOException {
    Path file = folder.resolve("other.sql");
    Files.writeString(file, "CREATE TABLE domain (domain text);");
    assertThatThrownBy(
            () -> PostfixAdmin.survey(MysqlDump.open(file), ImportOptions.USUAL, _ -> ""))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("there is no table mailbox");
    Files.writeString(file, "CREATE TABLE domain (name text);");
    assertThatThrownBy(
            () -> PostfixAdmin.survey(MysqlDump.open(file), ImportOptions.USUAL, _ -> ""))
        .hasMessageContaining("the table domain has no column domain");
  }
}
