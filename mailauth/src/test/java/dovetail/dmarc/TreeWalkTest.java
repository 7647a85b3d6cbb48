package dovetail.dmarc;

import static dovetail.dmarc.Zone.domain;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks up the tree (RFC 9989 4.10), and the organizational domain at their end (4.10.2). */
class TreeWalkTest {
  private static TreeWalk walk(Zone zone, String start) {
    return TreeWalk.from(domain(start), new PolicyRecords(zone));
  }

  private static String organization(Zone zone, String start) {
    return switch (walk(zone, start)) {
      case TreeWalk.Broken() -> "broken";
      case TreeWalk.Complete walk -> walk.organizationalDomain().ascii();
    };
  }

  private static Zone zone(String records) {
    Zone zone = Zone.empty();
    for (String record : records.split("\\|", -1)) {
      String[] parts = record.strip().split(" ", 2);
      zone.with(parts[0], "v=DMARC1; p=none" + (parts.length > 1 ? "; " + parts[1] : ""));
    }
    return zone;
  }

  /** The first three are those of RFC 9989 4.10.2. */
  @ParameterizedTest
  @CsvSource({
    "mail.example.com | example.com, a.mail.example.com, example.com",
    "mail.example.com psd=n | example.com, a.mail.example.com, mail.example.com",
    "com psd=y, a.mail.example.com, example.com",
    "example.net, a.mail.example.com, a.mail.example.com",
    "example.net, example.com, example.com",
    "a.mail.example.com, a.mail.example.com, a.mail.example.com",
    "com, a.mail.example.com, com",
    "com | example.com psd=n, a.mail.example.com, example.com",
    "com psd=y | example.com, a.mail.example.com, example.com",
    "com psd=y | mail.example.com, a.mail.example.com, example.com",
    "com psd=y, com, com",
    "com psd=y, example.com, example.com",
    "com psd=n, example.com, com",
    "example.com psd=y, mail.example.com, mail.example.com",
    "example.com psd=y, a.b.mail.example.com, mail.example.com",
    "example.com psd=y | com, example.com, example.com",
    "example.com psd=n | com psd=y, example.com, example.com",
    "example.com psd=u | com psd=y, a.example.com, example.com",
    "a.example.com psd=n, b.example.com, b.example.com",
    "c.d.e.f.g.example.com psd=y, a.b.c.d.e.f.g.example.com, b.c.d.e.f.g.example.com",
    "d.e.f.g.h.example.com psd=y, a.b.c.d.e.f.g.h.example.com, c.d.e.f.g.h.example.com",
    "d.e.f.g.h.i.j.example.com psd=n, a.b.c.d.e.f.g.h.i.j.example.com, "
        + "a.b.c.d.e.f.g.h.i.j.example.com",
  })
  void organizationalDomain(String records, String start, String expected) {
    assertThat(organization(zone(records), start)).isEqualTo(expected);
  }

  /** The suffix has 7 labels and is the first name behind the gap: the one below was not asked. */
  @Test
  void organizationalDomainThatWasLeftOut() {
    Zone zone = zone("d.e.f.g.h.example.com psd=y");
    assertThat(organization(zone, "a.b.c.d.e.f.g.h.example.com"))
        .isEqualTo("c.d.e.f.g.h.example.com");
    assertThat(zone.asked())
        .containsExactly("_dmarc.a.b.c.d.e.f.g.h.example.com", "_dmarc.d.e.f.g.h.example.com");
  }

  @Test
  void asTheRfcWalks() {
    Zone zone = Zone.empty();
    assertThat(walk(zone, "a.b.c.d.e.f.g.h.i.j.mail.example.com"))
        .isInstanceOf(TreeWalk.Complete.class);
    assertThat(zone.asked())
        .containsExactly(
            "_dmarc.a.b.c.d.e.f.g.h.i.j.mail.example.com",
            "_dmarc.g.h.i.j.mail.example.com",
            "_dmarc.h.i.j.mail.example.com",
            "_dmarc.i.j.mail.example.com",
            "_dmarc.j.mail.example.com",
            "_dmarc.mail.example.com",
            "_dmarc.example.com",
            "_dmarc.com");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 7, 8, 9, 10, 50, 121, 127})
  void neverMoreThanEightNames(int labels) {
    String name =
        IntStream.range(1, labels).mapToObj(_ -> "a.").collect(Collectors.joining()) + "b";
    Zone zone = Zone.empty();
    assertThat(organization(zone, name)).isEqualTo(name);
    List<String> asked = zone.asked();
    // 127 labels leave no room for another one: nothing is published there, and nothing asked.
    assertThat(asked).hasSize(labels == 127 ? 7 : Math.min(labels, 8));
    assertThat(asked.getLast()).isEqualTo("_dmarc.b");
    assertThat(asked).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"y", "n"})
  void stopsAtADeclaredDomain(String flag) {
    Zone zone = zone("b.example.com psd=" + flag + " | com psd=y");
    assertThat(walk(zone, "a.b.example.com")).isInstanceOf(TreeWalk.Complete.class);
    assertThat(zone.asked()).containsExactly("_dmarc.a.b.example.com", "_dmarc.b.example.com");
  }

  @Test
  void passesWhatIsNoRecord() {
    Zone zone =
        Zone.empty()
            .with("a.example.com", "v=spf1 -all", "v=DMARC2; psd=n", "p=none; v=DMARC1; psd=n")
            .with("example.com", "v=spf1 -all", "v=DMARC1; p=none", "");
    assertThat(organization(zone, "a.example.com")).isEqualTo("example.com");
  }

  @Test
  void severalRecordsAreNone() {
    Zone zone =
        Zone.empty()
            .with("a.example.com", "v=DMARC1; psd=n", "v=DMARC1; psd=n")
            .with("example.com", "v=DMARC1; p=none");
    assertThat(organization(zone, "a.example.com")).isEqualTo("example.com");
    assertThat(((TreeWalk.Complete) walk(zone, "a.example.com")).several()).isTrue();
    assertThat(((TreeWalk.Complete) walk(zone, "example.com")).several()).isFalse();
  }

  @Test
  void isBrokenByAnyFailure() {
    for (String at : List.of("a.b.example.com", "b.example.com", "example.com", "com")) {
      Zone zone = zone("b.example.com | example.com").failing("_dmarc." + at);
      assertThat(organization(zone, "a.b.example.com")).isEqualTo("broken");
    }
    // What lies beyond the end does not matter.
    assertThat(organization(zone("b.example.com psd=n").failing("_dmarc.com"), "a.b.example.com"))
        .isEqualTo("b.example.com");
  }
}
