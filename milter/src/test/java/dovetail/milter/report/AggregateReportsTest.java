package dovetail.milter.report;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dmarc.report.AggregateReport;
import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.RecordType;
import dovetail.ledger.Batch;
import dovetail.ledger.DomainDay;
import dovetail.ledger.Entry;
import dovetail.milter.filter.Disposition;
import dovetail.milter.filter.Reason;
import dovetail.milter.session.MessageRecord;
import dovetail.outbox.OutgoingMail;
import dovetail.spf.SpfStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From judged messages to the mail with the report. */
final class AggregateReportsTest extends Reporting {
  @Test
  void aDayOfMessagesBecomesOneMail() throws Exception {
    receive(good(), forged(), good());
    receive(forged(), good());
    AggregateReport report = report();
    assertThat(outbox.sent()).hasSize(1);
    OutgoingMail mail = outbox.sent().getFirst();
    assertThat(mail.to()).hasToString("dmarc@example.com");
    assertThat(mail.from()).hasToString("reports@here.example");
    assertThat(mail.subject())
        .startsWith("Report Domain: example.com Submitter: mx.here.example Report-ID: <");
    assertThat(mail.attachments().getFirst().name())
        .startsWith("mx.here.example!example.com!1767312000!1767398399!")
        .endsWith(".xml.gz");
    assertThat(mail.text()).contains("example.com", "mx.here.example", "2026-01-02", "5 messages");
    assertThat(report.metadata().organization()).isEqualTo("Here Ltd.");
    assertThat(report.metadata().begin()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(report.metadata().end()).isEqualTo(Instant.parse("2026-01-02T23:59:59Z"));
    assertThat(report.policy().domain()).isEqualTo("example.com");
    assertThat(report.rows())
        .extracting(row -> row.source().getHostAddress() + " " + row.count() + " " + row.passed())
        .containsExactly("192.0.2.1 3 true", "192.0.2.9 2 false");
    assertThat(log)
        .containsExactly("made for [dmarc@example.com] ", "sent dmarc@example.com 2.0.0 Ok");
    make(AggregateReports.Timing.NOW);
    send();
    assertThat(outbox.sent()).hasSize(1);
  }

  @Test
  void lateMessagesAreAnotherReportOnTheSameDay() throws Exception {
    receive(good());
    AggregateReport first = report();
    receive(good());
    AggregateReport second = report();
    assertThat(second.metadata().id()).isNotEqualTo(first.metadata().id());
    assertThat(outbox.sent()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "TRUSTED_SEALER, NONE, trusted_forwarder",
    "DMARC_LIST, QUARANTINE, mailing_list",
    "DMARC_FORWARDED, QUARANTINE, other",
    "NOT_SUBMISSION, NONE, local_policy",
    "DMARC_SPF_FAIL, REJECT, ''",
  })
  void saysWhyTheWishWasNotFollowed(Reason reason, Disposition.Action action, String type)
      throws Exception {
    receive(
        messages()
            .message(
                new Messages.Mail("192.0.2.9", "example.com", "", SpfStatus.FAIL),
                new Disposition(action, reason)));
    AggregateReport.Evaluation evaluation = report().rows().getFirst().evaluation();
    assertThat(evaluation.disposition().name()).isEqualTo(action.name());
    assertThat(evaluation.reasons())
        .extracting(AggregateReport.Reason::type)
        .isEqualTo(type.isEmpty() ? List.of() : List.of(type));
  }

  @Test
  void whatIsPutOffOrAReportItselfIsNotTold() throws Exception {
    Disposition deferred = new Disposition(Disposition.Action.DEFER, Reason.DMARC_UNKNOWN);
    receive(
        messages()
            .message(new Messages.Mail("192.0.2.9", "example.com", "", SpfStatus.FAIL), deferred),
        messages()
            .feedback(
                new Messages.Mail("192.0.2.1", "example.com", "joe@example.com", SpfStatus.PASS)));
    now = NEXT_NOON;
    assertThat(ledger().open(DomainDay.dayOf(now))).isEmpty();
    // Who forges a report does not hide that.
    receive(messages().feedback(new Messages.Mail("192.0.2.9", "example.com", "", SpfStatus.FAIL)));
    assertThat(report().rows()).hasSize(1);
  }

  @Test
  void aDomainThatWantsNoReportsLeavesNothing() throws Exception {
    resolver =
        resolver.with(RecordType.TXT, domain("_dmarc.example.com"), records("v=DMARC1; p=reject"));
    receive(forged());
    assertThat(ledger().open(DomainDay.dayOf(NEXT_NOON))).isEmpty();
  }

  @Test
  void aStrangerIsAskedFirst() throws Exception {
    resolver =
        resolver.with(
            RecordType.TXT,
            domain("_dmarc.example.com"),
            records(
                "v=DMARC1; p=none; rua=mailto:victim@elsewhere.example,mailto:ok@agreed.example"));
    resolver =
        resolver.with(
            RecordType.TXT,
            domain("example.com._report._dmarc.agreed.example"),
            records("v=DMARC1"));
    receive(forged());
    assertThat(report().rows()).hasSize(1);
    assertThat(outbox.sent())
        .extracting(mail -> mail.to().toString())
        .containsExactly("ok@agreed.example");
    assertThat(log.getFirst()).contains("victim@elsewhere.example did not ask for it");
  }

  @Test
  void whoIsNotToldByTheDnsIsTriedLaterAndNotForever() throws Exception {
    receive(forged());
    resolver =
        resolver.with(
            RecordType.TXT, domain("_dmarc.example.com"), new Answer.Failed<>(Failure.TIMEOUT));
    now = NEXT_NOON;
    make(AggregateReports.Timing.NOW);
    assertThat(log).containsExactly("put off example.com: the DNS does not tell its policy");
    assertThat(ledger().open(DomainDay.dayOf(now))).hasSize(1);
    now = NEXT_NOON.plus(Duration.ofDays(2));
    make(AggregateReports.Timing.NOW);
    assertThat(log).last().isEqualTo("made for [] the DNS does not tell its policy");
    assertThat(ledger().open(DomainDay.dayOf(now))).isEmpty();
  }

  @Test
  void oneWhoseServersAreDownCostsTheOthersTwoDaysAndNoReport() throws Exception {
    resolver =
        resolver.with(
            RecordType.TXT,
            domain("_dmarc.example.com"),
            records("v=DMARC1; p=none; rua=mailto:dmarc@example.com,mailto:x@down.example"));
    resolver =
        resolver.with(
            RecordType.TXT,
            domain("example.com._report._dmarc.down.example"),
            new Answer.Failed<>(Failure.TIMEOUT));
    receive(forged());
    now = NEXT_NOON;
    make(AggregateReports.Timing.NOW);
    assertThat(log).hasSize(1).first().asString().startsWith("put off example.com: mailto:x@down");
    now = NEXT_NOON.plus(Duration.ofDays(2));
    make(AggregateReports.Timing.NOW);
    send();
    assertThat(outbox.sent()).hasSize(1);
  }

  @Test
  void whatIsOnlyTriedIsSaidToBe() throws Exception {
    Disposition wanted = new Disposition(Disposition.Action.QUARANTINE, Reason.DMARC_LIST);
    receive(
        messages()
            .shadowed(new Messages.Mail("192.0.2.9", "example.com", "", SpfStatus.FAIL), wanted));
    AggregateReport.Evaluation evaluation = report().rows().getFirst().evaluation();
    assertThat(evaluation.disposition().name()).isEqualTo("NONE");
    assertThat(evaluation.reasons())
        .extracting(AggregateReport.Reason::type)
        .containsExactly("local_policy");
  }

  @Test
  void aDnsThatIsDownIsNotAskedForEachDomain() throws Exception {
    for (int i = 0; i < 20; i++) {
      String name = "d" + i + ".example";
      resolver =
          resolver.with(
              RecordType.TXT,
              domain("_dmarc." + name),
              records("v=DMARC1; p=none; rua=mailto:a@" + name));
      receive(messages().message("192.0.2.9", name, "", SpfStatus.FAIL));
      resolver =
          resolver.with(
              RecordType.TXT, domain("_dmarc." + name), new Answer.Failed<>(Failure.TIMEOUT));
    }
    now = NEXT_NOON;
    make(AggregateReports.Timing.DUE);
    assertThat(log).hasSize(11).last().asString().contains("no better");
  }

  @ParameterizedTest
  @CsvSource({"example.com", "dmarc@example.com", "DMARC@Example.COM", "com"})
  void whoIsSuppressedGetsNothing(String unwanted) throws Exception {
    settings = settings(List.of(Unwanted.parse(unwanted).orElseThrow()), 1, 1_000_000);
    receive(forged());
    now = NEXT_NOON;
    make(AggregateReports.Timing.NOW);
    assertThat(log).containsExactly("made for [] dmarc@example.com is suppressed");
  }

  @Test
  void fewMessagesAreNotWorthAReport() throws Exception {
    settings = settings(List.of(), 3, 1_000_000);
    receive(forged(), good());
    now = NEXT_NOON;
    make(AggregateReports.Timing.NOW);
    assertThat(log).containsExactly("made for [] fewer messages than min_messages");
    receive(forged(), good(), good());
    assertThat(report().rows()).hasSize(2);
  }

  @Test
  void whatDoesNotFitIsLeftOffAndSaid() throws Exception {
    settings = settings(List.of(), 1, 4000);
    List<MessageRecord> all = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      String client = "192.0." + (i / 250) + "." + (i % 250);
      all.add(messages().message(client, "example.com", "", SpfStatus.FAIL));
    }
    receive(all.toArray(new MessageRecord[0]));
    AggregateReport report = report();
    assertThat(outbox.sent().getFirst().attachments().getFirst().octets()).hasSizeLessThan(4001);
    assertThat(report.rows()).hasSizeBetween(20, 1999);
    assertThat(report.metadata().errors())
        .containsExactly(
            "%d messages in %1$d rows are left off".formatted(2000 - report.rows().size()));
  }

  @Test
  void whatAnotherReleaseWroteIsCountedAsUnreadable() throws Exception {
    receive(good());
    DomainDay day = DomainDay.of(domain("example.com"), NOON);
    assertThat(ledger().add(new Batch("x", List.of(new Entry(day, "{}", "{}", 7))))).isTrue();
    AggregateReport report = report();
    assertThat(report.metadata().errors()).containsExactly("7 messages could not be read again");
    assertThat(ledger().reports(Instant.EPOCH).getFirst().messages()).isEqualTo(8);
  }

  @Test
  void eachDomainHasItsTimeInTheHoursAfterMidnight() throws Exception {
    Set<Instant> times = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      String name = "d" + i + ".example";
      resolver =
          resolver.with(
              RecordType.TXT,
              domain("_dmarc." + name),
              records("v=DMARC1; p=none; rua=mailto:a@" + name));
      receive(messages().message("192.0.2.9", name, "", SpfStatus.FAIL));
    }
    now = Instant.parse("2026-01-03T00:59:00Z");
    while (!ledger().open(DomainDay.dayOf(now)).isEmpty()) {
      int before = log.size();
      make(AggregateReports.Timing.DUE);
      if (log.size() > before) {
        times.add(now);
      }
      now = now.plusSeconds(600);
    }
    assertThat(times).hasSizeGreaterThan(4).doesNotContain(Instant.parse("2026-01-03T00:59:00Z"));
    assertThat(now).isBefore(Instant.parse("2026-01-03T05:20:00Z"));
  }

  @Test
  void aPreviewChangesNothing() throws Exception {
    receive(good(), forged());
    now = NEXT_NOON;
    new AggregateReports(ledger(), tools(), settings).preview();
    assertThat(log).containsExactly("made for [dmarc@example.com] ");
    assertThat(ledger().reports(Instant.EPOCH)).isEmpty();
    assertThat(report().rows()).hasSize(2);
  }

  @Test
  void whatIsOldIsForgotten() throws Exception {
    receive(good());
    assertThat(report().rows()).hasSize(1);
    now = NEXT_NOON.plus(Duration.ofDays(91));
    new AggregateReports(ledger(), tools(), settings).forget();
    assertThat(ledger().reports(Instant.EPOCH)).isEmpty();
  }
}
