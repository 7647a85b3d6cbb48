package dovetail.dmarc;

import static dovetail.dmarc.Zone.dkim;
import static dovetail.dmarc.Zone.domain;
import static dovetail.dmarc.Zone.spf;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import dovetail.mail.Author;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SPF and DKIM found, held against the author domain (RFC 9989 4.10.2, 5.3). */
class AlignmentTest {
  private static Zone zone(String tags) {
    return Zone.empty().with("example.com", "v=DMARC1; p=reject" + tags);
  }

  private static Identifier without(Identifier identifier, Identifier.Check check) {
    return switch (identifier) {
      case Identifier.Spf(var domain, _) -> new Identifier.Spf(domain, check);
      case Identifier.Dkim(var domain, var selector, _) ->
          new Identifier.Dkim(domain, selector, check);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "'', true, true",
    "; aspf=s, false, true",
    "; adkim=s, true, false",
    "; adkim=s; aspf=s, false, false",
  })
  void eachMechanismHasItsMode(String tags, boolean spf, boolean dkim) {
    Identifier sender = spf("a.example.com");
    Identifier signature = dkim("b.example.com");
    DmarcResult result = zone(tags).verify("example.com", sender, signature);
    assertThat(result.spfAligned()).isEqualTo(spf);
    assertThat(result.dkimAligned()).isEqualTo(dkim);
    assertThat(result.status()).isEqualTo(spf || dkim ? DmarcStatus.PASS : DmarcStatus.FAIL);
  }

  @Test
  void siblingsAreAligned() {
    Zone zone = zone("").with("c.example.com", "v=DMARC1; p=none; sp=reject");
    assertThat(zone.verify("a.example.com", dkim("b.example.com")).status())
        .isEqualTo(DmarcStatus.PASS);
    assertThat(zone.verify("c.example.com", dkim("b.example.com")).status())
        .isEqualTo(DmarcStatus.PASS);
  }

  @Test
  void namesThatOnlyLookAlikeAreNot() {
    Zone zone = zone("").with("badexample.com", "v=DMARC1; p=none");
    for (String other :
        List.of("badexample.com", "com", "example.co", "example.com.evil.example")) {
      assertThat(zone.verify("example.com", dkim(other)).reason())
          .isEqualTo(DmarcReason.NOT_ALIGNED);
    }
  }

  @Test
  void anOrganizationBelowIsAnother() {
    Zone zone = zone("").with("shop.example.com", "v=DMARC1; p=none; psd=n");
    assertThat(zone.verify("example.com", dkim("a.shop.example.com")).status())
        .isEqualTo(DmarcStatus.FAIL);
    assertThat(zone.verify("shop.example.com", dkim("example.com")).status())
        .isEqualTo(DmarcStatus.FAIL);
    assertThat(zone.verify("b.shop.example.com", dkim("a.shop.example.com")).status())
        .isEqualTo(DmarcStatus.PASS);
  }

  @Test
  void customersOfASuffixAreNotAligned() {
    Zone zone = Zone.empty().with("host.example", "v=DMARC1; p=reject; psd=y");
    assertThat(zone.verify("a.host.example", dkim("b.host.example")).status())
        .isEqualTo(DmarcStatus.FAIL);
    assertThat(zone.verify("host.example", dkim("b.host.example")).status())
        .isEqualTo(DmarcStatus.FAIL);
    assertThat(zone.verify("x.a.host.example", dkim("y.a.host.example")).status())
        .isEqualTo(DmarcStatus.PASS);
  }

  @Test
  void domainsOfOtherScriptsAreComparedAsTheDnsSeesThem() {
    Zone zone = Zone.empty().with("xn--bcher-kva.example", "v=DMARC1; p=reject");
    assertThat(zone.verify("B\u00dcCHER.example", dkim("mail.xn--bcher-kva.EXAMPLE")).status())
        .isEqualTo(DmarcStatus.PASS);
  }

  @Test
  void onlyWhatPassedCounts() {
    for (Identifier.Check check : Identifier.Check.values()) {
      DmarcResult result =
          zone("")
              .verify(
                  "example.com",
                  without(spf("example.com"), check),
                  without(dkim("a.example.com"), check));
      assertThat(result.reason())
          .isEqualTo(
              switch (check) {
                case PASS -> DmarcReason.ALIGNED;
                case FAIL -> DmarcReason.NOT_AUTHENTICATED;
                case TEMPERROR -> DmarcReason.AUTHENTICATION_UNAVAILABLE;
              });
      assertThat(result.aligned()).hasSize(check == Identifier.Check.PASS ? 2 : 0);
    }
    assertThat(zone("").verify("example.com").reason()).isEqualTo(DmarcReason.NOT_AUTHENTICATED);
  }

  @Test
  void whatIsNotKnownMattersOnlyIfItWouldCount() {
    Identifier other = without(spf("example.net"), Identifier.Check.TEMPERROR);
    Identifier ours = without(dkim("a.example.com"), Identifier.Check.TEMPERROR);
    assertThat(zone("").verify("example.com", other).reason())
        .isEqualTo(DmarcReason.NOT_AUTHENTICATED);
    assertThat(zone("; adkim=s").verify("example.com", ours).reason())
        .isEqualTo(DmarcReason.NOT_AUTHENTICATED);
    assertThat(zone("").verify("example.com", ours, dkim("example.net")).reason())
        .isEqualTo(DmarcReason.AUTHENTICATION_UNAVAILABLE);
    assertThat(zone("").verify("example.com", ours, other, dkim("example.com")).reason())
        .isEqualTo(DmarcReason.ALIGNED);
  }

  @Test
  void namesWhatIsAligned() {
    Identifier second = new Identifier.Dkim(domain("a.example.com"), "s2", Identifier.Check.PASS);
    DmarcResult result =
        zone("")
            .verify(
                "example.com",
                dkim("example.net"),
                second,
                without(dkim("example.com"), Identifier.Check.FAIL),
                spf("example.net"),
                dkim("example.com"));
    assertThat(result.aligned()).containsExactly(second, dkim("example.com"));
    assertThat(result.spfAligned()).isFalse();
    assertThat(result.words()).isEqualTo("an authenticated domain is aligned");
  }

  @Test
  void thousandsOfSignaturesAskLittle() {
    Zone zone = zone("");
    Identifier[] strangers =
        IntStream.range(0, 5_000).mapToObj(i -> dkim("s" + i + ".net")).toArray(Identifier[]::new);
    assertThat(zone.verify("example.com", strangers).reason()).isEqualTo(DmarcReason.NOT_ALIGNED);
    assertThat(zone.asked()).containsExactly("_dmarc.example.com");

    Identifier[] neighbours =
        IntStream.range(0, 5_000).mapToObj(i -> dkim("n" + i + ".com")).toArray(Identifier[]::new);
    zone.verify("example.com", neighbours);
    assertThat(zone.asked()).containsExactly("_dmarc.example.com", "_dmarc.com");

    Identifier[] same =
        IntStream.range(0, 5_000).mapToObj(_ -> dkim("a.example.com")).toArray(Identifier[]::new);
    assertThat(zone.verify("example.com", same).aligned()).hasSize(5_000);
    assertThat(zone.asked()).hasSize(3);
  }

  /** The most that one message can make us ask. */
  @Test
  void asksNoMoreThanItSays() {
    Zone zone = Zone.empty().with("com", "v=DMARC1; p=none; np=reject");
    Identifier[] deep =
        IntStream.range(0, 1_000)
            .mapToObj(i -> dkim("a.b.c.d.e.f.g.h.i" + i + ".j" + i + ".com"))
            .toArray(Identifier[]::new);
    DmarcResult result = zone.verify("a.b.c.d.e.f.g.h.i.j.k.l.com", deep);
    assertThat(zone.asked()).hasSize(8 + AlignmentCheck.MAX_WALKS * 7 + 1).doesNotHaveDuplicates();
    assertThat(result.aligned()).hasSize(AlignmentCheck.MAX_WALKS);
    assertThat(8 + AlignmentCheck.MAX_WALKS * 7 + 1).isEqualTo(44);
  }

  @Test
  void theAuthorDomainItselfIsFoundBehindAnyNumberOfOthers() {
    Identifier[] many =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i -> dkim(i < 100 ? "x" + i + ".com" : "example.com"))
            .toArray(Identifier[]::new);
    assertThat(zone("").verify("example.com", many).aligned()).containsExactly(dkim("example.com"));
  }

  @Test
  void withoutASingleAuthorDomain() {
    DmarcVerifier verifier = new DmarcVerifier(zone(""));
    List<Identifier> passed = List.of(spf("example.com"));
    DmarcResult none = verifier.verify(new Author.Missing(), passed);
    assertThat(none.reason()).isEqualTo(DmarcReason.NO_AUTHOR);
    assertThat(none.author()).isEmpty();
    assertThat(verifier.verify(new Author.Repeated(2), passed).reason())
        .isEqualTo(DmarcReason.SEVERAL_FROM_FIELDS);
    DmarcResult ambiguous = verifier.verify(new Author.Ambiguous("several domains"), passed);
    assertThat(ambiguous.words()).isEqualTo("From field without a single domain: several domains");
    assertThat(ambiguous.status()).isEqualTo(DmarcStatus.PERMERROR);
    assertThat(ambiguous.disposition()).isEqualTo(Policy.NONE);
    Author two =
        new Author.Known(
            List.of(
                Address.parse("a@example.com").orElseThrow(),
                Address.parse("b@example.com").orElseThrow()));
    assertThat(verifier.verify(two, passed).status()).isEqualTo(DmarcStatus.PASS);
  }
}
