package dovetail.dmarc;

import static dovetail.dmarc.Zone.dkim;
import static dovetail.dmarc.Zone.spf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A DNS that does not answer makes nothing pass and nothing fail (RFC 9989 5.3.6). */
class DnsFailureTest {
  private static Zone zone() {
    return Zone.empty()
        .with("example.com", "v=DMARC1; p=none; sp=quarantine; np=reject")
        .exists("a.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "_dmarc.a.example.com, RECORD_UNAVAILABLE",
    "_dmarc.example.com, RECORD_UNAVAILABLE",
    "_dmarc.com, RECORD_UNAVAILABLE",
    "a.example.com, EXISTENCE_UNAVAILABLE",
    "_dmarc.b.example.com, NOT_ALIGNED",
    "_dmarc.net, NOT_ALIGNED",
    "_dmarc.example.net, NOT_ALIGNED",
  })
  void withoutAlignment(String failing, DmarcReason reason) {
    DmarcResult result =
        zone().failing(failing).verify("a.example.com", spf("example.net"), dkim("b.net"));
    assertThat(result.reason()).isEqualTo(reason);
    if (reason.status() == DmarcStatus.TEMPERROR) {
      assertThat(result.detail()).isEqualTo("server failure");
      assertThat(result.disposition()).isEqualTo(Policy.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "_dmarc.a.example.com, RECORD_UNAVAILABLE",
    "_dmarc.example.com, RECORD_UNAVAILABLE",
    "_dmarc.com, RECORD_UNAVAILABLE",
    "a.example.com, ALIGNED",
    "_dmarc.b.example.com, ALIGNMENT_UNAVAILABLE",
    "_dmarc.c.b.example.com, ALIGNMENT_UNAVAILABLE",
  })
  void whileAligning(String failing, DmarcReason reason) {
    DmarcResult result = zone().failing(failing).verify("a.example.com", dkim("c.b.example.com"));
    assertThat(result.reason()).isEqualTo(reason);
    assertThat(result.disposition()).isEqualTo(Policy.NONE);
  }

  @Test
  void ofTheOrganizationMattersOnlyIfSomethingMayBeAligned() {
    String[] failing = {"_dmarc.com", "_dmarc.b.example.com"};
    assertThat(zone().failing(failing).verify("example.com", dkim("example.com")).reason())
        .isEqualTo(DmarcReason.ALIGNED);
    assertThat(zone().failing(failing).verify("example.com", dkim("example.net")).reason())
        .isEqualTo(DmarcReason.NOT_ALIGNED);
    assertThat(zone().failing(failing).verify("example.com", dkim("b.example.com")).reason())
        .isEqualTo(DmarcReason.ALIGNMENT_UNAVAILABLE);
  }

  /** One that is aligned is enough, whatever is not known of the others. */
  @Test
  void besideAnAlignedDomain() {
    Zone zone = zone().failing("_dmarc.b.example.com", "a.example.com");
    DmarcResult result = zone.verify("a.example.com", dkim("b.example.com"), spf("example.com"));
    assertThat(result.reason()).isEqualTo(DmarcReason.ALIGNED);
    assertThat(result.aligned()).containsExactly(spf("example.com"));
  }

  /** Else whoever controls a domain of his own could make failing mail uncertain. */
  @Test
  void ofAStrangersDomainChangesNothing() {
    Zone zone = zone().failing("_dmarc.evil.com", "_dmarc.evil.example", "evil.com");
    DmarcResult result =
        zone.verify("example.com", dkim("evil.com"), spf("x.evil.com"), dkim("evil.example"));
    assertThat(result.reason()).isEqualTo(DmarcReason.NOT_ALIGNED);
    assertThat(zone.asked()).noneMatch(name -> name.contains("evil"));
  }

  @Test
  void nothingIsAskedAfterTwo() {
    String[] failing =
        IntStream.range(0, 5).mapToObj(i -> "_dmarc.s" + i + ".example.com").toArray(String[]::new);
    Zone zone = zone().failing(failing);
    Identifier[] signatures =
        IntStream.range(0, 5)
            .mapToObj(i -> dkim("s" + i + ".example.com"))
            .toArray(Identifier[]::new);
    DmarcResult result = zone.verify("example.com", signatures);
    assertThat(result.reason()).isEqualTo(DmarcReason.ALIGNMENT_UNAVAILABLE);
    assertThat(zone.asked())
        .containsExactly("_dmarc.example.com", "_dmarc.com", failing[0], failing[1]);
  }

  /** Whichever question fails, what comes out is the same or temperror. */
  @ParameterizedTest
  @ValueSource(strings = {"example.com", "a.example.com", "gone.example.com", "x.gone.example.com"})
  void anywhere(String author) {
    List<Identifier[]> cases =
        List.of(
            new Identifier[] {},
            new Identifier[] {spf("example.net")},
            new Identifier[] {spf("b.example.com"), dkim("evil.com")},
            new Identifier[] {dkim("c.b.example.com"), dkim("example.com")});
    for (Identifier[] identifiers : cases) {
      Zone sound = zone();
      DmarcResult expected = sound.verify(author, identifiers);
      for (String question : sound.asked()) {
        String name = question.replace("A ", "");
        DmarcResult result = zone().failing(name).verify(author, identifiers);
        assertThat(result.status())
            .as(question)
            .isIn(
                DmarcStatus.TEMPERROR,
                expected.status() == DmarcStatus.PASS ? DmarcStatus.PASS : DmarcStatus.TEMPERROR);
      }
    }
  }
}
