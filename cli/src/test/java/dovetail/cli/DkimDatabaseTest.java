package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of the database, from pending to forgotten. No name server answers here. */
final class DkimDatabaseTest {
  @TempDir private Path folder;
  private Site site = new Site(Path.of(""), 0, 0);

  @BeforeEach
  void site() {
    site = Site.in(folder);
    site.configure("[dns]\nservers = [\"127.0.0.1:" + Site.freePort() + "\"]\ntimeout = \"1s\"");
    assertThat(run("domain", "add", "example.com").status()).isZero();
  }

  private Run run(Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", site.config()));
    return Run.of(all.toArray());
  }

  private Run generate(String selector) {
    return run("dkim", "generate", "example.com", "--selector", selector, "--algorithm", "ed25519");
  }

  private String states() {
    return run("dkim", "list")
        .out()
        .lines()
        .filter(line -> line.startsWith("; "))
        .map(line -> line.replaceAll(" since .*Z?", ""))
        .toList()
        .toString();
  }

  @Test
  void aKeyIsPendingFirst() {
    Run run = generate("one");
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("one._domainkey.example.com.\tIN\tTXT\t(\n\t\"v=DKIM1; ");
    assertThat(run.err())
        .isEqualTo("pending; when this is published: dovetail dkim activate example.com one\n");
    assertThat(site.keys().resolve("example.com")).doesNotExist();
    assertThat(states()).isEqualTo("[; ed25519-sha256, 256 bits, pending]");
    assertThat(run("dkim", "list").out()).contains(run.out()).doesNotContain("PRIVATE");
    assertThat(run("dkim", "list", "--json").out())
        .contains("\"place\":\"database\",\"state\":\"pending\"");
    assertThat(run("audit", "list").out()).contains("one._domainkey.example.com");
    Run again = generate("ONE");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("example.com has a key one already");
  }

  @Test
  void activatesOnlyWhatAllServersShow() {
    generate("one");
    Run run = run("dkim", "activate", "example.com", "one");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out()).startsWith("the name servers of one._domainkey.example.com: not known, ");
    assertThat(run.err())
        .isEqualTo(
            "dovetail: one._domainkey.example.com is not activated; --force does so all the"
                + " same\n");
    assertThat(states()).endsWith("pending]");
    assertThat(run("dkim", "activate", "example.com", "one", "--json").out())
        .startsWith("{\"activated\":false,\"servers\":[{\"server\":\"the name servers of ")
        .contains("\"good\":false,\"outcome\":\"unknown\"")
        .endsWith("\"retired\":[]}\n");
  }

  @Test
  void oneKeyOfAnAlgorithmSigns() {
    generate("one");
    generate("two");
    run("dkim", "generate", "example.com", "--selector", "rsa");
    assertThat(run("dkim", "activate", "example.com", "rsa", "--force").status()).isZero();
    assertThat(run("dkim", "activate", "example.com", "one", "--force").out())
        .endsWith("one._domainkey.example.com signs from now on\n");
    Run run = run("dkim", "activate", "example.com", "TWO", "--force");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("two._domainkey.example.com signs from now on\n")
        .containsPattern(
            "one\\._domainkey\\.example\\.com signs no more; mail that it has signed may be under"
                + " way until 20[-0-9T:]*Z: keep its record until then, and for its TTL after");
    assertThat(states())
        .isEqualTo(
            "[; ed25519-sha256, 256 bits, retired, ; rsa-sha256, 2048 bits, active,"
                + " ; ed25519-sha256, 256 bits, active]");
  }

  @Test
  void retiresAndForgets() {
    generate("one");
    assertThat(run("dkim", "retire", "example.com", "one").err()).contains("does not sign");
    run("dkim", "activate", "example.com", "one", "--force");
    assertThat(run("dkim", "retire", "example.com", "one", "--remove").err())
        .contains("retire it first");
    assertThat(run("dkim", "retire", "example.com", "one", "--json").out())
        .matches(
            "\\{\"domain\":\"example.com\",\"selector\":\"one\",\"needed_until\":\"20.*Z\"}\n");
    assertThat(run("dkim", "list", "--json").out()).contains("\"state\":\"retired\",\"needed_");
    assertThat(run("dkim", "retire", "example.com", "one", "--remove"))
        .isEqualTo(new Run(0, "", ""));
    Run none = run("dkim", "list");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).endsWith(", nor in the database\n");
    assertThat(run("dkim", "retire", "example.com", "one").err()).contains("has no key one");
    assertThat(run("dkim", "activate", "example.com", "one").err()).contains("has no key one");
  }

  @Test
  void aKeyOfAForeignDomainHasItsPlaceInFiles() {
    Run run = run("dkim", "generate", "far.example");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("the database has no domain far.example: \"dovetail domain add\" makes it, ");
    assertThat(run("dkim", "generate", "far.example", "--to", "files").status()).isZero();
    // A key of the database would not sign beside it.
    run("domain", "add", "far.example");
    assertThat(run("dkim", "generate", "far.example", "--selector", "b").err())
        .startsWith("wrote ");
  }

  @Test
  void refusesToActivateWhatWouldNeverSign() {
    generate("one");
    run("dkim", "generate", "example.com", "--to", "files", "--selector", "filed");
    Run run = run("dkim", "activate", "example.com", "one");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("mail of example.com is signed by keys in files, which hold");
  }

  /** Pending and retired keys are shown, and make no difference. */
  @Test
  void checksWhatSigns() {
    generate("one");
    Run run = run("dkim", "check");
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("one._domainkey.example.com: pending, not known");
    run("dkim", "activate", "example.com", "one", "--force");
    assertThat(run("dkim", "check").status()).isEqualTo(4);
  }
}
