package dovetail.milter;

import dovetail.mail.Address;
import dovetail.milter.filter.Archival;
import dovetail.milter.filter.Disposition;
import dovetail.milter.filter.Verdict;
import dovetail.milter.report.Evaluations;
import dovetail.milter.session.MessageObserver;
import dovetail.milter.session.MessageRecord;
import dovetail.milter.wire.Reply;
import dovetail.observe.TransactionLine;
import dovetail.observe.TransactionLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for each message, counts, and hands on what is to be reported. */
final class MessageLog implements MessageObserver {
  private static final Logger logger = LoggerFactory.getLogger("milter");

  private final TransactionLog log;
  private final MilterMetrics metrics;
  private final Evaluations evaluations;
  private final GapWarnings gaps;

  MessageLog(TransactionLog log, MilterMetrics metrics, Evaluations evaluations, GapWarnings gaps) {
    this.log = log;
    this.metrics = metrics;
    this.evaluations = evaluations;
    this.gaps = gaps;
  }

  @Override
  public void answered(MessageRecord message) {
    metrics.answered(message);
    gaps.note(message.verdict().archival().gap());
    log.write(
        new TransactionLine(
            "milter", message.queueId(), action(message.verdict()), facts(message)));
    evaluations.add(message);
  }

  private static String action(Verdict verdict) {
    return switch (verdict.reply()) {
      case Reply.Refuse refuse -> refuse.temporary() ? "deferred" : "rejected";
      case Reply.Accept _, Reply.Continue _ -> taken(verdict);
    };
  }

  private static String taken(Verdict verdict) {
    Disposition.Action done =
        verdict
            .findings()
            .map(findings -> findings.done().action())
            .orElse(Disposition.Action.NONE);
    return switch (done) {
      case MARK -> "marked";
      case QUARANTINE -> "quarantined";
      case NONE, DEFER, REJECT -> verdict.signatures().isEmpty() ? "passed" : "signed";
    };
  }

  /** What the policy would have done, where it is only tried. */
  private static Optional<String> onlyTried(Verdict verdict) {
    return verdict
        .findings()
        .filter(findings -> !findings.wanted().equals(findings.done()))
        .map(findings -> findings.wanted().words());
  }

  private static SequencedMap<String, String> facts(MessageRecord message) {
    Verdict verdict = message.verdict();
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("reason", verdict.reason().word());
    facts.put("client", message.submission().client().printable());
    message.submission().login().ifPresent(login -> facts.put("login", login));
    facts.put("sender", "<" + message.submission().senderAddress() + ">");
    verdict.author().ifPresent(author -> facts.put("author", author.ascii()));
    facts.put("recipients", Integer.toString(message.recipients()));
    facts.put("size", Long.toString(message.size()));
    if (!verdict.signatures().isEmpty()) {
      facts.put(
          "signatures",
          verdict.signatures().stream()
              .map(Verdict.Signature::toString)
              .collect(Collectors.joining(",")));
    }
    verdict.findings().ifPresent(findings -> facts.putAll(findings.report().words()));
    if (verdict.held()) {
      facts.put("hold", "yes");
    }
    onlyTried(verdict).ifPresent(words -> facts.put("shadow", words));
    copies(facts, verdict.archival());
    if (verdict.removedResults() > 0) {
      facts.put("removed_results", Integer.toString(verdict.removedResults()));
    }
    if (verdict.longLines() > 0) {
      facts.put("long_lines", Integer.toString(verdict.longLines()));
    }
    facts.put("delay_ms", milliseconds(message.delay().toNanos()));
    return facts;
  }

  private static void copies(SequencedMap<String, String> facts, Archival archival) {
    if (!archival.to().isEmpty()) {
      facts.put("archive", addresses(archival.to()));
    }
    if (!archival.before().isEmpty()) {
      facts.put("archived_before", addresses(archival.before()));
    }
    if (archival.gap() != Archival.Gap.NONE) {
      facts.put("archive_gap", archival.gap().word());
    }
  }

  private static String addresses(List<Address> addresses) {
    return addresses.stream().map(Address::toString).collect(Collectors.joining(","));
  }

  /** Milliseconds with two digits behind the point. */
  private static String milliseconds(long nanos) {
    long hundredths = nanos / 10_000;
    long rest = hundredths % 100;
    return hundredths / 100 + (rest < 10 ? ".0" : ".") + rest;
  }

  @Override
  public void failed(String queueId, Exception cause) {
    metrics.failed();
    logger.error("{}: failed on this message", queueId, cause);
  }

  @Override
  public void refused(String why) {
    metrics.refused();
    logger.error("connection closed: {}", why);
  }
}
