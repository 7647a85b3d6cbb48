package dovetail.milter.report;

import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.DmarcVerifier;
import dovetail.dmarc.Identifier;
import dovetail.dns.Resolver;
import dovetail.iprev.IprevResult;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.milter.filter.Archival;
import dovetail.milter.filter.AuthReport;
import dovetail.milter.filter.ClientReport;
import dovetail.milter.filter.Disposition;
import dovetail.milter.filter.EnvelopeAddress;
import dovetail.milter.filter.Mode;
import dovetail.milter.filter.Reason;
import dovetail.milter.filter.Submission;
import dovetail.milter.filter.Verdict;
import dovetail.milter.session.MessageRecord;
import dovetail.milter.wire.Reply;
import dovetail.spf.SpfIdentity;
import dovetail.spf.SpfReason;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfStatus;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes messages as the milter has judged them. */
final class Messages {
  private final Resolver resolver;

  Messages(Resolver resolver) {
    this.resolver = resolver;
  }

  /** What came, from where and as what. */
  record Mail(String client, String author, String sender, SpfStatus spf) {}

  /** One that SPF lets pass, or not, in the name of the sender's domain. */
  MessageRecord message(String client, String author, String sender, SpfStatus spf) {
    return message(
        new Mail(client, author, sender, spf),
        new Disposition(Disposition.Action.NONE, Reason.NOT_SUBMISSION));
  }

  MessageRecord message(Mail mail, Disposition done) {
    return of(mail, findings(mail, done, false));
  }

  /** Of a report. */
  MessageRecord feedback(Mail mail) {
    return of(
        mail,
        findings(mail, new Disposition(Disposition.Action.NONE, Reason.NOT_SUBMISSION), true));
  }

  /** One with which nothing was done, since the policy is only tried. */
  MessageRecord shadowed(Mail mail, Disposition wanted) {
    Verdict.Findings done =
        findings(mail, new Disposition(Disposition.Action.NONE, Reason.NOT_SUBMISSION), false);
    return of(mail, new Verdict.Findings(done.report(), wanted, done.done(), false));
  }

  private Verdict.Findings findings(Mail mail, Disposition done, boolean feedback) {
    Domain domain =
        Address.parse(mail.sender())
            .map(Address::domain)
            .or(() -> Domain.parse("helo.example"))
            .get();
    SpfResult result =
        new SpfResult(
            SpfIdentity.MAILFROM,
            Optional.of(domain),
            mail.spf(),
            SpfReason.MATCHED,
            "",
            Optional.empty(),
            Optional.empty());
    Identifier.Check check =
        mail.spf() == SpfStatus.PASS ? Identifier.Check.PASS : Identifier.Check.FAIL;
    DmarcResult dmarc =
        new DmarcVerifier(resolver)
            .verify(
                Domain.parse(mail.author()).orElseThrow(),
                List.of(new Identifier.Spf(domain, check)));
    ClientReport known =
        new ClientReport(
            Optional.empty(),
            Optional.empty(),
            Optional.of(IprevResult.timedOut(address(mail.client()))),
            List.of(result));
    return new Verdict.Findings(
        new AuthReport(known, List.of(), Optional.empty(), Optional.of(dmarc)),
        done,
        done,
        feedback);
  }

  private static MessageRecord of(Mail mail, Verdict.Findings findings) {
    Submission submission =
        new Submission(
            Mode.AUTO,
            new Submission.Client(
                "[" + mail.client() + "]",
                Optional.of(address(mail.client())),
                25,
                false,
                Optional.empty()),
            "helo.example",
            new EnvelopeAddress("<" + mail.sender() + ">", Optional.empty()),
            Optional.empty());
    Verdict verdict =
        new Verdict(
            findings.done().reason(),
            new Reply.Accept(),
            List.of(),
            Optional.empty(),
            List.of(),
            0,
            Optional.of(findings),
            Archival.NONE);
    return new MessageRecord("4Xyz", submission, 1, 100, verdict, Duration.ofMillis(1));
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }
}
