package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dkim.Algorithm;
import dovetail.dkim.DkimKey;
import dovetail.serve.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dovetail import opendkim} into an embedded database and into files. */
final class ImportOpenDkimTest {
  private static final String KEY = DkimKey.generate(Algorithm.RSA_SHA256, 2048, random());
  private static final String OTHER = DkimKey.generate(Algorithm.ED25519_SHA256, 256, random());

  @TempDir Path folder = Path.of(".");
  private Site site = new Site(Path.of("."), 0, 0);

  private static SecureRandom random() {
    return new SecureRandom();
  }

  @BeforeEach
  void begin() throws IOException {
    site = Site.in(folder);
    write("a.private", KEY);
    write("b.private", OTHER);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content.replace("$", folder + "/"));
  }

  private Run run(String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--config");
    all.add(site.config());
    return Run.of(all.toArray());
  }

  private Run load(String keys, String signing, String... more) throws IOException {
    write("KeyTable", keys);
    write("SigningTable", signing);
    List<String> words =
        new ArrayList<>(
            List.of(
                "import",
                "opendkim",
                "--key-table",
                "" + folder.resolve("KeyTable"),
                "--signing-table",
                "refile:" + folder.resolve("SigningTable")));
    words.addAll(List.of(more));
    return run(words.toArray(new String[0]));
  }

  private void host(String... domains) {
    for (String domain : domains) {
      assertThat(run("domain", "add", domain).err()).isEmpty();
    }
  }

  private Path keys() {
    return folder.resolve("keys");
  }

  private static final String KEY_TABLE =
      """
      # name  domain:selector:file
      one     one.example:S1:$a.private
      ed      one.example:ed:$b.private
      two     %:s2:$a.private
      unused  three.example:s3:$a.private
      """;

  @Test
  void keysGoIntoTheDatabaseAndSign() throws IOException {
    host("one.example", "two.example");
    Run run =
        load(
            KEY_TABLE,
            """
            *@one.example      one
            *@one.example      ed
            *@two.example      two
            joe@two.example    one
            *@*.sub.example    one
            *@far.example      one:@one.example
            *                  two
            """);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().replace(folder + "/", ""))
        .isEqualTo(
            """
            key: s1._domainkey.one.example (rsa, 2048 bits)
            key: s2._domainkey.two.example (rsa, 2048 bits)
            note: SigningTable, line 6: without the identity (i=) @one.example: see milter.identity
            not taken: SigningTable, line 2: a row before it counts, since MultipleSignatures is off
            not taken: SigningTable, line 4: 'joe@two.example' is not all of a domain, and we sign\
             by the author's domain
            not taken: SigningTable, line 7: the key two signs for whatever domain the author is\
             of: import it by a row for each
            not taken: the key unused: nothing is signed with it
            not taken: SigningTable, line 5: *.sub.example is signed by s1._domainkey.one.example:\
             see --files, or 'domain set' with --signed-by for one domain
            not taken: SigningTable, line 6: far.example is signed by s1._domainkey.one.example:\
             see --files, or 'domain set' with --signed-by for one domain
            written: 2 keys
            """);
    assertThat(run("audit", "list", "--count", "2").out())
        .contains("add dkim s2._domainkey.two.example");
    Run again = load(KEY_TABLE, "*@one.example one\n*@two.example two\n");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err())
        .contains("s1._domainkey.one.example: there is such a key already")
        .contains("s2._domainkey.two.example: there is such a key already")
        .endsWith("nothing was changed\n");
  }

  @Test
  void severalSignaturesAreKept() throws IOException {
    host("one.example");
    Run run =
        load(
            KEY_TABLE,
            "*@one.example one\n*@one.example ed\n",
            "--multiple-signatures",
            "--json",
            "--dry-run");
    assertThat(run.out())
        .startsWith("{\"written\":false,\"keys\":[{\"domain\":\"one.example\",\"selector\":\"s1\",")
        .contains("\"selector\":\"ed\",\"algorithm\":\"ed25519\",\"bits\":256");
    assertThat(run("audit", "list", "--count", "1").out()).contains("add domain");
  }

  @Test
  void domainsThatAreNotHostedAreRefused() throws IOException {
    host("one.example");
    Run run = load(KEY_TABLE, "*@one.example one\n*@two.example two\n");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("s2._domainkey.two.example: two.example is not in the database: add it, or use")
        .endsWith("nothing was changed\n");
    assertThat(run("audit", "list").out()).doesNotContain("dkim");
  }

  @Test
  void keysThatWouldNeverSignAreRefused() throws IOException {
    host("one.example", "two.example");
    assertThat(load(KEY_TABLE, "*@one.example one\n", "--files").err()).isEmpty();
    Run run = load(KEY_TABLE, "*@one.example ed\n*@two.example two\n");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "ed._domainkey.one.example: mail of one.example is signed by keys in files, which hold")
        .endsWith("nothing was changed\n");
    assertThat(run("audit", "list").out()).doesNotContain("dkim");
  }

  @Test
  void filesTakeMoreThanTheDatabase() throws IOException {
    Run run =
        load(
            KEY_TABLE,
            """
            *@one.example  one
            *@*.sub.example  ed
            *@far.example  one
            *@two.example  two
            *  unused
            """,
            "--files");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(
            """
            note: mail of three.example itself was not signed, and will be by its keys
            to be written into [milter]:
            signing = [
              { from = "one.example", domain = "one.example", selectors = ["s1"] },
              { from = "*.sub.example", domain = "one.example", selectors = ["ed"] },
              { from = "far.example", domain = "one.example", selectors = ["s1"] },
              { from = "*", domain = "three.example" },
            ]
            written: 4 keys; they sign after a reload (SIGHUP)
            """);
    Path key = keys().resolve("one.example").resolve("s1.pem");
    assertThat(Files.readString(key)).isEqualTo(KEY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(run("dkim", "list").out())
        .contains("s1._domainkey.one.example.", "ed._domainkey.one.example.", "s2._domainkey.two");
  }

  @Test
  void filesAreWrittenAllOrNot() throws IOException {
    Files.createDirectories(keys().resolve("two.example"));
    Path there = Files.writeString(keys().resolve("two.example").resolve("s2.pem"), "mine");
    Run run = load(KEY_TABLE, "*@one.example one\n*@two.example two\n", "--files");
    assertThat(run.err()).contains(there + " exists").endsWith("nothing was changed\n");
    assertThat(keys().resolve("one.example")).doesNotExist();
    Files.delete(there);
    Files.delete(there.getParent());
    Files.writeString(keys().resolve("two.example"), "no folder");
    run = load(KEY_TABLE, "*@one.example one\n*@two.example two\n", "--files");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("cannot write").endsWith("nothing was changed\n");
    assertThat(keys().resolve("one.example")).doesNotExist();
  }

  @Test
  void otherTablesLookForTheDomainItself() throws IOException {
    host("one.example", "two.example");
    write("KeyTable", KEY_TABLE);
    Run run =
        run(
            "import",
            "opendkim",
            "--key-table",
            "file:" + folder.resolve("KeyTable"),
            "--signing-table",
            "csl:one.example=one,.two.example=ed,two.example=two,*@x.example=one");
    assertThat(run.out())
        .contains("key: s1._domainkey.one.example", "key: s2._domainkey.two.example")
        .contains("not taken: *@x.example: '*@x.example' is not all of a domain")
        .contains("written: 2 keys");
  }

  @Test
  void opendkimConfNamesTheTablesOrTheKey() throws IOException {
    host("one.example", "two.example");
    write("KeyTable", KEY_TABLE);
    write("SigningTable", "*@one.example one\n*@one.example ed\n");
    write("more.conf", "MultipleSignatures yes\n");
    Path conf =
        write(
            "opendkim.conf",
            """
            Syslog yes
            keytable $KeyTable # here
            SigningTable refile:$SigningTable
            Include $more.conf
            """);
    assertThat(run("import", "opendkim", "--from", "" + conf).out()).contains("written: 2 keys");
    write("opendkim.conf", "Domain one.example, two.example\nSelector old\nKeyFile $a.private\n");
    Run run = run("import", "opendkim", "--from", "" + conf);
    assertThat(run.out())
        .contains("key: old._domainkey.one.example", "key: old._domainkey.two.example")
        .contains("written: 2 keys");
    write(
        "opendkim.conf", "Domain one.example\nSelector sub\nKeyFile $a.private\nSubDomains yes\n");
    assertThat(run("import", "opendkim", "--from", "" + conf, "--files").out())
        .contains("{ from = \"*.one.example\", domain = \"one.example\" }");
  }

  @Test
  void keysMayStandInTheTable() throws IOException {
    host("one.example");
    String base64 = KEY.replaceAll("-----.*?-----|\\n", "");
    assertThat(load("one one.example:s1:" + base64, "*@one.example one").out())
        .contains("key: s1._domainkey.one.example (rsa, 2048 bits)");
  }

  private void refused(String keys, String signing, String... why) throws IOException {
    Run run = load(keys, signing);
    assertThat(run.status()).as(keys + signing).isEqualTo(1);
    assertThat(run.err()).contains(why).endsWith("nothing was changed\n");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whatIsBrokenIsNamedAllAtOnce() throws IOException {
    host("one.example");
    refused(
        """
        a one.example:s1
        b one.example:s1:$none.private
        c one.example:s1:$KeyTable
        d bad domain:s1:$a.private
        e one.example:-:$a.private
        f one.example:s1:nonsense
        """,
        """
        *@a.example a
        *@b.example b
        *@c.example c
        *@d.example d
        *@e.example e
        *@f.example f
        *@g.example g
        *@h.example
        """,
        "KeyTable, line 1: expected a name, and domain:selector:key behind it",
        "none.private: no such file",
        "KeyTable, line 3: " + folder + "/KeyTable: no PEM block",
        "KeyTable, line 4: 'bad domain' is no domain",
        "KeyTable, line 5: selector \"-\"",
        "KeyTable, line 6: the key: damaged",
        "SigningTable, line 7: expected the name of a key, found 'g'",
        "SigningTable, line 8: expected the name of a key, found ''");
    refused(
        "a one.example:s1:$a.private\nb one.example:S1:$b.private",
        "*@one.example a\n*@two.example b\n",
        "another key is called s1._domainkey.one.example, too");
    String small =
        write("small", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n")
            .toString();
    refused("a one.example:s1:" + small, "*@one.example a", "damaged");
  }

  @Test
  void wrongUsageAndOtherDataSetsAreSaid() throws IOException {
    assertThat(run("import", "opendkim").status()).isEqualTo(2);
    assertThat(run("import", "opendkim", "--key-table", "x").status()).isEqualTo(2);
    assertThat(run("import", "opendkim", "--from", "" + folder.resolve("none")).err())
        .contains("none: no such file");
    assertThat(
            run("import", "opendkim", "--key-table", "dsn:mysql://x", "--signing-table", "y").err())
        .contains("a data set of the kind dsn is not read");
    for (String conf : List.of("", "KeyTable $KeyTable\n", "Domain one.example\n")) {
      Path file = write("opendkim.conf", conf);
      write("KeyTable", "");
      assertThat(run("import", "opendkim", "--from", "" + file).err())
          .contains("so it signs nothing");
    }
    Path loop = write("opendkim.conf", "Include $opendkim.conf\n");
    assertThat(run("import", "opendkim", "--from", "" + loop).err()).contains("more includes");
  }
}
