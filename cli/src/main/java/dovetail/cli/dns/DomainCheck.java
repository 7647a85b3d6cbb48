package dovetail.cli.dns;

import dovetail.dkim.KeyCheck;
import dovetail.dkim.KeyRecord;
import dovetail.dkim.SigningKey;
import dovetail.dmarc.DmarcReason;
import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.DmarcVerifier;
import dovetail.dmarc.FoundPolicy;
import dovetail.dmarc.Policy;
import dovetail.dns.Answer;
import dovetail.dns.MailExchange;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.iprev.IprevResult;
import dovetail.iprev.IprevVerifier;
import dovetail.mail.Domain;
import dovetail.spf.SpfClient;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfVerifier;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares what the DNS says of a domain with what it has to say. */
public final class DomainCheck {
  /** From so many on, another include may be one too many (RFC 7208 4.6.4). */
  private static final int MANY_LOOKUPS = 8;

  private static final String SPF = "spf";
  private static final String DKIM = "dkim";

  private final Domain domain;
  private final MailHost host;
  private final Resolver resolver;
  private final SpfVerifier spf;

  /** A check of that domain, whose mail that host handles. */
  public DomainCheck(Domain domain, MailHost host, Resolver resolver, SpfVerifier spf) {
    this.domain = domain;
    this.host = host;
    this.resolver = resolver;
    this.spf = spf;
  }

  /**
   * All that there is to say.
   *
   * @param keys the keys of the domain's mail
   */
  public List<Finding> findings(List<DomainKey> keys) {
    List<Finding> findings = new ArrayList<>();
    findings.add(exchangers());
    findings.addAll(names());
    findings.addAll(senders());
    findings.addAll(keys(keys));
    findings.add(policy());
    findings.add(text("mta-sts", domain.below("_mta-sts"), "v=STSv1"));
    findings.add(
        text("tlsrpt", domain.below("_tls").flatMap(below -> below.below("_smtp")), "v=TLSRPTv1"));
    return List.copyOf(findings);
  }

  private Finding exchangers() {
    String subject = "mx";
    return switch (resolver.ask(RecordType.MX, domain)) {
      case Answer.Records<MailExchange>(List<MailExchange> all, _) -> exchangers(subject, all);
      case Answer.NoData<MailExchange>(), Answer.NoSuchName<MailExchange>() ->
          Finding.missing(subject, "no MX record");
      case Answer.Failed<MailExchange>(var failure) -> Finding.unknown(subject, failure.words());
    };
  }

  private Finding exchangers(String subject, List<MailExchange> all) {
    List<MailExchange> sorted =
        all.stream().sorted(Comparator.comparingInt(MailExchange::preference)).toList();
    String hosts = String.join(", ", sorted.stream().map(MailExchange::host).toList());
    if (hosts.isEmpty()) {
      return Finding.wrong(subject, "a null MX: the domain takes no mail"); // RFC 7505 3
    }
    if (sorted.stream().noneMatch(this::isHost)) {
      return Finding.wrong(subject, hosts + ", and not " + host.name());
    }
    int best = sorted.getFirst().preference();
    boolean first = sorted.stream().filter(mx -> mx.preference() == best).anyMatch(this::isHost);
    return first
        ? Finding.good(subject, hosts)
        : Finding.note(subject, hosts + ": others come before " + host.name());
  }

  private boolean isHost(MailExchange exchange) {
    return exchange.domain().filter(host.name()::equals).isPresent();
  }

  /** Many refuse mail of hosts whose address has no name that leads back to it. */
  private List<Finding> names() {
    String subject = "ptr";
    List<Finding> findings = new ArrayList<>();
    host.unknown().ifPresent(why -> findings.add(Finding.unknown(subject, why)));
    if (host.addresses().isEmpty() && findings.isEmpty()) {
      findings.add(Finding.missing(subject, host.name() + " has no address"));
    }
    IprevVerifier iprev = new IprevVerifier(resolver);
    for (InetAddress address : host.addresses()) {
      IprevResult result = iprev.verify(address);
      String text =
          address.getHostAddress()
              + ": "
              + result.name().map(Domain::toString).orElse(result.detail());
      findings.add(
          switch (result.status()) {
            case PASS -> Finding.good(subject, text);
            case FAIL -> Finding.wrong(subject, text);
            case PERMERROR -> Finding.missing(subject, text);
            case TEMPERROR -> Finding.unknown(subject, text);
          });
    }
    return findings;
  }

  private List<Finding> senders() {
    List<Finding> findings = new ArrayList<>();
    SpfVerifier.Survey survey = spf.survey(domain);
    Optional<Finding> record = record(survey);
    record.ifPresent(findings::add);
    if (record.filter(finding -> finding.level() != Finding.Level.NOTE).isEmpty()) {
      host.addresses().forEach(address -> findings.add(sender(address)));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.note(SPF, "published; " + host.name() + " has no address to try"));
    }
    return findings;
  }

  /** What is wrong with the record, whoever sends. */
  private static Optional<Finding> record(SpfVerifier.Survey survey) {
    SpfResult result = survey.result();
    return switch (result.status()) {
      case NONE -> Optional.of(Finding.missing(SPF, result.words()));
      case TEMPERROR -> Optional.of(Finding.unknown(SPF, result.words()));
      case PERMERROR -> Optional.of(Finding.wrong(SPF, result.words()));
      case PASS -> Optional.of(Finding.wrong(SPF, "everybody may send" + named(result)));
      case NEUTRAL, FAIL, SOFTFAIL ->
          survey.terms() >= MANY_LOOKUPS
              ? Optional.of(
                  Finding.note(
                      SPF,
                      survey.terms()
                          + " of the "
                          + SpfVerifier.MAX_TERMS
                          + " DNS lookups that are allowed"))
              : Optional.empty();
    };
  }

  private Finding sender(InetAddress address) {
    SpfResult result =
        spf.mailFrom(new SpfClient(address, host.name().ascii()), "postmaster@" + domain.ascii());
    String why = result.mechanism().isPresent() ? named(result) : ", " + result.words();
    String text = address.getHostAddress() + ": " + result.status().word() + why;
    return switch (result.status()) {
      case PASS -> Finding.good(SPF, text);
      case TEMPERROR -> Finding.unknown(SPF, text);
      case NONE, NEUTRAL, FAIL, SOFTFAIL, PERMERROR -> Finding.wrong(SPF, text);
    };
  }

  private static String named(SpfResult result) {
    return result.mechanism().map(mechanism -> " by " + mechanism).orElse("");
  }

  private List<Finding> keys(List<DomainKey> keys) {
    List<Finding> findings = new ArrayList<>();
    if (keys.stream().allMatch(key -> key.remark().isPresent())) {
      findings.add(Finding.missing(DKIM, "no key signs its mail"));
    }
    for (DomainKey each : keys) {
      Finding finding = key(each.key());
      findings.add(
          each.remark()
              .map(remark ->
                  Finding.note(
                      DKIM, finding.text() + ", " + finding.level().words() + "; " + remark))
              .orElse(finding));
    }
    return findings;
  }

  private Finding key(SigningKey key) {
    Domain name = KeyRecord.domain(key.selector(), key.domain()).orElseThrow();
    KeyCheck check = KeyCheck.of(key.key(), resolver.txt(name));
    String text = name + (check.detail().isEmpty() ? "" : ": " + check.detail());
    return switch (check.outcome()) {
      case PUBLISHED -> Finding.good(DKIM, text);
      case MISSING -> Finding.missing(DKIM, text);
      case ANOTHER_KEY -> Finding.wrong(DKIM, name + ": another key");
      case UNUSABLE -> Finding.wrong(DKIM, text);
      case UNKNOWN -> Finding.unknown(DKIM, text);
    };
  }

  private Finding policy() {
    String subject = "dmarc";
    DmarcResult result = new DmarcVerifier(resolver).verify(domain, List.of());
    return switch (result.status()) {
      case PASS, FAIL -> policy(subject, result.policy().orElseThrow());
      case TEMPERROR -> Finding.unknown(subject, result.words());
      case PERMERROR -> Finding.wrong(subject, result.words());
      case NONE ->
          result.reason() == DmarcReason.NO_RECORD
              ? Finding.missing(subject, result.words())
              : Finding.wrong(subject, result.words());
    };
  }

  private static Finding policy(String subject, FoundPolicy policy) {
    String text =
        "p="
            + policy.published().word()
            + (policy.record().testing() ? ", only tested (t=y)" : "")
            + ", by the record of "
            + policy.domain();
    return policy.applicable() == Policy.NONE
        ? Finding.note(subject, text)
        : Finding.good(subject, text);
  }

  /** A record that may be there, once. */
  private Finding text(String subject, Optional<Domain> name, String version) {
    if (name.isEmpty()) {
      return Finding.note(subject, "the domain is too long for it");
    }
    return switch (resolver.txt(name.get())) {
      case Answer.Records<String>(List<String> all, _) -> {
        List<String> ours =
            all.stream()
                .filter(text -> text.equals(version) || text.startsWith(version + ";"))
                .toList();
        yield switch (ours.size()) {
          case 0 -> Finding.note(subject, "not published");
          case 1 -> Finding.good(subject, ours.getFirst());
          default -> Finding.wrong(subject, "several records");
        };
      }
      case Answer.NoData<String>(), Answer.NoSuchName<String>() ->
          Finding.note(subject, "not published");
      case Answer.Failed<String>(var failure) -> Finding.unknown(subject, failure.words());
    };
  }
}
