package dovetail.dmarc;

import static dovetail.dmarc.Zone.domain;
import static dovetail.dmarc.Zone.spf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which policy holds for an author domain (RFC 9989 4.10.1). */
class PolicyDiscoveryTest {
  private static final String RUA = "; rua=mailto:a@example.com";

  /**
   * The record stands at the first domain; {@code sub.example.com} exists, {@code gone.example.com}
   * does not. What is expected is whose record it is, what it asks for, and what applies.
   */
  @ParameterizedTest
  @CsvSource({
    "example.com, p=reject; sp=quarantine; np=none, example.com, author-domain reject reject",
    "example.com, p=reject, sub.example.com, organizational-domain reject reject",
    "example.com, p=reject, gone.example.com, organizational-domain reject reject",
    "example.com, p=none; sp=reject, sub.example.com, organizational-domain reject reject",
    "example.com, p=none; sp=reject, gone.example.com, organizational-domain reject reject",
    "example.com, p=none; np=reject, sub.example.com, organizational-domain none none",
    "example.com, p=none; np=reject, gone.example.com, organizational-domain reject reject",
    "example.com, p=none; np=reject, x.gone.example.com, organizational-domain reject reject",
    "example.com, p=none; sp=quarantine; np=reject, gone.example.com, "
        + "organizational-domain reject reject",
    "com, p=none; sp=quarantine; np=reject; psd=y, example.com, "
        + "public-suffix quarantine quarantine",
    "com, p=none; sp=quarantine; np=reject; psd=y, gone.example.com, public-suffix reject reject",
    "com, p=none; sp=quarantine; np=reject; psd=y, com, author-domain none none",
    "com, p=reject; sp=quarantine, sub.example.com, organizational-domain quarantine quarantine",
    "example.com, p=reject; psd=n, sub.example.com, organizational-domain reject reject",
    "example.com, p=reject; t=y, example.com, author-domain reject quarantine",
    "example.com, p=quarantine; t=y, example.com, author-domain quarantine none",
    "example.com, p=none; t=y, example.com, author-domain none none",
    "example.com, p=none; np=reject; t=y, gone.example.com, "
        + "organizational-domain reject quarantine",
    "example.com, p=reject; pct=0, example.com, author-domain reject reject",
    "example.com, sp=reject" + RUA + ", sub.example.com, organizational-domain none none",
    "example.com, p=reject; sp=x" + RUA + ", example.com, author-domain none none",
  })
  void policies(String at, String tags, String author, String expected) {
    Zone zone = Zone.empty().with(at, "v=DMARC1; " + tags).exists("sub.example.com");
    DmarcResult result = zone.verify(author, spf("example.net"));
    assertThat(result.reason()).isEqualTo(DmarcReason.NOT_ALIGNED);
    assertThat(result.author()).contains(domain(author));
    FoundPolicy policy = result.policy().orElseThrow();
    assertThat(policy.domain()).isEqualTo(domain(at));
    assertThat(policy.record().text()).isEqualTo("v=DMARC1; " + tags);
    assertThat(result.disposition()).isEqualTo(policy.applicable());
    String found =
        String.join(
            " ", policy.source().word(), policy.published().word(), policy.applicable().word());
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void anOwnRecordIsPreferredToThatOfTheOrganization() {
    Zone zone =
        Zone.empty()
            .with("sub.example.com", "v=DMARC1; p=none; sp=reject")
            .with("example.com", "v=DMARC1; p=reject")
            .with("com", "v=DMARC1; p=reject; psd=y");
    FoundPolicy policy = zone.verify("sub.example.com").policy().orElseThrow();
    assertThat(policy.domain()).isEqualTo(domain("sub.example.com"));
    assertThat(policy.published()).isEqualTo(Policy.NONE);
    assertThat(zone.asked()).containsExactly("_dmarc.sub.example.com");
  }

  @Test
  void aRecordInBetweenDoesNotCount() {
    Zone zone =
        Zone.empty()
            .with("mail.example.com", "v=DMARC1; p=none")
            .with("example.com", "v=DMARC1; p=reject");
    FoundPolicy policy = zone.verify("a.mail.example.com").policy().orElseThrow();
    assertThat(policy.domain()).isEqualTo(domain("example.com"));
    assertThat(policy.source()).isEqualTo(PolicySource.ORGANIZATIONAL_DOMAIN);
  }

  @Test
  void thePublicSuffixCountsOnlyForOrganizationsWithoutARecord() {
    Zone zone =
        Zone.empty()
            .with("giant.bank.example", "v=DMARC1; p=none")
            .with("bank.example", "v=DMARC1; p=reject; psd=y" + RUA);
    FoundPolicy giant = zone.verify("a.giant.bank.example").policy().orElseThrow();
    assertThat(giant.domain()).isEqualTo(domain("giant.bank.example"));
    FoundPolicy mega = zone.verify("a.mega.bank.example").policy().orElseThrow();
    assertThat(mega.domain()).isEqualTo(domain("bank.example"));
    assertThat(mega.source()).isEqualTo(PolicySource.PUBLIC_SUFFIX);
  }

  @ParameterizedTest
  @CsvSource({
    "v=spf1 -all, NO_RECORD",
    "v=DMARC2; p=reject, NO_RECORD",
    "p=reject; v=DMARC1, NO_RECORD",
    "v=DMARC1; p=reject | v=DMARC1; p=reject, SEVERAL_RECORDS",
    "v=DMARC1; p=reject | v=DMARC1, SEVERAL_RECORDS",
    "v=DMARC1, NO_POLICY",
    "v=DMARC1; adkim=s, NO_POLICY",
    "v=DMARC1; sp=reject; np=reject, NO_POLICY",
    "v=DMARC1; p=deny, INVALID_POLICY",
    "v=DMARC1; p=reject; np=deny; rua=nowhere, INVALID_POLICY",
  })
  void noPolicy(String records, DmarcReason reason) {
    Zone zone = Zone.empty().with("example.com", records.split(" \\| "));
    for (String author : List.of("example.com", "a.example.com")) {
      DmarcResult result = zone.verify(author, spf(author));
      assertThat(result.reason()).isEqualTo(reason);
      assertThat(result.status()).isEqualTo(DmarcStatus.NONE);
      assertThat(result.policy()).isEmpty();
      assertThat(result.aligned()).isEmpty();
      assertThat(result.disposition()).isEqualTo(Policy.NONE);
    }
  }

  /** What lies above a domain with several records holds for it, as if it had none. */
  @Test
  void severalRecordsBelowOne() {
    Zone zone =
        Zone.empty()
            .with("a.example.com", "v=DMARC1; p=none", "v=DMARC1; p=none")
            .with("example.com", "v=DMARC1; p=reject");
    assertThat(zone.verify("a.example.com").disposition()).isEqualTo(Policy.REJECT);
  }

  @Test
  void existenceIsAskedOnlyWhereItMatters() {
    Zone same = Zone.empty().with("example.com", "v=DMARC1; p=none; sp=reject; np=reject");
    same.verify("gone.example.com");
    assertThat(same.asked())
        .containsExactly("_dmarc.gone.example.com", "_dmarc.example.com", "_dmarc.com");
    Zone own = Zone.empty().with("example.com", "v=DMARC1; p=none; np=reject");
    own.verify("example.com");
    assertThat(own.asked()).containsExactly("_dmarc.example.com");
    own.verify("gone.example.com");
    assertThat(own.asked()).endsWith("_dmarc.com", "A gone.example.com");
  }

  @Test
  void aTopLevelDomainAlone() {
    Zone zone = Zone.empty().with("localhost", "v=DMARC1; p=reject");
    assertThat(zone.verify("localhost", spf("localhost")).status()).isEqualTo(DmarcStatus.PASS);
    assertThat(Zone.empty().verify("localhost").reason()).isEqualTo(DmarcReason.NO_RECORD);
  }
}
