package dovetail.dmarc;

import static dovetail.dmarc.Zone.dkim;
import static dovetail.dmarc.Zone.domain;
import static dovetail.dmarc.Zone.spf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of RFC 9989: its tables 4.4 and appendix B, and the walks of 4.10. */
class RfcExamplesTest {
  private static final String DEEP = "a.b.c.d.e.f.g.h.i.j.k.example.com";

  /** What alignment needs in B.1: an organization at example.com. */
  private static Zone organization(String tags) {
    return Zone.empty()
        .with("example.com", "v=DMARC1; p=reject" + tags)
        .exists("child.example.com");
  }

  @ParameterizedTest(name = "{0}: {1} for {2}")
  @CsvSource({
    "4.4 relaxed, foo.example.com, news.example.com, true, false",
    "4.4 strict, news.example.com, news.example.com, true, true",
    "4.4 none, foo.example.net, news.example.com, false, false",
    "B.1 example 1, example.com, example.com, true, true",
    "B.1.1 example 2, child.example.com, example.com, true, false",
    "B.1.2 example 2, example.com, child.example.com, true, false",
    "B.1 example 3, example.net, child.example.com, false, false",
  })
  void alignment(String where, String identifier, String author, boolean relaxed, boolean strict) {
    for (Identifier each : List.of(spf(identifier), dkim(identifier))) {
      assertThat(organization("").verify(author, each).status() == DmarcStatus.PASS)
          .isEqualTo(relaxed);
      assertThat(
              organization("; aspf=s; adkim=s").verify(author, each).status() == DmarcStatus.PASS)
          .isEqualTo(strict);
    }
  }

  static Stream<Arguments> records() {
    String aggregate = "rua=mailto:dmarc-feedback@example.com";
    String third = "ruf=mailto:auth-reports@thirdparty.example.net";
    String two = aggregate + ",mailto:tld-test@thirdparty.example.net";
    return Stream.of(
        Arguments.of("p=none; " + aggregate, "none", false, 1, 0),
        Arguments.of(
            "p=none; " + aggregate + "; ruf=mailto:auth-reports@example.com", "none", false, 1, 1),
        Arguments.of("p=none; " + aggregate + "; " + third, "none", false, 1, 1),
        Arguments.of("p=quarantine; " + two + "; t=y", "quarantine", true, 2, 0),
        Arguments.of("p=reject; " + two, "reject", false, 2, 0));
  }

  /** Appendix B.2. */
  @ParameterizedTest
  @MethodSource("records")
  void ownersRecords(String tags, String policy, boolean testing, int aggregate, int failure) {
    DmarcRecord record = DmarcRecord.parse("v=DMARC1; " + tags).orElseThrow();
    assertThat(record.policies().orElseThrow().domain().word()).isEqualTo(policy);
    assertThat(record.testing()).isEqualTo(testing);
    assertThat(record.reporting().aggregate()).hasSize(aggregate);
    assertThat(record.reporting().failure()).hasSize(failure);
    assertThat(record.notes()).isEmpty();
  }

  /** Appendix B.3.1. */
  @Test
  void receiversExample() {
    Zone zone =
        Zone.empty()
            .with(
                "example.com", "v=DMARC1; p=reject; aspf=r; rua=mailto:dmarc-feedback@example.com");
    DmarcResult result = zone.verify("example.com", spf("mail.example.com"), dkim("example.com"));
    assertThat(result.status()).isEqualTo(DmarcStatus.PASS);
    assertThat(result.aligned()).containsExactly(spf("mail.example.com"), dkim("example.com"));
    assertThat(result.disposition()).isEqualTo(Policy.NONE);
  }

  /** Appendix B.4.1. */
  @Test
  void simpleWalk() {
    Zone zone =
        Zone.empty()
            .with("example.com", "v=DMARC1; p=reject")
            .with("signing.example.com", "v=DMARC1; p=none");
    Identifier signature = dkim("signing.example.com");
    DmarcResult result = zone.verify("example.com", spf("example.com"), signature);
    assertThat(result.aligned()).containsExactly(spf("example.com"), signature);
    FoundPolicy policy = result.policy().orElseThrow();
    assertThat(policy.domain()).isEqualTo(domain("example.com"));
    assertThat(policy.source()).isEqualTo(PolicySource.AUTHOR_DOMAIN);
    assertThat(zone.asked())
        .containsExactly("_dmarc.example.com", "_dmarc.com", "_dmarc.signing.example.com");
  }

  /** Appendix B.4.2. */
  @Test
  void deepWalk() {
    Zone zone =
        Zone.empty()
            .with("example.com", "v=DMARC1; p=reject")
            .with("signing.example.com", "v=DMARC1; p=none");
    DmarcResult result = zone.verify(DEEP, spf("example.com"), dkim("signing.example.com"));
    assertThat(result.aligned()).containsExactly(spf("example.com"), dkim("signing.example.com"));
    FoundPolicy policy = result.policy().orElseThrow();
    assertThat(policy.domain()).isEqualTo(domain("example.com"));
    assertThat(policy.source()).isEqualTo(PolicySource.ORGANIZATIONAL_DOMAIN);
    assertThat(zone.asked())
        .containsExactly(
            "_dmarc." + DEEP,
            "_dmarc.g.h.i.j.k.example.com",
            "_dmarc.h.i.j.k.example.com",
            "_dmarc.i.j.k.example.com",
            "_dmarc.j.k.example.com",
            "_dmarc.k.example.com",
            "_dmarc.example.com",
            "_dmarc.com",
            "_dmarc.signing.example.com");
  }

  /** Appendix B.4.3. */
  @Test
  void publicSuffix() {
    Zone zone =
        Zone.empty()
            .with("bank.example", "v=DMARC1; p=reject; psd=y")
            .with("giant.bank.example", "v=DMARC1; p=quarantine");
    Identifier sender = spf("mail.giant.bank.example");
    DmarcResult result = zone.verify("giant.bank.example", sender, dkim("mail.mega.bank.example"));
    assertThat(result.aligned()).containsExactly(sender);
    FoundPolicy policy = result.policy().orElseThrow();
    assertThat(policy.domain()).isEqualTo(domain("giant.bank.example"));
    assertThat(policy.source()).isEqualTo(PolicySource.AUTHOR_DOMAIN);
    assertThat(policy.published()).isEqualTo(Policy.QUARANTINE);
    assertThat(zone.asked())
        .containsExactly(
            "_dmarc.giant.bank.example", "_dmarc.bank.example", "_dmarc.mail.giant.bank.example");
  }

  /** RFC 9989 11.8: psd=n keeps an organization apart from the rest of its parent. */
  @Test
  void relaxedAlignmentEndsAtTheOrganization() {
    Zone zone =
        Zone.empty()
            .with("mail.example.com", "v=DMARC1; p=reject; psd=n")
            .with("example.com", "v=DMARC1; p=reject");
    assertThat(zone.verify("a.mail.example.com", dkim("mail.example.com")).status())
        .isEqualTo(DmarcStatus.PASS);
    assertThat(zone.verify("evil.example.com", dkim("mail.example.com")).status())
        .isEqualTo(DmarcStatus.FAIL);
  }
}
