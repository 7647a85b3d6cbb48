package dovetail.cli.dns;

import dovetail.dns.ReverseName;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The records that a domain needs whose mail a host handles, as a zone file has them. */
public final class DomainRecords {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder zone = new StringBuilder();
  private final Domain domain;
  private final MailHost host;

  private DomainRecords(Domain domain, MailHost host) {
    this.domain = domain;
    this.host = host;
  }

  /**
   * The zone file.
   *
   * @param keys the keys of the domain's mail
   * @param now goes into the id of the policy for TLS (RFC 8461 3.1)
   */
  public static String zone(Domain domain, MailHost host, List<DomainKey> keys, Instant now) {
    DomainRecords records = new DomainRecords(domain, host);
    records.mail();
    records.keys(keys);
    records.policies(now);
    records.names();
    return records.zone.toString();
  }

  private void mail() {
    comment("Its mail goes to that host, and comes from nowhere else: name others that send it.");
    record(domain.ascii(), "MX", "10 " + host.name().ascii() + ".");
    text(domain.ascii(), "v=spf1 mx -all");
  }

  private void keys(List<DomainKey> keys) {
    if (keys.isEmpty()) {
      comment("No key signs its mail: see dovetail dkim generate " + domain);
    }
    for (DomainKey each : keys) {
      each.remark().ifPresent(this::comment);
      zone.append(
          each.key().key().keyRecord().zoneFile(each.key().selector(), each.key().domain()));
    }
  }

  private void policies(Instant now) {
    comment("Mail that only claims to be from it is suspicious; reports go to that address.");
    text("_dmarc." + domain.ascii(), "v=DMARC1; p=quarantine; rua=mailto:" + postmaster());
    comment("Mail for it comes over TLS. This goes with an address for mta-sts." + domain.ascii());
    comment("and https://mta-sts." + domain.ascii() + "/.well-known/mta-sts.txt, which holds:");
    comment("  version: STSv1");
    comment("  mode: testing      (later: enforce)");
    comment("  mx: " + host.name().ascii());
    comment("  max_age: 604800");
    text("_mta-sts." + domain.ascii(), "v=STSv1; id=" + STAMP.format(now));
    comment("Reports on that go to this address.");
    text("_smtp._tls." + domain.ascii(), "v=TLSRPTv1; rua=mailto:" + postmaster());
  }

  private void names() {
    if (host.addresses().isEmpty()) {
      comment("The DNS has no address of " + host.name().ascii() + ".");
      return;
    }
    comment("Whoever has given the host its addresses sets their names.");
    for (InetAddress address : host.addresses()) {
      record(ReverseName.of(address).ascii(), "PTR", host.name().ascii() + ".");
    }
  }

  private String postmaster() {
    return "postmaster@" + domain.ascii();
  }

  private void comment(String text) {
    zone.append("; ").append(text).append('\n');
  }

  private void text(String name, String text) {
    record(name, "TXT", "\"" + text + "\"");
  }

  private void record(String name, String type, String data) {
    zone.append(name).append(".\tIN\t").append(type).append('\t').append(data).append('\n');
  }
}
