package dovetail.milter.report;

import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.report.AggregateReport;
import dovetail.dmarc.report.Evaluated;
import dovetail.dmarc.report.ReportText;
import dovetail.iprev.IprevResult;
import dovetail.ledger.DomainDay;
import dovetail.ledger.Entry;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.milter.filter.Disposition;
import dovetail.milter.filter.Verdict;
import dovetail.milter.session.MessageRecord;
import dovetail.spf.SpfResult;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/** What the owner of an author's domain is told of a message. */
final class EntryMaker {
  private EntryMaker() {}

  /**
   * Whether anything is told: not of what will be tried again and count then, nor of reports that
   * the owner stands behind.
   */
  static boolean isReported(MessageRecord message) {
    Optional<Verdict.Findings> findings = message.verdict().findings();
    return findings.isPresent()
        && findings.get().done().action() != Disposition.Action.DEFER
        && findings
            .get()
            .report()
            .dmarc()
            .filter(dmarc -> counts(dmarc, findings.get()))
            .isPresent();
  }

  private static boolean counts(DmarcResult dmarc, Verdict.Findings findings) {
    return switch (dmarc.status()) {
      case PASS -> !findings.feedback();
      case FAIL -> true;
      case NONE, TEMPERROR, PERMERROR -> false;
    };
  }

  /** What is told of it; nothing if the owner wants no reports. */
  static Optional<Evaluated> evaluated(MessageRecord message) {
    return message.verdict().findings().flatMap(findings -> evaluated(message, findings));
  }

  /** That as an entry of the ledger. */
  static Entry entry(Evaluated evaluated, Instant received) {
    return Entry.of(
        DomainDay.of(evaluated.policyDomain(), received),
        ReportText.policy(evaluated.policy()),
        ReportText.row(evaluated.row()));
  }

  private static Optional<Evaluated> evaluated(MessageRecord message, Verdict.Findings findings) {
    Optional<DmarcResult> dmarc = findings.report().dmarc();
    Optional<InetAddress> client = client(message, findings);
    if (dmarc.isEmpty() || client.isEmpty()) {
      return Optional.empty();
    }
    return Evaluated.of(
        new Evaluated.Message(
            client.get(),
            dmarc.get(),
            findings.report().dkim(),
            findings.report().client().spf().stream().findFirst(),
            sender(message, findings),
            disposition(findings.done()),
            override(findings)));
  }

  /** The one that was judged, which is not always the one that is connected. */
  private static Optional<InetAddress> client(MessageRecord message, Verdict.Findings findings) {
    return findings
        .report()
        .client()
        .iprev()
        .map(IprevResult::address)
        .or(() -> message.submission().client().address());
  }

  private static Optional<Domain> sender(MessageRecord message, Verdict.Findings findings) {
    return Address.parse(message.submission().senderAddress())
        .map(Address::domain)
        .or(() -> findings.report().client().spf().stream().findFirst().flatMap(SpfResult::domain))
        .filter(_ -> !message.submission().senderAddress().isEmpty());
  }

  private static dovetail.dmarc.report.Disposition disposition(Disposition done) {
    return switch (done.action()) {
      case NONE, MARK, DEFER -> dovetail.dmarc.report.Disposition.NONE;
      case QUARANTINE -> dovetail.dmarc.report.Disposition.QUARANTINE;
      case REJECT -> dovetail.dmarc.report.Disposition.REJECT;
    };
  }

  /** Why the owner's wish was not followed, in the words of RFC 9990 3.1.6. */
  private static Optional<AggregateReport.Reason> override(Verdict.Findings findings) {
    if (!findings.wanted().equals(findings.done())) {
      return because("local_policy", "the policy is only tried here");
    }
    return switch (findings.wanted().reason()) {
      case TRUSTED_SEALER, EXCEPTION_SEALER -> because("trusted_forwarder", "arc=pass");
      case EXCEPTION_CLIENT -> because("trusted_forwarder", "");
      case DMARC_LIST, EXCEPTION_LIST -> because("mailing_list", "");
      case EXCEPTION_AUTHOR, EXCEPTION_SENDER -> because("local_policy", "");
      case DMARC_FORWARDED -> because("other", "signs of forwarding");
      case SIGNED,
          NOT_SUBMISSION,
          MODE_VERIFY,
          SEEN_BEFORE,
          RECEIVED_UNTRUSTED,
          FROM_MISSING,
          FROM_REPEATED,
          FROM_AMBIGUOUS,
          NO_KEY,
          KEYS_UNKNOWN,
          LOGIN_MISMATCH,
          LOGIN_WITHOUT_DOMAIN,
          DMARC_UNKNOWN,
          EXCEPTIONS_UNKNOWN,
          DMARC_NONE,
          AUTHOR_UNCLEAR,
          DMARC_POLICY,
          DMARC_SPF_FAIL,
          DMARC_DIRECT,
          ARCHIVE_UNKNOWN,
          HEADERS_TOO_LARGE,
          ERROR ->
          Optional.empty(); // the report itself says so where the policy was not applied
    };
  }

  private static Optional<AggregateReport.Reason> because(String type, String comment) {
    return Optional.of(
        new AggregateReport.Reason(type, Optional.of(comment).filter(text -> !text.isEmpty())));
  }
}
