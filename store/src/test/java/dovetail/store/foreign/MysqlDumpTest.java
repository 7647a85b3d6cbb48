package dovetail.store.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps as mysqldump, mariadb-dump and phpMyAdmin write them, and broken ones. */
final class MysqlDumpTest {
  private static final String CREATE =
      """
      CREATE TABLE `t` (
        `a` varchar(255) NOT NULL DEFAULT 'x),(',
        `B` int(11) DEFAULT NULL,
        PRIMARY KEY (`a`),
        KEY `b` (`B`)
      ) ENGINE=InnoDB COMMENT='it''s; one';
      """;

  @TempDir Path folder = Path.of(".");

  private Path file(String text) throws IOException {
    return file(text, StandardCharsets.UTF_8);
  }

  private Path file(String text, Charset charset) throws IOException {
    return Files.write(folder.resolve("dump.sql"), text.getBytes(charset));
  }

  private static List<String> rows(MysqlDump dump, String table, String... columns) {
    List<String> rows = new ArrayList<>();
    try (ForeignTables.Cursor cursor = dump.rows(table, List.of(columns))) {
      for (Optional<ForeignRow> row = cursor.next(); row.isPresent(); row = cursor.next()) {
        ForeignRow found = row.get();
        rows.add(
            found.place()
                + ": "
                + String.join(
                    "|",
                    List.of(columns).stream().map(c -> found.exact(c).orElse("NULL")).toList()));
      }
    }
    return rows;
  }

  private List<String> rows(String text) throws IOException {
    return rows(MysqlDump.open(file(text)), "t", "a", "b");
  }

  private void refused(String text, String why) {
    assertThatThrownBy(() -> rows(text))
        .as(text)
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining(why);
  }

  @Test
  void readsWhatMysqldumpWrites() throws IOException {
    String text =
        "/*M!999999\\- enable the sandbox mode */ \n"
            + "-- MariaDB dump 10.19  Distrib 10.11\n--\n-- it's a comment; 'with\n\n"
            + "/*!40101 SET NAMES utf8mb4 */;\n"
            + "DROP TABLE IF EXISTS `t`;\n"
            + CREATE
            + "LOCK TABLES `t` WRITE;\n/*!40000 ALTER TABLE `t` DISABLE KEYS */;\n"
            + "INSERT INTO `t` VALUES ('a\\'b''c\\\\\\n',1),(NULL,-2),\n('é;(',3.5e-7);\n"
            + "INSERT INTO `other` VALUES (1,'(\\'',now(3),'a;b');\n"
            + "INSERT INTO `t` (`b`, `a`) VALUES (0x6869,_binary 'x'),(b'1','');\n"
            + "UNLOCK TABLES;\n-- Dump completed on 2026-01-02  3:04:05\n";
    MysqlDump dump = MysqlDump.open(file(text));
    assertThat(dump.tables()).containsExactlyInAnyOrder("t", "other");
    assertThat(dump.columns("t")).containsExactlyInAnyOrder("a", "b");
    assertThat(dump.count("t")).isEqualTo(5);
    assertThat(dump.count("other")).isEqualTo(1);
    assertThat(dump.count("none")).isZero();
    assertThat(rows(dump, "t", "a", "b"))
        .containsExactly(
            "line 16: a'b'c\\\n|1",
            "line 16: NULL|-2",
            "line 17: é;(|3.5e-7",
            "line 19: x|hi",
            "line 19: |1");
    assertThat(rows(dump, "t", "b", "c")).first().isEqualTo("line 16: 1|NULL");
  }

  @Test
  void readsWhatPhpMyAdminWrites() throws IOException {
    String text =
        """
        -- phpMyAdmin SQL Dump
        SET SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";
        START TRANSACTION;
        CREATE TABLE IF NOT EXISTS mail.t (
         a varchar(9), b int
        );
        INSERT INTO `mail`.`t` (`a`, `b`) VALUES
        ('x', 1),
        ('y', 2);
        ALTER TABLE `t`
          ADD PRIMARY KEY (`a`);
        COMMIT;
        """;
    assertThat(rows(text)).containsExactly("line 8: x|1", "line 9: y|2");
  }

  @Test
  void readsTheEncodingThatIsNamed() throws IOException {
    String text = "/*!40101 SET NAMES latin1 */;\n" + CREATE + "INSERT INTO t VALUES ('é',1);";
    assertThat(rows(MysqlDump.open(file(text, Charset.forName("windows-1252"))), "t", "a"))
        .containsExactly("line 8: é");
    Path latin = file(CREATE + "INSERT INTO t VALUES ('é',1);", StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> rows(MysqlDump.open(latin), "t", "a"))
        .hasMessageContaining("a value is not in UTF-8");
    refused("SET NAMES sjis;", "the encoding sjis");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES ('a',1)",
        "INSERT INTO t VALUES ('a',1),",
        "INSERT INTO t VALUES ('a",
        "INSERT INTO t VALUES ('a\\",
        "INSERT INTO t VALUES (",
        "INSERT INTO t",
        "CREATE TABLE t (a int",
        "CREATE TABLE u (a int)",
        "UPDATE t SET a = 1",
        "/* a",
      })
  void whatIsCutOffIsRefused(String end) {
    refused(CREATE + end, ", line ");
  }

  @Test
  void aDumpWithoutItsLastLineIsRefused() {
    refused("-- MySQL dump 10.13\n" + CREATE + "INSERT INTO t VALUES ('a',1);\n", "is cut off");
  }

  @Test
  void whatIsNoDumpOfMysqlIsRefused() {
    refused("", "is empty");
    refused("\u001f\u008b", "compressed");
    refused("-- PostgreSQL database dump\n", "PostgreSQL");
    refused("COPY public.domain (domain) FROM stdin;\n", "PostgreSQL");
    refused("PRAGMA foreign_keys=OFF;\n", "jdbc:sqlite:FILE");
    refused("hello\n", "expected a statement of SQL");
    refused("%PDF", "expected a statement of SQL");
    refused(CREATE + CREATE, "a second table t");
    refused("INSERT INTO t VALUES (1,2);", "whose columns are not known");
    refused(CREATE + "INSERT INTO t VALUES (1,2,3);", "3 values for 2 columns");
    refused(CREATE + "INSERT INTO t VALUES (1,now());", "expected a value");
    refused(CREATE + "INSERT INTO t VALUES (1 2);", "expected a comma");
    refused(CREATE + "INSERT INTO t VALUES (1,x'123');", "expected a value");
    refused(CREATE + "INSERT INTO t SELECT 1;", "expected VALUES");
    assertThatThrownBy(() -> MysqlDump.open(folder.resolve("none")))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("cannot read");
  }

  @Property(tries = 500)
  void everyTextComesBack(@ForAll @Size(max = 5) List<String> texts) throws IOException {
    StringBuilder dump = new StringBuilder("CREATE TABLE t (a text, b int);\n");
    for (String text : texts) {
      dump.append("INSERT INTO t VALUES ('").append(escaped(text)).append("',1);\n");
    }
    Path file = Files.createTempFile("dovetail", ".sql");
    try {
      Files.writeString(file, dump);
      List<String> found = rows(MysqlDump.open(file), "t", "a");
      assertThat(found.stream().map(row -> row.substring(row.indexOf(": ") + 2)))
          .containsExactlyElementsOf(texts.stream().map(MysqlDumpTest::stored).toList());
    } finally {
      Files.delete(file);
    }
  }

  /** What UTF-8 can hold. */
  private static String stored(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return stored(text)
        .replace("\\", "\\\\")
        .replace("\0", "\\0")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("'", "\\'")
        .replace("\"", "\\\"")
        .replace("\u001a", "\\Z");
  }

  @Property(tries = 500)
  void anythingElseIsReadOrRefused(
      @ForAll @Size(max = 30) List<@net.jqwik.api.From("pieces") String> pieces)
      throws IOException {
    Path file = Files.createTempFile("dovetail", ".sql");
    try {
      Files.writeString(file, String.join("", pieces));
      assertThat(rows(MysqlDump.open(file), "t", "a")).isNotNull();
    } catch (UnreadableException e) {
      assertThat(e.getMessage()).isNotEmpty();
    } finally {
      Files.delete(file);
    }
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> pieces() {
    return net.jqwik.api.Arbitraries.of(
        "CREATE TABLE t (a int);",
        "INSERT INTO t VALUES ",
        "(",
        ")",
        ",",
        ";",
        "'",
        "\\",
        "`",
        "-- ",
        "/*",
        "*/",
        "\n",
        "NULL",
        "1",
        "'x'",
        "x'",
        "0x",
        "_utf8 ",
        "SET NAMES ",
        "\"",
        "(1)",
        ".",
        "ON DUPLICATE KEY",
        "--",
        "#",
        "-");
  }
}
