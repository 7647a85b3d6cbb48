package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code database dump} and {@code restore}. */
final class DatabaseCopyTest {
  @TempDir private Path folder;
  private Site from = new Site(Path.of(""), 0, 0);
  private Site into = new Site(Path.of(""), 0, 0);
  private Path file = Path.of("");

  @BeforeEach
  void sites() throws Exception {
    from = Site.in(Files.createDirectory(folder.resolve("from")));
    into = Site.in(Files.createDirectory(folder.resolve("into")));
    file = folder.resolve("copy");
    run(from, "domain", "add", "example.com", "--description", "Zo\u00eb");
    run(from, "mailbox", "add", "joe@example.com", "--no-password");
    run(from, "alias", "add", "sales@example.com", "joe@example.com", "x@far.example");
    run(from, "dkim", "generate", "example.com", "--algorithm", "ed25519");
    // The key goes with the copy, by another way.
    Files.copy(from.folder().resolve("secret.key"), into.folder().resolve("secret.key"));
  }

  private static Run run(Site site, Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", site.config()));
    return Run.of(all.toArray());
  }

  private Run dump() {
    return run(from, "database", "dump", file);
  }

  @Test
  void leavesNoEmptyFileBehind() throws Exception {
    Files.writeString(from.folder().resolve("dovetail.db"), "this is no database");
    Run run = dump();
    assertThat(run.status()).isEqualTo(4);
    assertThat(file).doesNotExist();
  }

  private void refused(String text, String why) throws Exception {
    Files.writeString(file, text);
    Run run = run(into, "database", "restore", file);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("dovetail: " + file + ", ")
        .contains(why)
        .endsWith("; nothing was changed\n");
    assertThat(run(into, "domain", "list").out()).isEmpty();
  }

  @Test
  void allIsThereAgain() throws Exception {
    Files.writeString(file, "an older copy, and a longer one\n".repeat(1000));
    Run dump = dump();
    assertThat(dump.status()).isZero();
    assertThat(dump.out()).isEmpty();
    assertThat(dump.err()).matches("[0-9]+ rows\n");
    assertThat(Files.readString(file)).doesNotContain("PRIVATE", "older");
    Run restore = run(into, "database", "restore", file);
    assertThat(restore).isEqualTo(new Run(0, dump.err(), ""));
    for (List<String> command :
        List.of(
            List.of("domain", "list"),
            List.of("mailbox", "list"),
            List.of("alias", "show", "sales@example.com"),
            List.of("dkim", "list"))) {
      assertThat(run(into, command.toArray())).isEqualTo(run(from, command.toArray()));
    }
    assertThat(run(into, "audit", "list").out()).contains("restore");
    assertThat(run(into, "database", "restore", file).err())
        .contains("the database is not empty: the table domains has 1 rows");
  }

  @Test
  void theFileIsForItsOwnerAlone() throws Exception {
    Files.writeString(file, "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    dump();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(run(from, "database", "dump", "-").out()).isEqualTo(Files.readString(file));
  }

  @Test
  void aFileThatIsNotWholeIsRefused() throws Exception {
    dump();
    List<String> lines = Files.readAllLines(file);
    for (int n = 1; n < lines.size(); n++) {
      refused(
          String.join("\n", lines.subList(0, n)) + "\n",
          "the file ends after line " + n + ", before its last: it is not whole");
    }
    refused("", "it is not whole");
    List<String> fewer = new ArrayList<>(lines);
    fewer.remove(2);
    refused(
        String.join("\n", fewer),
        "it announces " + (lines.size() - 2) + " rows, but there are " + (lines.size() - 3));
    refused(String.join("\n", lines) + "\n{}\n", "something stands behind line " + lines.size());
  }

  @Test
  void aFileOfAnotherFormIsRefused() throws Exception {
    String head = "{\"dovetail\":\"database dump\",\"format\":1}\n";
    refused("domain,active\n", "line 1: this is no dump of Dovetail's database");
    refused(head + "{}\n", "line 2: not of the form");
    refused(head + "[]\n", "line 2: not of the form");
    refused(head + "{\"domains\":{\"domain\":null}}\n", "line 2: not of the form");
    refused(
        head + "{\"domains\":{\"domain\":\"a\",\"domain\":\"b\"}}\n", "line 2: not of the form");
    refused(head + "{\"domains\":{}} {}\n", "line 2: not of the form");
    refused(head + "{\"domains\":{\"domain\n", "line 2: ");
    refused(head + "{\"domains\":{\"evil\":1}}\n", "line 2: the table domains has no column evil");
    Files.write(file, new byte[] {(byte) 0xC3, '\n'});
    assertThat(run(into, "database", "restore", file).err()).contains("line 1: not in UTF-8");
  }

  @Test
  void saysWhatCannotBeReadOrWritten() {
    Run read = run(into, "database", "restore", folder.resolve("none"));
    assertThat(read.status()).isEqualTo(1);
    assertThat(read.err()).isEqualTo("dovetail: cannot read " + folder + "/none: no such file\n");
    Run write = run(from, "database", "dump", folder.resolve("no/folder"));
    assertThat(write.status()).isEqualTo(1);
    assertThat(write.err()).startsWith("dovetail: cannot write " + folder + "/no/folder: ");
  }
}
