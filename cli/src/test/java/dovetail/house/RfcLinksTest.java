package dovetail.house;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.house.RfcLinks.Link;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/rfc.md lists what the code says that it obeys, and nothing that it does not. */
final class RfcLinksTest {
  private static final Map<Integer, RfcTable.Row> TABLE =
      RfcTable.read(SourceTree.read(SourceTree.root().resolve("docs/rfc.md")));

  @Test
  void everyLinkIsListed() {
    List<Path> files = SourceTree.files("main");
    assertThat(files).hasSizeGreaterThan(120);
    Map<String, List<Link>> unlisted = new TreeMap<>();
    for (Path file : files) {
      List<Link> links = RfcTable.unlisted(RfcLinks.in(SourceTree.read(file)), TABLE);
      if (!links.isEmpty()) {
        unlisted.put(SourceTree.root().relativize(file).toString(), links);
      }
    }
    assertThat(unlisted).isEmpty();
  }

  @Test
  void everyListedSectionIsLinked() {
    Set<Link> links = links();
    Set<Link> listed =
        TABLE.entrySet().stream()
            .flatMap(row ->
                row.getValue().sections().stream().map(section -> new Link(row.getKey(), section)))
            .collect(Collectors.toSet());
    assertThat(listed).hasSizeGreaterThan(30);
    assertThat(listed.stream().filter(link -> !links.contains(link))).isEmpty();
  }

  @Test
  void everyRowSaysHowFarAndWhere() {
    Set<String> names =
        SourceTree.files("main").stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    TABLE.forEach((rfc, row) -> {
      assertThat(row.state()).as("state of RFC %s", rfc).isIn("done", "partly", "not yet");
      assertThat(names).as("where RFC %s is obeyed", rfc).containsAll(row.where());
      assertThat(row.where().isEmpty())
          .as("RFC %s is obeyed nowhere", rfc)
          .isEqualTo(row.state().equals("not yet"));
    });
  }

  @Test
  void seesWhatIsNotListed() {
    Map<Integer, RfcTable.Row> table =
        RfcTable.read(
            "| RFC | t | s | s | w |\n|-|-|-|-|-|\n| 6376 | DKIM | 3.4, 5.4.2 | done | `A` |");
    Set<Link> links =
        RfcLinks.in("/** See RFC 6376 3.4,\n * 5.4.2 and RFC 1149. */ // RFC 6376 9\nclass A {}");
    assertThat(RfcTable.unlisted(links, table))
        .containsExactly(new Link(1149, ""), new Link(6376, "9"));
  }

  @Test
  void readsCommentsOnly() {
    assertThat(
            RfcLinks.in("String a = \"/* RFC 1 */ // RFC 1149\"; char b = '\"'; // RFC 2549 4.1"))
        .containsExactly(new Link(2549, "4.1"));
    assertThat(RfcLinks.in("\"\"\"\n// RFC 1149 \"quoted\"\n\"\"\" /* RFC 2549 */"))
        .containsExactly(new Link(2549, ""));
  }

  @Test
  void tellsSectionsFromNumbers() {
    assertThat(RfcLinks.in("// RFC 5321, 5322, 6531"))
        .containsExactly(new Link(5321, ""), new Link(5322, ""), new Link(6531, ""));
    assertThat(RfcLinks.in("// RFC 5322 3.6.2, 4.4, RFC 7489 6.6.1,\n// RFC 9989)"))
        .containsExactly(
            new Link(5322, "3.6.2"),
            new Link(5322, "4.4"),
            new Link(7489, "6.6.1"),
            new Link(9989, ""));
    assertThat(RfcLinks.in("/* RFC 5321 appendix C. */"))
        .containsExactly(new Link(5321, "appendix C"));
    assertThat(RfcLinks.in("// RFC 6376 3.4.2: a bare CR"))
        .containsExactly(new Link(6376, "3.4.2"));
  }

  private static Set<Link> links() {
    Set<Link> links = new LinkedHashSet<>();
    SourceTree.files("main").forEach(file -> links.addAll(RfcLinks.in(SourceTree.read(file))));
    return links;
  }
}
