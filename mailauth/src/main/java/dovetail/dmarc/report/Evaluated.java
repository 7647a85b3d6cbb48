package dovetail.dmarc.report;

import dovetail.dkim.DkimResult;
import dovetail.dkim.DkimStatus;
import dovetail.dmarc.DmarcRecord;
import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.DmarcStatus;
import dovetail.dmarc.FailureOption;
import dovetail.dmarc.FoundPolicy;
import dovetail.dmarc.Identifier;
import dovetail.dmarc.report.AggregateReport.DkimEntry;
import dovetail.dmarc.report.AggregateReport.Evaluation;
import dovetail.dmarc.report.AggregateReport.Identifiers;
import dovetail.dmarc.report.AggregateReport.PublishedPolicy;
import dovetail.dmarc.report.AggregateReport.Reason;
import dovetail.dmarc.report.AggregateReport.Row;
import dovetail.dmarc.report.AggregateReport.SpfEntry;
import dovetail.mail.Domain;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfStatus;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one checked message adds to a report. It says nothing of the recipient, and of the sender
 * only domains.
 *
 * @param policyDomain whom the report is about, and goes to
 * @param row for this one message
 */
public record Evaluated(Domain policyDomain, PublishedPolicy policy, Row row) {
  /** RFC 9990 3.1.3. */
  static final int MAX_SIGNATURES = 100;

  /** What has a key is a name; anything else could be a stranger's novel. */
  private static final Pattern SELECTOR = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  /** Of all signatures together: whoever makes them up is not to fill the memory. */
  static final int MAX_CHARACTERS = 6_000;

  /**
   * A message and what was found of it.
   *
   * @param spf of MAIL FROM, or what stands for it if the sender is null
   * @param envelopeFrom nothing if the sender is null
   * @param disposition what was done if it has failed; nothing else than none, quarantine and
   *     reject counts
   * @param override why something else was done than the policy asks for, where that is known
   */
  public record Message(
      InetAddress client,
      DmarcResult dmarc,
      List<DkimResult> dkim,
      Optional<SpfResult> spf,
      Optional<Domain> envelopeFrom,
      Disposition disposition,
      Optional<Reason> override) {
    /** Takes a copy of the list. */
    public Message {
      dkim = List.copyOf(dkim);
    }
  }

  /**
   * What is to be reported of a message.
   *
   * @return nothing if DMARC has come to no end, or the domain asks for no reports by mail
   */
  public static Optional<Evaluated> of(Message message) {
    DmarcResult dmarc = message.dmarc();
    boolean ended =
        switch (dmarc.status()) {
          case PASS, FAIL -> true;
          case NONE, TEMPERROR, PERMERROR -> false;
        };
    return ended
        ? dmarc
            .policy()
            .filter(policy -> asksForReports(policy.record()))
            .flatMap(policy -> dmarc.author().flatMap(author -> of(message, policy, author)))
        : Optional.empty();
  }

  private static boolean asksForReports(DmarcRecord record) {
    return record.reporting().aggregate().stream().anyMatch(uri -> uri.mailbox().isPresent());
  }

  private static Optional<Evaluated> of(Message message, FoundPolicy policy, Domain author) {
    DmarcResult dmarc = message.dmarc();
    Evaluation evaluation =
        dmarc.status() == DmarcStatus.PASS
            ? new Evaluation(Disposition.PASS, dmarc.dkimAligned(), dmarc.spfAligned(), List.of())
            : failed(message, policy);
    Row row =
        new Row(
            plain(message.client()),
            1,
            evaluation,
            new Identifiers(
                Optional.empty(), message.envelopeFrom().map(Domain::ascii), author.ascii()),
            dkim(message, author),
            message.spf().flatMap(Evaluated::spf).stream().toList());
    return policy
        .record()
        .effective()
        .map(policies -> new Evaluated(policy.domain(), published(policy, policies), row));
  }

  /** RFC 9990 3.1.1.5: what the record does not say is there as what it means. */
  private static PublishedPolicy published(FoundPolicy policy, DmarcRecord.Policies policies) {
    DmarcRecord record = policy.record();
    return new PublishedPolicy(
        policy.domain().ascii(),
        Optional.of(record.modes().dkim()),
        Optional.of(record.modes().spf()),
        Optional.of(policies.domain()),
        Optional.of(policies.forExisting()),
        Optional.of(policies.forNonexistent()),
        record.testing(),
        Optional.of(
            record.reporting().options().stream()
                .map(FailureOption::letter)
                .collect(Collectors.joining(":"))),
        Optional.of("treewalk"));
  }

  private static Evaluation failed(Message message, FoundPolicy policy) {
    Disposition done =
        switch (message.disposition()) {
          case QUARANTINE -> Disposition.QUARANTINE;
          case REJECT -> Disposition.REJECT;
          case NONE, PASS, UNSPECIFIED -> Disposition.NONE;
        };
    if (done == Disposition.of(policy.published().word())) {
      return new Evaluation(done, false, false, List.of()); // RFC 9990 3.1.1.9: as it was asked
    }
    Reason reason = message.override().orElseGet(() -> reason(done, policy));
    return new Evaluation(done, false, false, List.of(reason));
  }

  /** RFC 9990 3.1.1.9: there must be one if the policy was not applied as it is. */
  private static Reason reason(Disposition done, FoundPolicy policy) {
    if (done == Disposition.of(policy.applicable().word())) {
      return new Reason("policy_test_mode", Optional.empty());
    }
    return done.compareTo(Disposition.of(policy.published().word())) > 0
        ? new Reason("other", Optional.of("more was done than is asked for"))
        : new Reason("local_policy", Optional.empty());
  }

  /**
   * RFC 9990 3.1.3: those that say most come first; among equals the order is made up, so that
   * messages which are alike count as such.
   */
  private static List<DkimEntry> dkim(Message message, Domain author) {
    Comparator<DkimResult> preference =
        Comparator.comparingInt(result -> rank(result, message.dmarc(), author));
    List<DkimResult> kept = new ArrayList<>();
    int characters = 0;
    for (DkimResult result :
        message.dkim().stream()
            .filter(each -> each.claims().domain().isPresent())
            .sorted(preference)
            .limit(MAX_SIGNATURES)
            .toList()) {
      characters += dkim(result).toString().length();
      if (characters > MAX_CHARACTERS) {
        break;
      }
      kept.add(result);
    }
    return kept.stream()
        .sorted(preference.thenComparing(result -> dkim(result).toString()))
        .map(Evaluated::dkim)
        .toList();
  }

  private static int rank(DkimResult result, DmarcResult dmarc, Domain author) {
    if (result.status() != DkimStatus.PASS) {
      return 3;
    }
    if (result.claims().domain().filter(author::equals).isPresent()) {
      return 0;
    }
    boolean aligned =
        dmarc.aligned().stream()
            .filter(Identifier.Dkim.class::isInstance)
            .anyMatch(each -> result.claims().domain().filter(each.domain()::equals).isPresent());
    return aligned ? 1 : 2;
  }

  private static DkimEntry dkim(DkimResult result) {
    DkimResult.Claims claims = result.claims();
    return new DkimEntry(
        claims.domain().map(Domain::ascii).orElse(""),
        claims.selector().filter(selector -> SELECTOR.matcher(selector).matches()),
        result.status().word(),
        result.status() == DkimStatus.PASS ? Optional.empty() : Optional.of(result.words()));
  }

  /** RFC 9990 3.1.1.13: mfrom is the only scope that there is. */
  private static Optional<SpfEntry> spf(SpfResult result) {
    boolean error =
        result.status() == SpfStatus.TEMPERROR || result.status() == SpfStatus.PERMERROR;
    return result
        .domain()
        .map(domain ->
            new SpfEntry(
                domain.ascii(),
                Optional.of("mfrom"),
                result.status().word(),
                error ? Optional.of(result.words()) : Optional.empty()));
  }

  /** Without a zone, and an IPv4 address that is mapped into IPv6 as what it is. */
  private static InetAddress plain(InetAddress client) {
    try {
      return InetAddress.getByAddress(client.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has the octets of one", e);
    }
  }
}
