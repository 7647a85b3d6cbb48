package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.UnavailableException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our tables as programs see them that were written for PostfixAdmin's. */
abstract class ViewCases extends OnEachDatabase {
  private String schema = "";

  /** A schema beside ours. */
  @BeforeEach
  void schema() throws Exception {
    DatabaseSettings beside = fresh();
    schema = beside.url().replaceAll("^jdbc:mariadb://localhost/([^?]*).*", "$1");
    try (Database database = Database.open(beside, new SecureRandom())) {
      assertThat(database.<Long, UnavailableException>read(sql -> sql.number("SELECT 1")))
          .isEqualTo(1);
    }
    add(
        domain("a.example", "max-mailboxes", "5", "max-quota", "20480000000", "description", "Zoë"),
        domain("b.example", "type", "relay", "transport", "smtp:[mx]", "max-aliases", "0"),
        domain("c.example", "alias-of", "a.example"),
        domain("d.example", "active", "no", "default-quota", "5G"),
        mailbox("joe@a.example", "quota", "1G", "password", "{ARGON2ID}x", "name", "Joe"),
        mailbox("ann@a.example", "receive", "no", "send", "no", "home", "/mail/ann"),
        mailbox("kim@d.example"),
        mailbox("key@d.example", "password", "{ARGON2ID}v {Scram-SHA-256}4096,QQ==,QQ==,QQ=="),
        mailbox("own@d.example", "password", "{Plain}w {SCRAM-SHA-256}4096,QQ==,QQ==,QQ=="),
        mailbox("bot@a.example", "logins", "none", "password", "{ARGON2ID}y"),
        mailbox("pop@a.example", "logins", "pop3", "password", "{ARGON2ID}z"),
        alias("sales@a.example", "joe@a.example, x@far.example"),
        alias("joe@a.example", "joe@a.example, copy@far.example"),
        alias("@d.example", "kim@d.example"));
    assertThat(store.views().define(schema)).isEqualTo(4);
  }

  private List<String> rows(String columns, String view) throws UnavailableException {
    String statement =
        "SELECT CONCAT_WS('|', %s) FROM `%s`.`%s` ORDER BY 1".formatted(columns, schema, view);
    try (Database database = Database.open(settings, new SecureRandom())) {
      return database.<List<String>, UnavailableException>read(
          sql -> new ArrayList<>(sql.all(statement, row -> row.getString(1))));
    }
  }

  @Test
  void domains() throws Exception {
    assertThat(
            rows(
                "domain, description, aliases, mailboxes, maxquota, quota, transport, backupmx,"
                    + " active",
                "domain"))
        .containsExactly(
            "a.example|Zoë|0|5|0|20000|virtual|0|1",
            "b.example||-1|0|0|0|smtp:[mx]|1|1",
            "c.example||0|0|0|0|virtual|0|1",
            "d.example||0|0|0|0|virtual|0|0");
    assertThat(rows("alias_domain, target_domain, active", "alias_domain"))
        .containsExactly("c.example|a.example|1");
    assertThat(rows("UNIX_TIMESTAMP(created)", "alias_domain"))
        .containsExactly(Long.toString(NOW.getEpochSecond()));
  }

  @Test
  void mailboxes() throws Exception {
    assertThat(
            rows(
                "username, password, name, maildir, quota, local_part, domain, active, smtp_active",
                "mailbox"))
        .containsExactly(
            "ann@a.example|{CRYPT}*||/mail/ann|0|ann|a.example|0|0",
            "bot@a.example|{CRYPT}*||a.example/bot/|0|bot|a.example|1|0",
            "joe@a.example|{ARGON2ID}x|Joe|a.example/joe/|1073741824|joe|a.example|1|1",
            "key@d.example|{ARGON2ID}v||d.example/key/|5368709120|key|d.example|0|1",
            "kim@d.example|{CRYPT}*||d.example/kim/|5368709120|kim|d.example|0|1",
            "own@d.example|{Plain}w {SCRAM-SHA-256}4096,QQ==,QQ==,QQ==||d.example/own/|5368709120|own|d.example|0|1",
            "pop@a.example|{ARGON2ID}z||a.example/pop/|0|pop|a.example|1|0");
  }

  @Test
  void aliases() throws Exception {
    assertThat(rows("address, goto, domain, active", "alias"))
        .containsExactly(
            "@d.example|kim@d.example|d.example|1",
            "ann@a.example|ann@a.example|a.example|0",
            "bot@a.example|bot@a.example|a.example|1",
            "joe@a.example|joe@a.example,copy@far.example|a.example|1",
            "key@d.example|key@d.example|d.example|1",
            "kim@d.example|kim@d.example|d.example|1",
            "own@d.example|own@d.example|d.example|1",
            "pop@a.example|pop@a.example|a.example|1",
            "sales@a.example|joe@a.example,x@far.example|a.example|1");
  }

  @Test
  void canBeMadeAgainAndOnlyElsewhere() throws Exception {
    assertThat(store.views().define(schema)).isEqualTo(4);
    String own = settings.url().replaceAll("^jdbc:mariadb://localhost/([^?]*).*", "$1");
    refused(own, "a schema of their own");
    refused("a`b", "letters, digits and _");
    refused("", "letters, digits and _");
    refused("not_there", "Unknown database");
    try (Database database = Database.open(settings, new SecureRandom())) {
      database.<Boolean, UnavailableException>write(sql -> {
        sql.execute("DROP VIEW `" + schema + "`.mailbox");
        sql.execute("CREATE TABLE `" + schema + "`.mailbox (username INT)");
        return true;
      });
    }
    refused(schema, "is not of type 'VIEW'");
    try (Store embedded = open(DatabaseSettings.sqlite(Path.of(folder + "/embedded.db")))) {
      assertThatThrownBy(() -> embedded.views().define("pfa"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("views are for MariaDB");
    }
  }

  private void refused(String name, String why) {
    assertThatThrownBy(() -> store.views().define(name))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }
}
