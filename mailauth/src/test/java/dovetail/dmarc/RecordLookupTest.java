package dovetail.dmarc;

import static dovetail.dmarc.Zone.domain;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The record of a domain itself, and whether domains are of one organization. */
final class RecordLookupTest {
  private static final Zone ZONE =
      Zone.empty()
          .with("a.example", "junk", "v=DMARC1; p=reject")
          .with("two.example", "v=DMARC1; p=none", "v=DMARC1; p=none")
          .with("junk.example", "v=spf1 -all")
          .failing("_dmarc.down.example");

  @Test
  void findsOneRecordOrSaysWhyNot() {
    assertThat(at("a.example"))
        .isEqualTo(new RecordLookup.Found(DmarcRecord.parse("v=DMARC1; p=reject").orElseThrow()));
    assertThat(at("sub.a.example")).isEqualTo(new RecordLookup.Absent());
    assertThat(at("junk.example")).isEqualTo(new RecordLookup.Absent());
    assertThat(at("two.example")).isEqualTo(new RecordLookup.Several());
    assertThat(at("down.example")).isEqualTo(new RecordLookup.Unknown());
  }

  @Test
  void tellsOrganizations() {
    assertThat(kinship("x.a.example", "y.a.example")).isEqualTo(Kinship.SAME);
    assertThat(kinship("a.example", "a.example")).isEqualTo(Kinship.SAME);
    assertThat(kinship("down.example", "down.example")).isEqualTo(Kinship.SAME);
    assertThat(kinship("a.example", "junk.example")).isEqualTo(Kinship.OTHER);
    assertThat(kinship("down.example", "a.test")).isEqualTo(Kinship.OTHER);
    assertThat(kinship("down.example", "x.down.example")).isEqualTo(Kinship.UNKNOWN);
  }

  private static RecordLookup at(String domain) {
    return RecordLookup.of(domain(domain), ZONE);
  }

  private static Kinship kinship(String one, String other) {
    return Kinship.of(domain(one), domain(other), ZONE);
  }
}
