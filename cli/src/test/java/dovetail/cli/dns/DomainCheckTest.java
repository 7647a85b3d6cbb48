package dovetail.cli.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MailExchange;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.dns.ReverseName;
import dovetail.mail.Domain;
import dovetail.spf.SpfVerifier;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a domain by what the DNS says. */
final class DomainCheckTest {
  private static final Domain DOMAIN = domain("shop.example");
  private static final Domain HOST = domain("mx.demo.example");
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.7");

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private static <T> Answer<T> records(T one) {
    return new Answer.Records<>(List.of(one), false);
  }

  private static Answer<String> texts(String... all) {
    return new Answer.Records<>(List.of(all), false);
  }

  /** All as it should be. */
  private static MapResolver good() {
    return new MapResolver(
            Map.of(
                DOMAIN,
                texts("v=spf1 mx -all", "something else"),
                domain("_dmarc.shop.example"),
                records("v=DMARC1; p=quarantine"),
                domain("_mta-sts.shop.example"),
                records("v=STSv1; id=1"),
                domain("_smtp._tls.shop.example"),
                records("v=TLSRPTv1; rua=mailto:a@b.example")))
        .with(RecordType.MX, DOMAIN, records(new MailExchange(10, "mx.demo.example")))
        .with(RecordType.A, HOST, records(ADDRESS))
        .with(RecordType.PTR, ReverseName.of(ADDRESS), records("mx.demo.example"));
  }

  private static List<String> findings(Resolver resolver) {
    SpfVerifier spf =
        new SpfVerifier(resolver, "mx.demo.example", InstantSource.fixed(Instant.EPOCH), () -> 0);
    return new DomainCheck(DOMAIN, MailHost.of(HOST, resolver), resolver, spf)
        .findings(List.of()).stream()
            .map(each -> each.subject() + " " + each.level() + " " + each.text())
            .toList();
  }

  @Test
  void whatIsPublishedIsGood() {
    assertThat(findings(good()))
        .containsExactly(
            "mx GOOD mx.demo.example",
            "ptr GOOD 192.0.2.7: mx.demo.example",
            "spf GOOD 192.0.2.7: pass by mx",
            "dkim MISSING no key signs its mail",
            "dmarc GOOD p=quarantine, by the record of shop.example",
            "mta-sts GOOD v=STSv1; id=1",
            "tlsrpt GOOD v=TLSRPTv1; rua=mailto:a@b.example");
  }

  @Test
  void whatIsNotThereIsMissing() {
    assertThat(findings(new MapResolver(Map.of())))
        .containsExactly(
            "mx MISSING no MX record",
            "ptr MISSING mx.demo.example has no address",
            "spf MISSING no SPF record",
            "dkim MISSING no key signs its mail",
            "dmarc MISSING no policy record",
            "mta-sts NOTE not published",
            "tlsrpt NOTE not published");
  }

  @Test
  void whatIsOtherThanItShouldBeIsWrong() {
    MapResolver wrong =
        good()
            .with(RecordType.MX, DOMAIN, records(new MailExchange(10, "mx.other.example")))
            .with(RecordType.PTR, ReverseName.of(ADDRESS), records("other.example"))
            .with(RecordType.TXT, DOMAIN, records("v=spf1 ip4:198.51.100.0/24 -all"))
            .with(
                RecordType.TXT,
                domain("_dmarc.shop.example"),
                texts("v=DMARC1; p=none", "v=DMARC1; p=reject"))
            .with(
                RecordType.TXT,
                domain("_mta-sts.shop.example"),
                texts("v=STSv1; id=1", "v=STSv1; id=2"));
    assertThat(findings(wrong))
        .contains(
            "mx WRONG mx.other.example, and not mx.demo.example",
            "ptr WRONG 192.0.2.7: no name leads back",
            "spf WRONG 192.0.2.7: fail by -all",
            "dmarc WRONG several policy records at one name",
            "mta-sts WRONG several records");
  }

  @Test
  void aRecordWithManyLookupsIsWorthAThoughtBeforeItIsTooLate() {
    String nine = "v=spf1 mx" + " a:mx.demo.example".repeat(8) + " -all";
    assertThat(findings(good().with(RecordType.TXT, DOMAIN, records(nine))))
        .contains("spf NOTE 9 of the 10 DNS lookups that are allowed");
    String eleven = "v=spf1 mx" + " a:mx.demo.example".repeat(10) + " -all";
    assertThat(findings(good().with(RecordType.TXT, DOMAIN, records(eleven))))
        .contains("spf WRONG too many DNS lookups");
    String voids = "v=spf1 mx" + " exists:%{i}.no.example".repeat(8) + " -all";
    assertThat(findings(good().with(RecordType.TXT, DOMAIN, records(voids))))
        .contains("spf NOTE 9 of the 10 DNS lookups that are allowed");
  }

  @Test
  void aRecordThatLetsEverybodySendIsWrong() {
    assertThat(findings(good().with(RecordType.TXT, DOMAIN, records("v=spf1 mx +all"))))
        .contains("spf WRONG everybody may send by +all");
  }

  @Test
  void theHostIsToBeTheFirst() {
    Answer<MailExchange> both =
        new Answer.Records<>(
            List.of(new MailExchange(20, "mx.demo.example"), new MailExchange(10, "old.example")),
            false);
    assertThat(findings(good().with(RecordType.MX, DOMAIN, both)))
        .contains("mx NOTE old.example, mx.demo.example: others come before mx.demo.example");
    assertThat(findings(good().with(RecordType.MX, DOMAIN, records(new MailExchange(0, "")))))
        .contains("mx WRONG a null MX: the domain takes no mail");
  }

  @Test
  void aPolicyThatAsksForNothingIsWorthAThought() {
    assertThat(
            findings(
                good()
                    .with(
                        RecordType.TXT,
                        domain("_dmarc.shop.example"),
                        records("v=DMARC1; p=quarantine; t=y"))))
        .contains("dmarc NOTE p=quarantine, only tested (t=y), by the record of shop.example");
  }

  @Test
  void whatTheDnsDoesNotSayIsNotKnown() {
    MapResolver failing =
        good()
            .with(RecordType.MX, DOMAIN, new Answer.Failed<>(Failure.TIMEOUT))
            .with(RecordType.AAAA, HOST, new Answer.Failed<>(Failure.TIMEOUT))
            .with(
                RecordType.TXT,
                domain("_smtp._tls.shop.example"),
                new Answer.Failed<>(Failure.TIMEOUT));
    assertThat(findings(failing))
        .contains("mx UNKNOWN timeout", "ptr UNKNOWN timeout", "tlsrpt UNKNOWN timeout");
  }

  @Test
  void theZoneFileIsWhatIsGood() {
    String zone =
        DomainRecords.zone(
            DOMAIN, MailHost.of(HOST, good()), List.of(), Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(zone.lines().filter(line -> !line.startsWith(";")))
        .containsExactly(
            "shop.example.\tIN\tMX\t10 mx.demo.example.",
            "shop.example.\tIN\tTXT\t\"v=spf1 mx -all\"",
            "_dmarc.shop.example.\tIN\tTXT\t\"v=DMARC1; p=quarantine; rua=mailto:postmaster@shop.example\"",
            "_mta-sts.shop.example.\tIN\tTXT\t\"v=STSv1; id=20260102T030405\"",
            "_smtp._tls.shop.example.\tIN\tTXT\t\"v=TLSRPTv1; rua=mailto:postmaster@shop.example\"",
            "7.2.0.192.in-addr.arpa.\tIN\tPTR\tmx.demo.example.");
  }
}
